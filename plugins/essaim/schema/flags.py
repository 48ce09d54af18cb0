"""What a page has to tell of itself on the pages that cite it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from essaim.diagnostics import Severity

if TYPE_CHECKING:
    from essaim.schema.conditions import Condition
    from essaim.schema.queries.model import Column


@dataclass(frozen=True, kw_only=True)
class FlagSpec:
    """While `when` holds for a page, those that cite it show a message, but for those that cite it by `unless`
    and those of the types that it `spares`.

    `message` is texts and, between them, what of the cited page stands there. `unless` are paths of fields of the
    pages that cite. `is_reserved` says whether only members see what it depends on.
    """

    when: "Condition"
    message: "tuple[str | Column, ...]"
    severity: Severity
    unless: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()
    is_reserved: bool = False
