"""The settings of a new wiki: those of the one it comes from, with nothing that this one decided."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from essaim.graph.facts import is_fact
from essaim.graph.variables import VERIFIED_ELSEWHERE
from essaim.pages.edit import line_break, write_scalar
from essaim.schema.model import NO_FIELDS
from essaim.source import SourceFile, TextEdit, apply_edits
from essaim.syntax.nodes import Mapping as MappingNode
from essaim.syntax.nodes import Node, Scalar, Sequence
from essaim.syntax.yaml import parse_yaml_file
from essaim.syntax.yaml_mending import quoted
from essaim.workspace.analysis import Analysis
from essaim.workspace.discover import VARIABLES_FILE
from essaim.workspace.plan import rewritten
from essaim.workspace.swarm.pruning import end_of, prune_edits

NAMELESS = "Notre coopérative"
"""What a wiki is called whose cooperative has not said its name."""
ALWAYS = ("nom", "forme", "territoire")
"""Keys that a new wiki may fill whether the one it comes from has them or not."""
_ELSEWHERE = "# Les fiches vérifiées jusqu'à ce jour l'ont été par la coopérative d'origine, pas par la nôtre."
_OURS = re.compile(r"(?m)^(?=(?:site_url|repo_url|repo_name|edit_uri|edit_uri_template):)")
_COPYRIGHT = re.compile(r"(?m)^copyright:(?P<text>[^\n]*(?:\n[ \t]+[^\n]*)*)")
_INVENTED = re.compile(r"[^.:\"'|>]*\binventé[^.\"']*\.?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a cooperative says of itself: its values by dotted key, without `cae.`."""

    values: Mapping[str, str]

    @property
    def name(self) -> str:
        """Its name, or what stands for it."""
        return self.values.get("nom") or NAMELESS


def known_keys(analysis: Analysis) -> Mapping[str, str]:
    """Return dotted key → value of what the cooperative of a wiki decided, without `cae.`."""
    prefix = VARIABLES_FILE.removeprefix("_").removesuffix(".yml") + "."
    values = analysis.variables.values
    return {name.removeprefix(prefix): text for name, text in values.items() if name.startswith(prefix)}


def emptied_variables(source: SourceFile, answers: Answers) -> SourceFile:
    """Return the file of variables with its keys and comments, and of the values only those that were given."""
    node, _ = parse_yaml_file(source)
    if not isinstance(node, MappingNode):
        node = MappingNode((), 0, 0)
    text = apply_edits(source, list(_emptied(source, node, "", answers.values)))
    end = line_break(text)
    missing = [key for key in ALWAYS if answers.values.get(key) and node.get(key) is None]
    lines = "".join(f"{key}: {write_scalar(answers.values[key])}{end}" for key in missing)
    first = text.find(f"{end}forme:") if "territoire" in missing and len(missing) == 1 else -1
    place = text.find(end, first + len(end)) + len(end) if first >= 0 else 0
    place = place or _after_heading(text)
    return rewritten(source, text[:place] + lines + text[place:])


def said_elsewhere(source: SourceFile, until: date | None) -> SourceFile:
    """Return the file of variables with the last day when it was another cooperative that verified the pages."""
    text, end = source.text, line_break(source.text)
    text = re.sub(rf"(?m)^{VERIFIED_ELSEWHERE}:[^\n]*\n?", "", text)
    if until is None:
        return rewritten(source, text)
    remark = "" if _ELSEWHERE in text else f"{_ELSEWHERE}{end}"
    gap = "" if not text or text.endswith("\n") else end
    return rewritten(source, f"{text}{gap}{remark}{VERIFIED_ELSEWHERE}: {until.isoformat()}{end}")


def without_entries(source: SourceFile) -> SourceFile:
    """Return a file of settings with nothing but the comments at its top."""
    return rewritten(source, source.text[: _after_heading(source.text)])


def renamed_config(source: SourceFile, answers: Answers, gone: frozenset[str]) -> SourceFile:
    """Return `mkdocs.yml` with another name, without the addresses of this site nor what stays behind.

    `gone` are the names and paths, from the documentation folder, that its lists must not name any more.
    """
    node, _ = parse_yaml_file(source)
    text = source.text
    if isinstance(node, MappingNode):
        doomed = [s.start for key in ("nav", "plugins") for s in scalars_in(node.get(key)) if s.text in gone]
        lists = MappingNode(tuple(e for e in node.entries if e.key.text in ("nav", "plugins")), node.start, node.end)
        text = apply_edits(source, list(prune_edits(source, lists, NO_FIELDS, doomed)))
    named = f"site_name: {_as_text(answers.name)}"
    text = re.sub(r"(?m)^site_name:[^\n#]*[^\s#]|^site_name:", lambda _: named, text, count=1)
    text = _COPYRIGHT.sub(_without_invention, text)
    return rewritten(source, _OURS.sub("# ", text))


def _as_text(text: str) -> str:
    """Return a text as YAML that the host, which guesses, reads as a text too: `2024` and `On` are others to it."""
    resolver: Any = Resolver()
    is_text = resolver.resolve(ScalarNode, text, (True, False)) == resolver.DEFAULT_SCALAR_TAG
    return write_scalar(text) if is_text else quoted(text)


def _without_invention(match: re.Match[str]) -> str:
    text = _INVENTED.sub("", match["text"])
    return f"copyright:{text.rstrip()}"


def scalars_in(node: Node | None) -> Iterator[Scalar]:
    """Yield the scalars of a value, at any depth."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars_in(item)
    elif isinstance(node, MappingNode):
        for entry in node.entries:
            yield from scalars_in(entry.value)


def _emptied(source: SourceFile, node: MappingNode, prefix: str, values: Mapping[str, str]) -> Iterator[TextEdit]:
    for key, value in node.entries:
        name = f"{prefix}{key.text}"
        if isinstance(value, MappingNode) and not is_fact(value):
            yield from _emptied(source, value, f"{name}.", values)
            continue
        given = values.get(name, "")
        end = end_of(source.text, value)
        tail = "\n" if source.text[:end].endswith("\n") and end > value.start else ""
        if given or not (isinstance(value, Scalar) and not value.text):
            yield TextEdit(source.span((key.end, end)), f": {_written(given)}{tail}")


def _written(text: str) -> str:
    return write_scalar(text) if text else '""'


def _after_heading(text: str) -> int:
    """Return where the comments at the top of a file end."""
    match = re.match(r"(?:[ \t]*(?:#[^\n]*)?(?:\n|\Z))*?(?=[^\s#]|\Z|[ \t]+[^\s#])", text)
    return match.end() if match else 0
