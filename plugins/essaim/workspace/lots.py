"""The lots that `mkdocs.yml` leaves out, held against those that the types name."""

from typing import TYPE_CHECKING

from essaim.suggest import nearest
from essaim.workspace.discover import CONFIG, Layout

if TYPE_CHECKING:
    from essaim.schema.model import Schema


class UnknownLot(Exception):  # noqa: N818
    """`mkdocs.yml` leaves out a lot that no type names: a French sentence says which, and what was meant."""


def check_lots(layout: Layout, schema: "Schema") -> None:
    """Raise UnknownLot unless each lot left out is that of a type, or of one that cannot be read."""
    known = {page_type.lot for page_type in schema.types.values()} - {""}
    for lot in layout.without_lots if schema.is_whole else ():
        if lot not in known:
            near = nearest(lot, known)
            others = ", ".join(f"« {name} »" for name in sorted(known))
            hint = (
                f"Vouliez-vous dire « {near} » ?"
                if near
                else f"Les lots de ce wiki : {others}."
                if others
                else "Aucun type n'a de « lot »."
            )
            raise UnknownLot(f"dans {CONFIG}, « without_lots » nomme un lot inconnu : « {lot} ». {hint}")
