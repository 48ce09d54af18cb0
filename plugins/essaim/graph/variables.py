"""The values that pages cite: what a cooperative decides, `{{ cae.… }}`, and dated facts, `{{ faits.… }}`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from posixpath import basename
from typing import Any

from essaim.diagnostics import Diagnostic
from essaim.graph.facts import Fact, check_fact, is_fact, read_fact
from essaim.rules import body as rules
from essaim.rules import facts as fact_rules
from essaim.rules import frontmatter
from essaim.source import SourceFile
from essaim.suggest import nearest
from essaim.syntax.markdown import find_variables
from essaim.syntax.markdown.links import Variable
from essaim.syntax.nodes import Entry, Node, Scalar, Sequence
from essaim.syntax.nodes import Mapping as MappingNode
from essaim.syntax.yaml import parse_yaml_file

TO_FILL = "à compléter par votre coopérative"
"""What a reader sees where a value is missing."""
VERIFIED_ELSEWHERE = "verifie_ailleurs_jusqu_au"
"""Key, in the file of the cooperative, of the last day when it was another one that verified the pages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Variables:
    """Dotted name → text; an empty text is a value that the cooperative has still to decide.

    `files` are the files of values, by the word that names in it begin with; the first is that of the cooperative.
    `facts` says what is known of the values that have dates, `lists` are the items of those that are lists.
    """

    files: Mapping[str, str]
    values: Mapping[str, str]
    facts: Mapping[str, Fact]
    today: date
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return the value of a variable, '' when it is unknown or empty."""
        return self.values.get(name, "")

    def items(self, name: str) -> tuple[str, ...]:
        """Return what a variable holds, item by item; nothing when it is unknown or empty."""
        text = self.text(name)
        return self.lists.get(name, (text,) if text else ())

    def remark(self, name: str) -> str:
        """Return what is told beside a value that does not hold today, else nothing."""
        fact = self.facts.get(name)
        return fact.remark(self.today) if fact is not None and self.text(name) else ""

    def file_of(self, name: str) -> str:
        """Return the file where a value stands, or would."""
        return self.files.get(name.partition(".")[0]) or next(iter(self.files.values()))

    def fill(self, text: str) -> str:
        """Return a plain text with the values of the variables it cites, and with what is told beside them."""
        return "".join(self._filled(text, self._told)) if "{{" in text else text

    def fill_name(self, text: str) -> str:
        """Return a text with the values alone: what names a page, or what a query compares."""
        return "".join(self._filled(text, self.text)) if "{{" in text else text

    def _told(self, name: str) -> str:
        remark = self.remark(name)
        return f"{self.text(name)} ({remark})" if remark else self.text(name)

    def _filled(self, text: str, say: Callable[[str], str]) -> Iterator[str]:
        done = 0
        for variable in find_variables(text, 0):
            yield text[done : variable.start]
            yield say(variable.name) or TO_FILL
            done = variable.end
        yield text[done:]

    def check(self, source: SourceFile, cited: Iterable[Variable]) -> Iterator[Diagnostic]:
        """Report the variables that a file cites and that do not exist, have no value, or do not hold today."""
        for variable in cited:
            extent, name = (variable.start, variable.end), variable.name
            if name not in self.values:
                above = name.rpartition(".")[0]
                near = above if above in self.facts else nearest(name, self.values)
                fix = f"{{{{ {near} }}}}" if near else None
                words: dict[str, Any] = {"name": name, "file": self.file_of(name)}
                yield rules.UNKNOWN_VARIABLE.at(source, extent, suggestion=near, replacement=fix, **words)
            elif not self.values[name]:
                yield rules.EMPTY_VARIABLE.at(source, extent, name=name)
            elif remark := self.remark(name):
                yield fact_rules.CITED_OUT_OF_DATE.at(source, extent, name=name, remark=remark)


def verified_elsewhere_until(variables: Variables) -> date:
    """Return the last day when another cooperative verified the pages of a wiki that began from its own.

    The first day there is when nothing, or nothing that is a day, is said.
    """
    try:
        return date.fromisoformat(variables.text(f"{next(iter(variables.files))}.{VERIFIED_ELSEWHERE}"))
    except ValueError:
        return date.min


def load_variables(sources: Iterable[SourceFile], today: date) -> tuple[Variables, tuple[Diagnostic, ...]]:
    """Read the files of values."""
    files: dict[str, str] = {}
    values: dict[str, str] = {}
    facts: dict[str, Fact] = {}
    lists: dict[str, tuple[str, ...]] = {}
    found: list[Diagnostic] = []
    for source in sources:
        prefix = basename(source.path).removeprefix("_").removesuffix(".yml")
        files[prefix] = source.path
        node, problems = parse_yaml_file(source)
        found += problems
        if isinstance(node, MappingNode):
            for name, (key, value) in _flatten(prefix, node):
                if is_fact(value):
                    values[name], facts[name] = read_fact(name, key, value, source, found)
                    found += check_fact(name, facts[name], key, source, today)
                else:
                    values[name] = ", ".join(_items(value))
                    lists |= {name: _items(value)} if isinstance(value, Sequence) else {}
        elif not problems and source.text.strip():
            found.append(frontmatter.NOT_A_MAPPING.at(source, (0, 1)))
    return Variables(files=files, values=values, facts=facts, today=today, lists=lists), tuple(found)


def _flatten(prefix: str, node: MappingNode) -> Iterator[tuple[str, Entry]]:
    """Yield each value with its name."""
    for entry in node.entries:
        name = f"{prefix}.{entry.key.text}"
        if isinstance(entry.value, MappingNode) and not is_fact(entry.value):
            yield from _flatten(name, entry.value)
        else:
            yield name, entry


def _items(node: Node) -> tuple[str, ...]:
    """Return the texts of a value: one, or those of its list; none when it is empty."""
    items = node.items if isinstance(node, Sequence) else (node,)
    texts = (item.text.strip() for item in items if isinstance(item, Scalar))
    return tuple(text for text in texts if text)
