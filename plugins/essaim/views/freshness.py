"""Whether a page still holds: who verified it and when, who last did it, since when it is to be looked at again."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from essaim.folding import fold
from essaim.graph.variables import verified_elsewhere_until
from essaim.pages.freshness import VERIFIED_BY, VERIFIED_ON, Fact, Facts, done_fields, last_facts
from essaim.pages.page import Page
from essaim.schema.fieldtypes.times import Date, Month
from essaim.views.addresses import AddressOf
from essaim.views.audience import sees_field
from essaim.views.fields import ShownValue
from essaim.views.listing import LISTS, Cell, LateArtifact, Listing, ListPage
from essaim.views.site import Site

FIELDS = (VERIFIED_ON, VERIFIED_BY)
"""Fields that need not be shown again where freshness is."""
NAME = "a-reverifier"
"""Name of the list of pages to look at again."""
_COLUMNS = ("Page", "Type", "Dernière vérification", "Dernière fois faite", "À revérifier depuis")
_NEVER = "jamais"
_DONE = "Faite pour la dernière fois"
_ELSEWHERE = " par la coopérative d'origine, pas encore par la nôtre"
_UNKNOWN = "À vérifier : rien ne dit encore quand cette page l'a été."


@dataclass(frozen=True, kw_only=True, slots=True)
class Freshness:
    """What a reader is told: dates as they end a sentence, and the people that the audience may be told of.

    `warning` is a sentence, '' while the page holds, and `advice` what to do about it. Nothing here changes from one
    day to the next but when the day has come.
    """

    warning: str
    advice: str
    verified: str
    verified_by: tuple[ShownValue, ...]
    done: str
    done_by: tuple[ShownValue, ...]
    is_elsewhere: bool = False
    """Whether it was another cooperative that verified the page, before this wiki began from its own."""

    @property
    def lines(self) -> tuple[tuple[str, tuple[ShownValue, ...]], ...]:
        """What happened, each with who did it: « Vérifiée le 3 mars 2026 »."""
        verified = f"{self.verified}{_ELSEWHERE if self.is_elsewhere else ''}"
        told = (("Vérifiée", verified, self.verified_by), (_DONE, self.done, self.done_by))
        return tuple((f"{words} {when}", people) for words, when, people in told if when)


def freshness(page: Page, site: Site) -> Freshness | None:
    """Return what there is to tell of a page, or None when it declares nothing and nothing is expected of it."""
    facts = _facts(page, site)
    if facts.verified is None and facts.done is None and not facts.is_to_review:
        return None
    due = f"À revérifier depuis le {Date().display(facts.due)}." if facts.due else _UNKNOWN
    verified_by = _people(facts.verified, page, site)
    until = verified_elsewhere_until(site.variables)
    return Freshness(
        warning=due if facts.is_to_review else "",
        advice=_advice(page, site) if facts.is_to_review else "",
        verified=_when(facts.verified),
        verified_by=verified_by,
        done=_when(facts.done),
        done_by=_people(facts.done, page, site),
        is_elsewhere=facts.verified is not None and not facts.verified.by and facts.verified.day <= until,
    )


def _advice(page: Page, site: Site) -> str:
    sees = partial(sees_field, site.audience)
    verified = page.type.fields.get(VERIFIED_ON)
    then = f", puis mettez la date du jour dans « {verified.label} »" if verified and sees(verified) else ""
    done = next((field for field in done_fields(page.type) if sees(field)), None)
    or_else = f" Vous venez de le faire ? Le dire dans « {done.label} » suffit aussi." if done else ""
    return f"Relisez-la, corrigez ce qui a changé{then}.{or_else}"


def freshness_page(site: Site) -> ListPage | None:
    """Return the list of the pages to look at again, the oldest first; None when no type asks for it."""
    if not any(t.review_every is not None for t in site.schema.by_folder.values()):
        return None
    return ListPage(
        path=site.in_docs(f"{NAME}.md"),
        title="À revérifier",
        intro="Une page à revérifier n'est pas fausse : personne ne l'a relue depuis un moment. "
        "Relisez-en une, corrigez ce qui a changé, puis mettez la date du jour dans « verifie_le ».",
        is_of_faces=True,
        make=lambda: (_late_pages(site),),
        empty="Rien à revérifier aujourd'hui : toutes les pages ont été relues à temps.",
    )


def _late_pages(site: Site) -> Listing:
    late = [(page, facts) for page, facts in _all_facts(site) if facts.is_to_review]
    late.sort(key=lambda item: (item[1].due or date.min, fold(item[0].title), item[0].path))
    return Listing(
        id="pages-a-reverifier",
        title="Les pages à revérifier",
        intro="D'abord celles que rien ne dit vérifiées, puis celles qui attendent depuis le plus longtemps.",
        columns=_COLUMNS,
        rows=tuple(_row(page, facts) for page, facts in late),
    )


def freshness_data(site: Site, address_of: AddressOf) -> LateArtifact | None:
    """Return what a program needs to remind people, without anybody's name; None when no page declares anything.

    `address_of` gives the published address of a page, '' when there is none.
    """
    if next(_all_facts(site), None) is None:
        return None
    make = partial(_data, site, address_of)
    return LateArtifact(path="fraicheur.json", make=make, stands_on=frozenset({LISTS}))


def _data(site: Site, address_of: AddressOf) -> str:
    pages = [
        {
            "id": str(page.id),
            "titre": page.title,
            "adresse": address_of(page.path),
            "verifiee_le": facts.verified.day.isoformat() if facts.verified else None,
            "faite_le": facts.done.day.isoformat() if facts.done else None,
            "a_reverifier_le": facts.due.isoformat() if facts.due else None,
            "etat": "a_reverifier" if facts.is_to_review else "a_jour",
        }
        for page, facts in _all_facts(site)
    ]
    lines = ",\n".join(map(json.JSONEncoder(ensure_ascii=False).encode, pages))
    return f'{{"pages": [\n{lines}\n]}}\n'


def _facts(page: Page, site: Site) -> Facts:
    return last_facts(page, site.today, partial(sees_field, site.audience))


def _all_facts(site: Site) -> Iterator[tuple[Page, Facts]]:
    """Yield the pages that declare something, or should, by path."""
    found = ((page, _facts(page, site)) for path, page in sorted(site.graph.pages.items()) if site.lists(path))
    return ((page, f) for page, f in found if f.verified is not None or f.done is not None or f.is_to_review)


def _text(fact: Fact | None) -> str:
    return fact.field.type.display(fact.written, fact.field) if fact is not None else ""


def _when(fact: Fact | None) -> str:
    """Return a day as it ends a sentence: « le 3 mai 2026 », « en mai 2026 »."""
    return f"{'en' if isinstance(fact.written, Month) else 'le'} {_text(fact)}" if fact is not None else ""


def _people(fact: Fact | None, page: Page, site: Site) -> tuple[ShownValue, ...]:
    """Return who is named by a page that the audience sees, each once; words that name no page are left out."""
    references = site.graph.out[page.path].references
    paths = [references.get(value.start, "") for field, value in fact.by if field.is_reference] if fact else []
    return tuple(
        ShownValue(text=site.graph.pages[path].title, page=path) for path in dict.fromkeys(paths) if site.sees(path)
    )


def _row(page: Page, facts: Facts) -> tuple[Cell, ...]:
    texts = (_text(facts.verified) or _NEVER, _text(facts.done), Date().display(facts.due) if facts.due else "")
    return (
        (ShownValue(text=page.title, page=page.path),),
        (ShownValue(text=page.type.label_one),),
        *(((ShownValue(text=text),) if text else ()) for text in texts),
    )
