"""Where a page that nobody wrote can be begun: the address of a forge's form, from a template."""

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import quote

from essaim.schema.model import PageType
from essaim.views.model import page_name, page_text

PLACES = ("type", "dossier", "fichier", "chemin", "titre", "texte")
"""What a template may name between braces."""
_PLACE = re.compile(r"\{([^{}]*)\}")
_MAX_ADDRESS = 6000
"""Characters that any server takes in an address: beyond, the form opens without the first text."""


def check_template(template: str) -> str:
    """Return what is wrong with a template, as a French sentence, or nothing."""
    if not re.match(r"https?://[^/\s]|/(?!/)", template) or re.search(r"[\s<>\"\\]", template):
        return "une adresse commence par « https:// » ou par « / », et n'a ni espace ni guillemet."
    unknown = next((name for name in _PLACE.findall(template) if name not in PLACES), None)
    if unknown is not None:
        known = ", ".join(f"{{{name}}}" for name in PLACES)
        return f"« {{{unknown}}} » n'est pas connu ; les mots remplacés sont {known}."
    return ""


def new_path(page_type: PageType, folder: str, title: str) -> str:
    """Return the path of a new page; `folder` is that of the pages that stand in no collection."""
    return f"{page_type.folder or folder}/{page_name(title)}.md".removeprefix("/")


def new_address(template: str, page_type: PageType, path: str, title: str, today: date, model: str | None) -> str:
    """Return the address that begins a page, '' without a template; `model` is the one of its type."""
    folder, _, name = path.rpartition("/")
    values = {"type": page_type.name, "fichier": name, "titre": title}
    filled = {key: quote(value, safe="") for key, value in values.items()}
    filled |= {"dossier": quote(folder), "chemin": quote(path)}
    filled["texte"] = quote(page_text(page_type, title, today, model), safe="")
    address = _filled(template, filled)
    return address if len(address) <= _MAX_ADDRESS else _filled(template, filled | {"texte": ""})


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: values[place[1]], template)
