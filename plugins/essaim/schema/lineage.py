"""A type and those that it extends, each with the options of its `_type.yml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from essaim.rules import types as rules
from essaim.schema.options import Options
from essaim.suggest import nearest


@dataclass(frozen=True, kw_only=True)
class Lineage:
    """The options of a type and of its ancestors, by name: farthest first, itself last.

    What it gives of an ancestor reports nothing: the ancestors' mistakes are theirs to report.
    """

    name: str
    options: Mapping[str, Options]

    @property
    def own(self) -> Options:
        """The options of the type itself."""
        return self.options[self.name]

    @property
    def nearest_first(self) -> Iterator[str]:
        """The names of the line, the type itself first."""
        return reversed([*self.options])

    def of(self, name: str) -> Options:
        """Return the options of one of the line, quiet unless it is the type itself."""
        options = self.options[name]
        return options if name == self.name else options.quiet()

    def each(self) -> Iterator[Options]:
        """Yield the options of each of the line, farthest first."""
        return map(self.of, self.options)

    def saying(self, key: str) -> Options:
        """Return the options of the nearest that has a key, the type's own when none has."""
        return self.of(next((name for name in self.nearest_first if key in self.options[name]), self.name))

    def mapping(self, key: str, shape: str) -> Options | None:
        """Return what the nearest that has a key says there as a mapping, of the shape that a report gives."""
        options = self.saying(key)
        node = options.mapping(key, shape)
        return options.sub(node, f"pour « {key} »") if node else None


def lineages(declared: Mapping[str, Options]) -> dict[str, Lineage]:
    """Return the line of each type; a type that is extended and that nobody finds is in none."""
    return {
        name: Lineage(name=name, options={one: declared[one] for one in _ancestors(name, declared)})
        for name in declared
    }


def _ancestors(name: str, declared: Mapping[str, Options]) -> list[str]:
    """Return a type's ancestors, farthest first, then the type itself."""
    line: list[str] = []

    def visit(current: str, trail: tuple[str, ...]) -> None:
        for parent in declared[current].quiet().scalars("extends"):
            if parent.text in declared and parent.text not in trail:
                visit(parent.text, (*trail, parent.text))
        if current not in line:
            line.append(current)

    visit(name, (name,))
    return line


def check_extends(options: Options, declared: Mapping[str, Options]) -> None:
    """Report the types that a type extends and that nobody finds, or that come back to it."""
    for parent in options.scalars("extends"):
        extent = (parent.start, parent.end)
        if parent.text not in declared:
            near = nearest(parent.text, set(declared) - {options.text("type")})
            words: dict[str, Any] = {"suggestion": near, "replacement": near}
            options.found.append(rules.UNKNOWN_PAGE_TYPE.at(options.source, extent, **words, type=parent.text))
            continue
        chain = _climb(options.text("type"), declared)
        if chain is not None and parent.text in chain:
            cycle = " → ".join(chain)
            options.found.append(rules.EXTENDS_CYCLE.at(options.source, extent, cycle=cycle))


def _climb(name: str, declared: Mapping[str, Options]) -> list[str] | None:
    """Return the chain from a type back to itself through `extends`, if there is one."""
    trails = [[name]]
    while trails:
        trail = trails.pop()
        for parent in declared[trail[-1]].quiet().scalars("extends") if trail[-1] in declared else ():
            if parent.text == name:
                return [*trail, name]
            if parent.text not in trail:
                trails.append([*trail, parent.text])
    return None
