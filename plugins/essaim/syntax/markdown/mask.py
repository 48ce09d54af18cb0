"""Where Markdown is not Markdown: code, comments and raw HTML, replaced by spaces of the same length."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from essaim.syntax.markdown.html import mask_html

_FENCE = re.compile(
    r"(?P<lead>[> \t]*)(?P<fence>`{3,}|~{3,})"
    r"(?:[ \t]*\.?[\w#.+-]+(?=[ \t]|$))?"
    r"(?:[ \t]*\{[^\n]*\}|(?:[ \t]*[a-zA-Z]\w*(?:=(?:\"[^\"]*\"|'[^']*'))?(?=[ \t]|$))+)?[ \t]*$"
)
_CONTAINER = re.compile(r"(?:[-*+]|\d+\.)[ \t]+\S|(?:!!!|\?\?\?\+?|===!?)[ ]?|\[\^[^\]]+\]:|:[ ]{1,3}\S")
_CODE_SPAN = re.compile(r"(?<!\\)(?:\\\\)*(?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d+\.)[ \t]")
_RULE = re.compile(r"[ \t]*\|?[ \t:|-]*-[ \t:|-]*\|[ \t:|-]*$|[ \t]*\|[ \t:|-]*-[ \t:|-]*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mask:
    """A body with its non-Markdown blanked out, offset for offset.

    `blocks` keeps inline code, for headings read it; `inline` blanks it too, for links are not looked for there.
    `open_fence` is the offset of a fence that nothing closes.
    """

    blocks: str
    inline: str
    open_fence: int | None = None
    open_comment: int | None = None


def mask_body(body: str) -> Mask:
    """Blank out code, comments and raw HTML of a body."""
    blocks, open_fence, open_comment = body, None, None
    if "```" in body or "~~~" in body:
        blocks, open_fence = _mask_fences(body)
    if "<" in blocks:
        blocks, open_comment = mask_html(blocks)
    if "\n    " in blocks or "\t" in blocks or blocks.startswith("    "):
        blocks = _mask_indented(blocks)
    inline = _mask_spans(blocks) if "`" in blocks else blocks
    return Mask(blocks=blocks, inline=inline, open_fence=open_fence, open_comment=open_comment)


def blank(text: str) -> str:
    """Return spaces in place of a text, its line breaks kept."""
    return re.sub(r"[^\r\n]", " ", text)


def _mask_fences(body: str) -> tuple[str, int | None]:
    lines = re.findall(r"[^\n]*\n|[^\n]+$", body)
    index, offset = 0, 0
    while index < len(lines):
        opening = _FENCE.match(lines[index].rstrip("\r\n"))
        if opening:
            closing = _find_closing(lines, index, opening)
            if closing is None and "{" not in lines[index]:
                return "".join(lines[:index]) + blank("".join(lines[index:])), offset + opening.end("lead")
            if closing is not None:
                lines[index : closing + 1] = map(blank, lines[index : closing + 1])
                offset += sum(map(len, lines[index : closing + 1]))
                index = closing + 1
                continue
        offset += len(lines[index])
        index += 1
    return "".join(lines), None


def _find_closing(lines: list[str], index: int, opening: re.Match[str]) -> int | None:
    """Return the index of the line that closes a fence; its content must keep the fence's indent."""
    lead = opening["lead"].expandtabs(4)
    closing = re.compile(re.escape(opening["fence"]) + r"[ \t]*$")
    quotes = lead.count(">")
    for number in range(index + 1, len(lines)):
        line = lines[number].rstrip("\r\n").expandtabs(4)
        content = line.lstrip("> ") if quotes else line.lstrip(" ")
        width = len(line) - len(content)
        if content and width < len(lead) and not (quotes and line[:width].count(">") == quotes):
            return None
        if (quotes or width == len(lead)) and closing.match(content):
            return number
    return None


def _mask_indented(text: str) -> str:
    """Blank out indented code: a block set four spaces further in than the containers around it."""
    lines = text.split("\n")
    depth, after_blank, in_code = 0, True, False
    for number, line in enumerate(lines):
        content = line.lstrip(" \t")
        if not content.strip():
            after_blank = True
            continue
        level = len(line[: len(line) - len(content)].expandtabs(4)) // 4
        if in_code and level > depth:
            lines[number] = blank(line)
            after_blank = False
            continue
        in_code = after_blank and level > depth
        if in_code:
            lines[number] = blank(line)
        elif _CONTAINER.match(content):
            depth = min(level, depth) + 1
        elif after_blank:
            depth = min(level, depth)
        after_blank = False
    return "\n".join(lines)


def _mask_spans(text: str) -> str:
    pieces = []
    for piece in _inline_pieces(text):
        if "`" in piece:
            piece = _CODE_SPAN.sub(lambda match: blank(match[0]), piece)
        pieces.append(piece)
    return "".join(pieces)


def _inline_pieces(text: str) -> Iterator[str]:
    """Cut a text where no inline markup can cross: blank lines, items, headings, table rows."""
    piece: list[str] = []
    in_list = in_table = False
    lines = re.findall(r"[^\n]*\n|[^\n]+$", text)
    for number, line in enumerate(lines):
        is_blank = not line.strip()
        if not piece and not is_blank:
            following = lines[number + 1] if number + 1 < len(lines) else ""
            in_list, in_table = bool(_ITEM.match(line)), bool(_RULE.match(following))
        if piece and (is_blank or in_table or line.startswith("#") or (in_list and _ITEM.match(line))):
            yield "".join(piece)
            piece = []
        if is_blank or (line.startswith("#") and not piece):
            yield line
        else:
            piece.append(line)
    yield "".join(piece)
