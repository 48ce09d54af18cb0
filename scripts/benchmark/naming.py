"""What a page of the wiki is, and how all of them are named before any is written."""

from dataclasses import dataclass

HUB = "declarer-son-chiffre-d-affaires"
"""The page whose title many cite, and that nothing else names."""
CITED_BY = 500
LOT = 40
"""How many pages a folder holds: a menu of thousands in one folder would be unfair to who shows all of it."""


INDEXES = (
    ("index", "Bienvenue", "Tout ce que nous nous apprenons : personnes, démarches, groupes et notes."),
    ("profils/index", "Annuaire", "Qui nous sommes, et ce que chacun·e sait faire."),
    ("demarches/index", "Démarches", "Ce que l'on fait, étape par étape, et qui l'a déjà fait."),
    ("groupes/index", "Groupes", "Où l'on se retrouve."),
    ("notes/index", "Notes", "Ce que l'on a retenu, noté au fil de l'eau."),
)
"""The pages of folders: path, title, text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """One page: its path below `docs/`, without `.md`; its title; its other fields in YAML; its body."""

    path: str
    title: str
    fields: str
    body: str

    @property
    def stem(self) -> str:
        """Return the name by which links know it."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """The paths of all pages, by kind, chosen before any is written."""

    profiles: tuple[str, ...]
    procedures: tuple[str, ...]
    groups: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Return every page that links may choose."""
        return self.profiles + self.procedures[1:] + self.groups + self.notes


def choose_names(count: int) -> Names:
    """Return the paths of a wiki of so many pages."""
    left = count - len(INDEXES)
    profiles, groups = left * 2 // 5, max(left // 20, 1)
    procedures = profiles
    notes = left - profiles - procedures - groups
    return Names(
        profiles=tuple(f"{_lot('profils', n)}/personne-{n}" for n in range(profiles)),
        procedures=tuple(f"{_lot('demarches', n)}/{f'demarche-{n}' if n else HUB}" for n in range(procedures)),
        groups=tuple(f"{_lot('groupes', n)}/groupe-{n}" for n in range(groups)),
        notes=tuple(f"{_lot('notes', n)}/note-{n}" for n in range(notes)),
    )


def _lot(folder: str, number: int) -> str:
    return f"{folder}/serie-{number // LOT:03d}"
