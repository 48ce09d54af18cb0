"""The values that nobody writes, computed on a given day for who asks."""

from typing import Any

from essaim.graph.measuring import Asks, measure
from essaim.schema.computed import Computed


def compute(asking: Asks, computed: Computed, item: Any) -> tuple[Any, ...]:
    """Return the values that a field has by what it is computed from: one, or none."""
    if computed.measure is not None:
        found = measure(asking, computed.measure, item)
        return tuple(map(float, found)) if computed.is_decimal else found
    for case in computed.cases:
        if case.when is None or asking.satisfies(case.when.tree, item):
            return (case.value,)
    return ()
