"""The two sides of a test: what the values of each are, and whether they can be compared."""

from typing import NamedTuple

from essaim.schema.conditions import BoundOperand, Today
from essaim.schema.model import Field
from essaim.schema.paths import Way
from essaim.syntax.predicate import Operand

TIMES = frozenset({"date", "datetime", "month"})
"""The field types whose values are compared with a day."""
_SORTS = {
    **dict.fromkeys(("integer", "number"), "number"),
    **dict.fromkeys(TIMES, "time"),
    "boolean": "boolean",
    "group": "boolean",
    "duration": "duration",
    "reference": "page",
}
"""What the values of field types are, as far as it matters for comparing them; the others are texts."""


class Side(NamedTuple):
    """One side of a test: what is bound, where it stands and, of a path, where that leads."""

    operand: BoundOperand
    written: Operand
    way: Way | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that its values are of, in the groups and lists that hold them."""
        return self.way.inner if self.way else ()

    @property
    def kinds(self) -> set[str]:
        """The names of the types of these fields."""
        return {field.type.name for field in self.fields}

    @property
    def name(self) -> str:
        """How a report calls it."""
        return self.fields[0].name if self.fields else getattr(self.written, "text", "")

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in the text of the condition."""
        return self.written.start, self.written.end

    @property
    def sorts(self) -> set[str]:
        """What its values are, as far as it matters for comparing them."""
        if isinstance(self.operand, Today):
            return {"time"}
        if self.way is None or (not self.fields and not self.way.types):
            return {"text"}
        return {_SORTS.get(kind, "text") for kind in self.kinds} | ({"page"} if self.way.types else set())

    def may_meet(self, other: "Side") -> bool:
        """Whether values of two sides can be the same or stand in an order."""
        both = self.sorts | other.sorts
        return bool(self.sorts & other.sorts) or both == {"page", "text"}
