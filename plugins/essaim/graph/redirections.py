"""Where pages that moved or went are found now: `_redirections.yml`, from old paths to names of pages."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from essaim.diagnostics import Diagnostic
from essaim.graph.names import NameIndex
from essaim.rules import frontmatter
from essaim.rules import redirections as rules
from essaim.source import Extent, SourceFile
from essaim.syntax.nodes import Mapping as MappingNode
from essaim.syntax.nodes import Node, Scalar
from essaim.syntax.yaml import parse_yaml_file
from essaim.syntax.yaml_mending import as_scalar

_OUTSIDE = re.compile(r"[a-zA-Z]:|.*\\|(?:.*/)?\.{0,2}/")


class Redirection(NamedTuple):
    """One line of the file: the old path, the name of the page that takes its place, and where each stands."""

    old: str
    target: str
    old_extent: Extent
    target_extent: Extent


class Arrival(NamedTuple):
    """Where a redirection leads in the end: a page, or '' with the old paths gone through when it never does."""

    page: str
    trail: tuple[str, ...]
    candidates: tuple[str, ...] = ()
    """The pages that the last name may mean, when there are several."""


@dataclass(frozen=True, kw_only=True)
class Redirections:
    """The lines of the file, in order. `problems` are diagnostics of the file by itself."""

    source: SourceFile
    lines: tuple[Redirection, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    is_readable: bool = True

    @cached_property
    def by_old(self) -> Mapping[str, Redirection]:
        """The lines by old path."""
        return {line.old: line for line in self.lines}

    def resolve(self, names: NameIndex, pages: Collection[str]) -> dict[str, str]:
        """Return the page that each old path leads to; those that lead to none are left out."""
        arrivals = {line.old: self.follow(line, names, pages).page for line in self.lines}
        return {old: page for old, page in arrivals.items() if page}

    def follow(self, line: Redirection, names: NameIndex, pages: Collection[str]) -> Arrival:
        """Follow a redirection, through other old paths if need be."""
        trail = [line.old]
        while line.target not in pages:
            following = self.by_old.get(line.target)
            if following is None:
                found = names.find(line.target)
                if len({name.page for name in found}) == 1:
                    return Arrival(found[0].path, tuple(trail))
                return Arrival("", tuple(trail), tuple(f"{name.page}" for name in found))
            trail.append(following.old)
            if following.old in trail[:-1]:
                return Arrival("", tuple(trail))
            line = following
        return Arrival(line.target, tuple(trail))


def load_redirections(source: SourceFile) -> Redirections:
    """Read the file of redirections."""
    node, found = parse_yaml_file(source)
    if isinstance(node, MappingNode):
        lines, problems = [], found
        for key, value in node.entries:
            problem = _problem(key.text, value)
            if problem:
                extent = (key.start, max(key.end, key.start + 1))
                problems.append(rules.MALFORMED.at(source, extent, old=key.text, problem=problem))
            elif isinstance(value, Scalar):
                places = Extent(key.start, key.end), Extent(value.start, value.end)
                lines.append(Redirection(key.text, value.text.strip(), *places))
        return Redirections(source=source, lines=tuple(lines), problems=tuple(problems))
    if not found and node is not None and not (isinstance(node, Scalar) and node.is_empty):
        found.append(frontmatter.NOT_A_MAPPING.at(source, (0, 1)))
    return Redirections(source=source, problems=tuple(found), is_readable=not found)


def _problem(old: str, target: Node) -> str:
    if _OUTSIDE.match(old):
        return "le chemin part du haut du dépôt, sans « / » au début, sans « .. » et sans « \\ »"
    if not old.endswith(".md"):
        return "le chemin d'une page finit par « .md »"
    if not isinstance(target, Scalar) or not target.text.strip() or target.is_empty:
        return "il faut le nom d'une page, et d'une seule, après les deux-points"
    return ""


def check_redirections(redirections: Redirections, names: NameIndex, pages: Collection[str]) -> Iterator[Diagnostic]:
    """Report the redirections that lead nowhere, and those that nobody needs."""
    yield from redirections.problems
    source = redirections.source
    for line in redirections.lines:
        if line.old in pages:
            yield rules.UNUSED.at(source, line.old_extent, old=line.old)
            continue
        arrival = redirections.follow(line, names, pages)
        if arrival.page:
            continue
        if len(arrival.trail) == 1:
            yield _unknown(source, line, arrival.candidates, names)
        elif arrival.trail[-1] in arrival.trail[:-1]:
            trail = " → ".join(arrival.trail)
            yield rules.RING.at(source, line.target_extent, old=line.old, trail=trail)


def _unknown(source: SourceFile, line: Redirection, candidates: tuple[str, ...], names: NameIndex) -> Diagnostic:
    """Report a target that means no page or several; of a chain only the last line is at fault."""
    if candidates:
        several = ", ".join(f"« {name} »" for name in sorted(set(candidates)))
        problem = f"« {line.target} » peut désigner {several}"
        return rules.UNKNOWN_TARGET.at(source, line.target_extent, problem=problem, old=line.old)
    near = names.near(line.target.removesuffix(".md"))
    text = near.name.text if near else None
    fits = near is not None and near.is_only
    problem = f"Aucune page ne s'appelle « {line.target} »"
    return rules.UNKNOWN_TARGET.at(
        source,
        line.target_extent,
        suggestion=text,
        replacement=as_scalar(text) if fits and text else None,
        problem=problem,
        old=line.old,
    )
