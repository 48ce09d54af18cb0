"""Raw HTML in Markdown: which stretches the renderer passes through untouched."""

import re

_TOKEN = re.compile(
    r"<!--(?P<comment>.*?)(?P<closed>-->|\Z)"
    r"|<(?P<close>/)?(?P<name>[a-zA-Z][\w:-]*)(?P<attributes>(?:\s(?:\"[^\"]*\"|'[^']*'|[^'\">])*)?)(?P<empty>/)?>",
    re.DOTALL,
)
_MARKDOWN = re.compile(r"\smarkdown(?:\s*=\s*[\"']?(?P<value>\w+))?", re.IGNORECASE)
_BLOCKS = frozenset(
    # Elements that Python-Markdown treats as blocks (markdown.core.Markdown.block_level_elements).
    (
        "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
        "header hgroup hr main menu nav ol p pre section table ul canvas colgroup dd body dt group html iframe li "
        "legend math map noscript output object option progress script style summary tbody td textarea tfoot th "
        "thead tr video center"
    ).split()
)


def mask_html(text: str) -> tuple[str, int | None]:
    """Blank out comments and raw HTML blocks; return the text and the offset of a comment left open.

    A block element that begins a line is raw up to its end, unless it carries the `markdown` attribute.
    Inline elements stay: Markdown inside them is Markdown.
    """
    pieces, done, open_comment = [], 0, None
    raw: list[str] = []
    raw_start = 0
    for token in _TOKEN.finditer(text):
        if token.start() < done:
            continue
        if token["comment"] is not None:
            if not raw and not _in_code(text, token.start()):
                if not token["closed"] and open_comment is None:
                    open_comment = token.start()
                pieces += [text[done : token.start()], _blank(token[0])]
                done = token.end()
            continue
        name = token["name"].lower()
        if raw:
            _follow(raw, token, name)
            if not raw:
                pieces += [text[done:raw_start], _blank(text[raw_start : token.end()])]
                done = token.end()
        elif name in _BLOCKS and not token["close"] and _begins_line(text, token.start()):
            if token["empty"] or name == "hr" or _is_markdown(token["attributes"]):
                pieces += [text[done : token.start()], _blank(token[0])]
                done = token.end()
            else:
                raw, raw_start = [name], token.start()
    if raw:
        pieces += [text[done:raw_start], _blank(text[raw_start:])]
        done = len(text)
    return "".join([*pieces, text[done:]]), open_comment


def _follow(raw: list[str], token: re.Match[str], name: str) -> None:
    """Keep the stack of elements open inside a raw block."""
    if token["close"]:
        if name in raw:
            while raw.pop() != name:
                pass
    elif not token["empty"] and name not in ("br", "hr", "img", "input", "wbr", "source", "col"):
        raw.append(name)


def _begins_line(text: str, offset: int) -> bool:
    before = text[text.rfind("\n", 0, offset) + 1 : offset]
    return len(before) <= 3 and not before.strip()


def _in_code(text: str, offset: int) -> bool:
    """Whether an odd number of backticks precedes on the line: the sign stands in inline code."""
    return text[text.rfind("\n", 0, offset) + 1 : offset].count("`") % 2 == 1


def _is_markdown(attributes: str) -> bool:
    match = _MARKDOWN.search(attributes)
    return match is not None and (match["value"] or "1").lower() not in ("0", "false")


def _blank(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)
