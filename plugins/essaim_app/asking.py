"""The questions that a new wiki asks its cooperative, one at a time."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from essaim.schema.fieldtypes import FIELD_TYPES
from essaim.schema.fieldtypes.base import Invalid
from essaim.schema.model import Field

QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "nom": "Comment s'appelle votre coopérative ?",
        "forme": "Quelle est sa forme juridique ? Par exemple « SCIC SA », « Scop à capital variable, en SARL ».",
        "territoire": "Quel est son territoire ? Un code, comme D:73, ou le nom d'un département.",
        "contacts.accompagnement": "Comment appelez-vous les personnes qui accompagnent ?",
        "contacts.compta": "À qui s'adresse-t-on pour la comptabilité ?",
        "contacts.paie": "À qui s'adresse-t-on pour la paie ?",
        "contacts.gerance": "Comment appelez-vous la direction : la gérance, la cogérance, la direction générale ?",
        "contacts.dpo": "Qui répond des données personnelles ?",
        "contribution.assiette": "Sur quoi se calcule la contribution : la marge brute, le chiffre d'affaires ?",
        "outils.erp": "Comment appelez-vous l'outil de gestion ?",
        "outils.chat": "Comment appelez-vous votre messagerie d'équipe ?",
        "outils.liste": "Comment appelez-vous votre liste de discussion ?",
        "outils.drive": "Comment appelez-vous votre dossier partagé ?",
        "outils.visio": "Quel outil de visio utilisez-vous ?",
    }
)
"""Key of the file of variables → what is asked. Other keys of `GROUPS` are asked with their name."""
USUAL: Mapping[str, str] = MappingProxyType(
    {
        "contacts.accompagnement": "l'équipe d'accompagnement",
        "contacts.compta": "la comptabilité",
        "contacts.paie": "la personne chargée de la paie",
        "contacts.gerance": "la gérance",
        "contacts.dpo": "la personne référente pour les données personnelles",
        "outils.erp": "l'outil de gestion",
        "outils.chat": "la messagerie d'équipe",
        "outils.liste": "la liste de discussion",
        "outils.drive": "le dossier partagé",
        "outils.forum": "le forum",
        "outils.vote": "le vote en ligne",
        "outils.visio": "la visio",
    }
)
"""Words that any cooperative understands, for who answers nothing: sentences that cite them stay sentences."""
GROUPS = ("contacts.", "outils.")
_KEPT = frozenset({"nom", "forme", "territoire"})
"""What has no default: here the value of the wiki we come from would be wrong."""


def territory_problem(text: str) -> Invalid | None:
    """Return why a text is no territory, or None."""
    kind = FIELD_TYPES["territory"]
    parsed = kind.parse(text, Field(name="territoire", path="territoire", type=kind, label="Territoire"))
    return parsed if isinstance(parsed, Invalid) else None


def keys_to_ask(known: Iterable[str]) -> Iterator[str]:
    """Yield the keys to ask for, in the order of the questions, then of the file."""
    known = list(known)
    yield from (key for key in QUESTIONS if key in _KEPT or key in known)
    yield from (key for key in known if key.startswith(GROUPS) and key not in QUESTIONS)


def ask(known: Mapping[str, str], given: Mapping[str, str], read: Callable[[], str]) -> dict[str, str]:
    """Ask on the terminal for what was not given; return it. `known` are the values of the wiki we come from."""
    found: dict[str, str] = {}
    print("Quelques questions. Entrée garde ce qui est entre crochets ; tout se change plus tard.\n", file=sys.stderr)
    for key in keys_to_ask(known):
        if key not in given:
            question = QUESTIONS.get(key, f"Que faut-il écrire pour « {key} » ?")
            found[key] = _answer(
                question, "" if key in _KEPT else USUAL.get(key, known[key]), read, is_territory=key == "territoire"
            )
    return found


def _answer(question: str, default: str, read: Callable[[], str], *, is_territory: bool) -> str:
    while True:
        print(f"{question} [{default or 'plus tard'}] ", end="", file=sys.stderr, flush=True)
        text = " ".join(read().split()) or default
        problem = territory_problem(text) if is_territory and text else None
        if problem is None:
            return text
        default = problem.suggestion or ""
        near = f" Entrée pour « {default} »." if default else ""
        print(f"« {text} » ne va pas : {problem.problem}.{near}", file=sys.stderr)
