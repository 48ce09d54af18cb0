"""How far a condition goes: the steps within steps that answering it takes, at its longest."""

from essaim.syntax.predicate import All, AnyOf, ListOf, Measure, Not, Operand, Predicate, Test, Word

FARTHEST = 40
"""A condition goes no farther, nor does a field that is computed from others, all of them together: each step is
some calls within calls, and these have an end.
"""


def reach_of(item: Predicate | Operand | None) -> int:
    """Return how far a condition, or one side of a comparison, goes: the steps of its longest way."""
    if isinstance(item, Test):
        return max(reach_of(item.left), reach_of(item.right))
    if isinstance(item, Word):
        return item.text.count(".") + 1
    if isinstance(item, Measure):
        return reach_of(item.path) + reach_of(item.where)
    if isinstance(item, Not):
        return 1 + reach_of(item.item)
    if isinstance(item, All | AnyOf | ListOf):
        return 1 + max(map(reach_of, item.items), default=0)
    return 0
