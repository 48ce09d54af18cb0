"""YAML text to a spanned tree, without YAML's guesses and without its dangers.

Scalars keep their text. Aliases, tags, duplicate keys and runaway nesting are diagnostics. Parsing is driven by
events, so that no input can exhaust the stack; it uses libyaml where PyYAML has it.
"""

from typing import Any

import yaml

from essaim.diagnostics import Diagnostic
from essaim.rules import files, frontmatter
from essaim.source import Extent, SourceFile
from essaim.syntax.characters import check_characters, without_control
from essaim.syntax.nodes import Entry, Mapping, Node, Scalar, Sequence
from essaim.syntax.yaml_mending import (
    BLANKS,
    PLACEHOLDER,
    check_cut,
    find_swallowed,
    mend,
    mend_space,
    quoted,
)

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""With libyaml or, where PyYAML has none, without: slower, the same events."""

MAX_DEPTH = 32
MAX_LENGTH = 200_000
_MAX_MENDS = 20
_Open = tuple[list[Any], int, bool]  # children so far, start offset, is between brackets


def parse_yaml_file(source: SourceFile) -> tuple[Node | None, list[Diagnostic]]:
    """Parse a whole file of YAML: a `#` in it is a comment, and its characters are checked too."""
    clean = without_control(source)
    node, found = parse_yaml(clean, 0, len(clean.text), comments=True)
    return node, [*check_characters(source), *found]


def parse_yaml(
    source: SourceFile, start: int, end: int, *, comments: bool = False
) -> tuple[Node | None, list[Diagnostic]]:
    """Parse one YAML document found between two offsets of a source.

    With `comments`, a `#` after a value is an ordinary comment; without, it is reported when it may cut the
    value. Returns None with at least one diagnostic when nothing can be read.
    """
    if end - start > MAX_LENGTH:
        limit = f"{MAX_LENGTH} caractères"
        return None, [files.TOO_LARGE.at(source, (start, start), what="L'en-tête", limit=limit)]
    text = source.text[start:end]
    found: list[Diagnostic] = []
    for _ in range(_MAX_MENDS):
        composer = _Composer(source, start, text, comments=comments)
        try:
            node = composer.compose()
        except yaml.YAMLError as error:
            diagnostic, mended = mend(source, start, text, error, composer.open_bracket)
        else:
            if composer.swallowed is None:
                return node, found + composer.diagnostics
            diagnostic, mended = mend_space(source, start, text, composer.swallowed)
        found.append(diagnostic)
        if mended is None or mended == text:
            return None, found
        text = mended
    return None, found


class _Composer:
    """Builds the tree of one document from the parser's events."""

    def __init__(self, source: SourceFile, base: int, text: str, *, comments: bool) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.swallowed: Extent | None = None
        """The first special space, in the text, that made a key part of a value."""
        self._source = source
        self._base = base
        self._text = text
        self._comments = comments
        self._open: list[_Open] = []
        self._root: Node | None = None

    def compose(self) -> Node | None:
        """Consume the events; stop at the end of the first document or where nesting runs away."""
        parser = _Parser(self._text)
        documents = 0
        while parser.check_event():
            event: Any = parser.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if not self._start(event):
                    return None
            elif kind is yaml.MappingEndEvent:
                self._end_mapping(event)
            elif kind is yaml.SequenceEndEvent:
                items, start, _ = self._open.pop()
                self._add(Sequence(tuple(items), start, self._place(event.end_mark)))
            elif kind is yaml.AliasEvent:
                self._alias(event)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._report(frontmatter.SECOND_DOCUMENT, event)
                    return self._root
        return self._root

    @property
    def open_bracket(self) -> int | None:
        """Offset of the bracket inside which parsing stands, if it stands in one."""
        _, start, is_flow = self._open[-1] if self._open else ([], 0, False)
        return start if is_flow else None

    def _place(self, mark: Any) -> int:
        return self._base + int(mark.index)

    def _report(self, rule: Any, event: Any, **words: Any) -> None:
        extent = self._place(event.start_mark), self._place(event.end_mark)
        self.diagnostics.append(rule.at(self._source, extent, **words))

    def _start(self, event: Any) -> bool:
        if event.anchor is not None or event.tag is not None:
            self._report_property(event)
        if len(self._open) >= MAX_DEPTH:
            self._report(frontmatter.TOO_DEEP, event, limit=MAX_DEPTH)
            return False
        self._open.append(([], self._place(event.start_mark), bool(event.flow_style)))
        return True

    def _scalar(self, event: Any) -> None:
        start, end = self._place(event.start_mark), self._place(event.end_mark)
        text, style = event.value, event.style or ""
        has_property = event.anchor is not None or event.tag is not None
        if has_property or (not style and PLACEHOLDER in text):  # the value as the author wrote it
            text = self._source.text[start:end]
        if has_property:
            style = text[:1]
            self._report_property(event, replacement=None if "\n" in text else quoted(text))
        scalar = Scalar(text, start, end, style)
        if not style:
            self.swallowed = self.swallowed or find_swallowed(self._text, start - self._base, end - self._base)
            if not self._comments:
                self.diagnostics += check_cut(self._source, scalar)
        self._add(scalar)

    def _alias(self, event: Any) -> None:
        start, end = self._place(event.start_mark), self._place(event.end_mark)
        text = self._source.text[start:end]
        self.diagnostics.append(frontmatter.ALIAS.at(self._source, (start, end), sign="*", replacement=quoted(text)))
        self._add(Scalar(text, start, end, "*"))

    def _report_property(self, event: Any, replacement: str | None = None) -> None:
        if event.anchor is not None:
            self._report(frontmatter.ALIAS, event, sign="&", replacement=replacement)
        else:
            self._report(frontmatter.TAG, event, replacement=replacement)

    def _add(self, node: Node) -> None:
        if self._open:
            self._open[-1][0].append(node)
        else:
            self._root = node

    def _end_mapping(self, event: Any) -> None:
        children, start, _ = self._open.pop()
        entries: dict[str, Entry] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar) or not key.text.strip(BLANKS):
                extent = (key.start, max(key.end, min(key.start + 1, len(self._source.text))))
                self.diagnostics.append(frontmatter.BAD_KEY.at(self._source, extent))
                continue
            name = self._clean_key(key)
            if name.text in entries:
                line = self._source.position(entries[name.text].key.start).line
                extent = (key.start, key.end)
                found = frontmatter.DUPLICATE_KEY.at(self._source, extent, key=name.text, line=line)
                self.diagnostics.append(found)
                continue
            entries[name.text] = Entry(name, value)
        self._add(Mapping(tuple(entries.values()), start, self._place(event.end_mark)))

    def _clean_key(self, key: Scalar) -> Scalar:
        clean = key.text.strip(BLANKS)
        if clean == key.text:
            return key
        leading = len(key.text) - len(key.text.lstrip(BLANKS))
        trailing = (key.start + len(key.text.rstrip(BLANKS)), key.end)
        extent = (key.start, key.start + leading) if leading else trailing
        self.diagnostics.append(frontmatter.SPECIAL_SPACE.at(self._source, extent, replacement=""))
        return key._replace(text=clean)
