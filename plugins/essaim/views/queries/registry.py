"""The views of queries: how each is made from what was found, and how it reads as Markdown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from essaim.pages.page import Page
from essaim.schema.queries.model import QuerySpec
from essaim.views.queries.agenda import agenda_text, make_agenda
from essaim.views.queries.asked import Asked, ask
from essaim.views.queries.carte import carte_text, make_carte
from essaim.views.queries.compteur import compteur_text, make_compteur
from essaim.views.queries.entries import WriteValue, entries_text, make_entries
from essaim.views.queries.graphique import graphique_text, make_graphique
from essaim.views.queries.jauge import jauge_text, make_jauge
from essaim.views.queries.matrice import make_matrice, matrice_text
from essaim.views.site import Site


@dataclass(frozen=True, kw_only=True, slots=True)
class Unanswered:
    """What stands in place of a query that is not asked: `line` is that of its block, 1 for the first.

    One that is sound stands on a page that already shows all that fits.
    """

    line: int
    is_sound: bool = False

    @property
    def text(self) -> str:
        """What readers are told."""
        if self.is_sound:
            return "Cette page montre déjà trop de résultats pour celui-ci. Mettez cette liste sur une autre page."
        return f"Cette liste attend une correction (ligne {self.line} de la page)."


class ViewMaker(NamedTuple):
    """How a view is made from an answer, and how what is made reads as Markdown."""

    make: Callable[[Asked], Any]
    text: Callable[[Any, WriteValue], str]


VIEWS: Mapping[str, ViewMaker] = MappingProxyType(
    {
        "liste": ViewMaker(make_entries, entries_text),
        "tableau": ViewMaker(make_entries, entries_text),
        "cartes": ViewMaker(make_entries, entries_text),
        "agenda": ViewMaker(make_agenda, agenda_text),
        "carte": ViewMaker(make_carte, carte_text),
        "matrice": ViewMaker(make_matrice, matrice_text),
        "compteur": ViewMaker(make_compteur, compteur_text),
        "graphique": ViewMaker(make_graphique, graphique_text),
        "jauge": ViewMaker(make_jauge, jauge_text),
    }
)
"""By name; `schema/queries/kinds.py` says which keys each takes."""


def make_view(spec: QuerySpec, page: Page, site: Site) -> Any:
    """Return what a query of a page shows to the audience of a site: a frozen value of its view."""
    return VIEWS[spec.view].make(ask(spec, page, site))
