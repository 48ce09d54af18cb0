"""The views of queries, and what each key takes: the one list of both."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Takes(NamedTuple):
    """What the value of a key is.

    `kind` is words, word (one of `among`), column, columns, condition, whole (a whole number), number, amount (a
    number or a path from the page that asks) or day. `low` and `high` bound whole numbers.
    """

    kind: str
    among: tuple[str, ...] = ()
    low: int = 1
    high: int = 1000
    required: bool = False


class ViewKind(NamedTuple):
    """One view: what it is called in a block, and the keys that it alone takes besides the common ones.

    `counts_dates` says that `limite` counts the dates it shows, not the pages found.
    """

    name: str
    keys: Mapping[str, Takes]
    counts_dates: bool = False


_CALCULATION = {
    "calcul": Takes("word", ("nombre", "somme", "moyenne", "minimum", "maximum")),
    "champ": Takes("column"),
    "unite": Takes("words"),
}
_ENTRIES = {"colonnes": Takes("columns"), "groupe_par": Takes("column")}

COMMON: Mapping[str, Takes] = MappingProxyType(
    {
        "de": Takes("types"),
        "ou": Takes("condition"),
        "tri": Takes("sort"),
        "vue": Takes("view"),
        "limite": Takes("whole"),
        "titre": Takes("words"),
        "vide": Takes("words"),
        "pour_chaque": Takes("rows"),
    }
)
"""The keys that every query takes."""

KINDS: Mapping[str, ViewKind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            ViewKind("liste", _ENTRIES),
            ViewKind("tableau", _ENTRIES),
            ViewKind("cartes", _ENTRIES),
            ViewKind(
                "agenda",
                {
                    "champ": Takes("column"),
                    "forme": Takes("word", ("liste", "mois", "les deux")),
                    "mois": Takes("whole", low=1, high=24),
                    "du": Takes("day"),
                },
                counts_dates=True,
            ),
            ViewKind("carte", {"territoire": Takes("column")}),
            ViewKind(
                "matrice",
                {
                    "lignes": Takes("column", required=True),
                    "colonnes": Takes("column", required=True),
                    "cellule": Takes("word", ("fiches", "nombre")),
                },
            ),
            ViewKind("compteur", {**_CALCULATION, "groupe_par": Takes("column")}),
            ViewKind(
                "graphique",
                {
                    **_CALCULATION,
                    "groupe_par": Takes("column", required=True),
                    "par": Takes("word", ("jour", "mois", "annee")),
                    "forme": Takes("word", ("barres", "courbe")),
                    "series": Takes("column"),
                },
            ),
            ViewKind(
                "jauge",
                {
                    **_CALCULATION,
                    "sur": Takes("amount"),
                    "parmi": Takes("condition"),
                    "seuil": Takes("amount"),
                    "sens": Takes("word", ("max", "min")),
                },
            ),
        )
    }
)
"""The views, by name."""

DEFAULT = "liste"
"""The view of a query that names none."""
