"""The values a cooperative decides once, in `_cae.yml`, and that pages cite as `{{ cae.… }}`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename
from typing import Any

from essaim.diagnostics import Diagnostic
from essaim.rules import body as rules
from essaim.rules import frontmatter
from essaim.source import SourceFile
from essaim.suggest import nearest
from essaim.syntax.document import Document
from essaim.syntax.markdown import find_variables
from essaim.syntax.nodes import Mapping as MappingNode
from essaim.syntax.nodes import Node, Scalar
from essaim.syntax.yaml import parse_yaml_file

TO_FILL = "à compléter par votre coopérative"
"""What a reader sees where a value is missing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Variables:
    """Dotted name → text; an empty text is a value that the cooperative has still to decide."""

    path: str
    values: Mapping[str, str]

    def text(self, name: str) -> str:
        """Return the value of a variable, '' when it is unknown or empty."""
        return self.values.get(name, "")

    def fill(self, text: str) -> str:
        """Return a plain text with the values of the variables it cites."""
        if "{{" not in text:
            return text
        return "".join(self._filled(text))

    def _filled(self, text: str) -> Iterator[str]:
        done = 0
        for variable in find_variables(text, 0):
            yield text[done : variable.start]
            yield self.text(variable.name) or TO_FILL
            done = variable.end
        yield text[done:]

    def check(self, document: Document) -> Iterator[Diagnostic]:
        """Report the variables of a page that do not exist or have no value."""
        for variable in document.variables:
            extent = (variable.start, variable.end)
            if variable.name not in self.values:
                near = nearest(variable.name, self.values)
                fix = f"{{{{ {near} }}}}" if near else None
                words: dict[str, Any] = {"name": variable.name, "file": self.path}
                yield rules.UNKNOWN_VARIABLE.at(document.source, extent, suggestion=near, replacement=fix, **words)
            elif not self.values[variable.name]:
                yield rules.EMPTY_VARIABLE.at(document.source, extent, name=variable.name)


def load_variables(source: SourceFile) -> tuple[Variables, tuple[Diagnostic, ...]]:
    """Read the file of variables."""
    node, found = parse_yaml_file(source)
    values: dict[str, str] = {}
    if isinstance(node, MappingNode):
        prefix = basename(source.path).removeprefix("_").removesuffix(".yml")
        values = dict(_flatten(prefix, node))
    elif not found and source.text.strip():
        found.append(frontmatter.NOT_A_MAPPING.at(source, (0, 1)))
    return Variables(path=source.path, values=values), tuple(found)


def _flatten(prefix: str, node: Node) -> Iterator[tuple[str, str]]:
    if isinstance(node, Scalar):
        yield prefix, "" if node.is_empty else node.text.strip()
    elif isinstance(node, MappingNode):
        for entry in node.entries:
            yield from _flatten(f"{prefix}.{entry.key.text}", entry.value)
    else:
        texts = [item.text for item in node.items if isinstance(item, Scalar)]
        yield prefix, ", ".join(texts)
