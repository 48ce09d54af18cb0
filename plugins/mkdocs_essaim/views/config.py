"""Options of the plugin `essaim-views`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs.config import config_options as option
from mkdocs.config.base import BaseConfigOption, Config, ValidationError


@dataclass(frozen=True, kw_only=True)
class Group:
    """Names under a title of the menu: types, or paths of pages from the documentation folder."""

    title: str
    names: tuple[str, ...]


class MenuEntry(BaseConfigOption[str | Group]):
    """A name, or one title with the names that stand under it."""

    def run_validation(self, value: object) -> str | Group:
        """Accept `type`, `page.md`, or `Titre: [type, page.md]`."""
        if isinstance(value, dict) and len(value) == 1:
            [(title, names)] = value.items()
            if not isinstance(title, str) or not title.strip():
                raise ValidationError(f"le titre d'un groupe est un texte. Mettez « {title} » entre guillemets.")
            if not isinstance(names, list) or not names or not all(map(_is_name, names)):
                raise ValidationError(
                    f"sous « {title} », donnez une liste de types ou de pages, comme [profil, j-arrive.md]."
                )
            return Group(title=title.strip(), names=tuple(names))
        if not _is_name(value):
            raise ValidationError(
                f"« {value} » n'est ni un type, ni un groupe. Un groupe s'écrit sur sa ligne : "
                "« - Titre: [type, type] »."
            )
        return str(value)


class Menu(option.ListOfItems[str | Group]):
    """The order of the menu: each name once, each title once."""

    def __init__(self) -> None:
        super().__init__(MenuEntry(), default=[])

    def run_validation(self, value: object) -> list[str | Group]:
        """Refuse what stands in two places."""
        entries = super().run_validation(value)
        for kind, found in (
            ("", list(names_of(entries))),
            ("le groupe ", [e.title for e in entries if _is_group(e)]),
        ):
            twice = next((name for at, name in enumerate(found) if name in found[:at]), None)
            if twice is not None:
                raise ValidationError(f"{kind}« {twice} » est deux fois dans le menu : gardez-en un.")
        return entries


class ViewsConfig(Config):
    """What `mkdocs.yml` may say under `essaim-views:`."""

    order = Menu()
    """Types whose index comes first in the navigation, in this order, alone or in groups; the others follow."""
    french_spaces = option.Type(bool, default=False)
    """Whether the spaces of French typography are bound in what pages show."""


def names_of(entries: Sequence[str | Group]) -> Iterator[str]:
    """Yield the names of the types and pages of a menu, in their order."""
    for entry in entries:
        yield from entry.names if isinstance(entry, Group) else (entry,)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_group(entry: Any) -> bool:
    return isinstance(entry, Group)
