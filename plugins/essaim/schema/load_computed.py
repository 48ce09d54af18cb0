"""From the `computed:` of fields to what they are computed from; once all types are known."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from essaim.rules import types as rules
from essaim.schema.computed import Case, Computed, by_cases
from essaim.schema.conditions import BoundMeasure, Comparison, Condition, Problem
from essaim.schema.lineage import Lineage
from essaim.schema.load_rules import read_condition, report_problem
from essaim.schema.model import Field, PageType, Schema
from essaim.schema.options import Options
from essaim.schema.paths import Scope, Way, follow_path
from essaim.syntax.nodes import Mapping as MappingNode
from essaim.syntax.reach import FARTHEST


class _Place(NamedTuple):
    """A computed field of a type."""

    type: str
    field: str


def load_computed(lines: Mapping[str, Lineage], schema: Schema) -> dict[str, dict[str, Computed]]:
    """Return the computed fields of each type; what does not fit, or turns in a ring, is reported and left out."""
    found: dict[_Place, Computed] = {}
    for name, line in lines.items():
        page_type = schema.types[name]
        for field in page_type.fields.values():
            bearer = _declarer(field.name, line) if field.is_computed else None
            if bearer is None:
                continue
            computed = _read(_options(line.of(bearer), field.name), field, schema.scope_of(page_type))
            if computed is not None:
                found[_Place(name, field.name)] = computed
    for place, ring in _rings(found, schema).items():
        line = lines[place.type]
        bearer = _declarer(place.field, line)
        if bearer is not None:
            _report_ring(_options(line.options[bearer], place.field), place, ring)
        del found[place]
    for place in _too_far(found, schema):
        bearer = _declarer(place.field, lines[place.type])
        if bearer is not None:
            _report_far(_options(lines[place.type].options[bearer], place.field))
        del found[place]
    by_type: dict[str, dict[str, Computed]] = {name: {} for name in lines}
    for place, computed in found.items():
        by_type[place.type][place.field] = computed
    return by_type


def _declarer(field: str, line: Lineage) -> str | None:
    """Return the type of a line that declares a field last."""
    return next((name for name in line.nearest_first if _node(line.options[name], field) is not None), None)


def _node(options: Options, field: str) -> MappingNode | None:
    fields = options.raw("fields")
    node = fields.get(field) if isinstance(fields, MappingNode) else None
    return node if isinstance(node, MappingNode) else None


def _options(options: Options, field: str) -> Options:
    """Return the options of a field of a type."""
    return options.sub(_node(options, field) or options.node, f"pour le champ « {field} »")


def _read(options: Options, field: Field, scope: Scope) -> Computed | None:
    if field.type.name == "choice":
        return by_cases(_cases(options, field, scope))
    condition = read_condition(options, "computed", scope)
    if condition is None:
        return None
    if field.type.name == "boolean":
        return by_cases(iter((Case(condition, True), Case(None, False))))
    return _measured(options, condition, field, scope.page_types[0])


def _cases(options: Options, field: Field, scope: Scope) -> Iterator[Case]:
    for node in options.mappings("computed"):
        case = options.sub(node, "pour un cas")
        case.only(("when", "value"))
        if "value" not in case:
            case.missing("value")
        when, value = read_condition(case, "when", scope), case.one_of("value", field.choices, "")
        if value and ("when" not in case or when is not None):
            yield Case(when, value)


def _measured(options: Options, condition: Condition, field: Field, page_type: PageType) -> Computed | None:
    """Return how a number is computed: by a measure of its kind."""
    tree = condition.tree
    measure = tree.left if isinstance(tree, Comparison) and tree.operator is None else None
    node = options.scalar("computed")
    if not isinstance(measure, BoundMeasure):
        options.invalid("computed", node or options.node, "un calcul, par exemple « count(auteur) »")
        return None
    if measure.kind in ("integer", field.type.name):
        is_decimal = field.type.name == "number"
        return Computed(measure=measure, is_decimal=is_decimal, paths=condition.paths, reach=condition.reach)
    is_number = measure.kind == "number"
    why = "n'est pas toujours un nombre entier : prenez « type: number »" if is_number else "n'est pas un nombre"
    if node is not None:
        problem = Problem("type", f"« {measure.text} » {why}", 0, len(node.text))
        report_problem(options, node, problem, page_type)
    return None


def _rings(found: Mapping[_Place, Computed], schema: Schema) -> dict[_Place, list[_Place]]:
    """Return the fields that are computed from themselves, each with the shortest way back to it."""
    after = {place: [*_looked_at(place, computed, found, schema)] for place, computed in found.items()}
    rings: dict[_Place, list[_Place]] = {}
    for place in found:
        trails = [[place]]
        seen: set[_Place] = set()
        for trail in trails:
            for other in after[trail[-1]]:
                if other == place:
                    rings.setdefault(place, [*trail, place])
                elif other not in seen:
                    seen.add(other)
                    trails.append([*trail, other])
    return rings


def _too_far(found: Mapping[_Place, Computed], schema: Schema) -> list[_Place]:
    """Return the fields, none of which is in a ring, that go too far with all that they are computed from."""
    reach: dict[_Place, int] = {}
    far: list[_Place] = []
    for place in found:
        waiting = [place]
        while waiting:
            one = waiting[-1]
            after = [*_looked_at(one, found[one], found, schema)]
            unknown = [other for other in after if other not in reach]
            if unknown and one not in reach:
                waiting += unknown
                continue
            waiting.pop()
            if one not in reach:
                reach[one] = found[one].reach + max((reach[other] for other in after), default=0)
                if reach[one] > FARTHEST:
                    far.append(one)
                    reach[one] = 0  # it is left out
    return far


def _looked_at(
    place: _Place, computed: Computed, found: Mapping[_Place, Computed], schema: Schema
) -> Iterator[_Place]:
    """Yield the computed fields that another is computed from."""
    scope = schema.scope_of(schema.types[place.type])
    for path in computed.paths:
        way = follow_path(path.steps[:-1], scope)
        for page_type in way.pages(schema.types) if isinstance(way, Way) else ():
            other = _Place(page_type.name, path.steps[-1]) if path.steps else None
            if other is not None and other in found:
                yield other


def _report_far(options: Options) -> None:
    expected = f"un calcul plus court : avec ceux des champs dont il dépend, {FARTHEST} pas à la suite au plus"
    told = Options(options.source, options.node, [], options.where)
    told.invalid("computed", told.raw("computed") or told.node, expected)
    options.found.extend(one for one in told.found if one not in options.found)  # of types that inherit, once


def _report_ring(options: Options, place: _Place, ring: Sequence[_Place]) -> None:
    node = options.raw("computed") or options.node
    extent = (node.start, max(node.end, node.start + 1))
    first = options.source.text.find("\n", *extent)
    extent = (extent[0], first if first > 0 else extent[1])  # a whole block would be underlined
    cycle = " → ".join(f"{one.type}.{one.field}" for one in ring)
    found = rules.COMPUTED_RING.at(options.source, extent, key=place.field, cycle=cycle)
    if not any(d.code == found.code and d.span == found.span for d in options.found):  # of types that inherit, once
        options.found.append(found)
