"""Which file of the wiki has rows for a group: the option `from` of a field."""

import re
from collections.abc import Mapping

from essaim.schema.model import Field
from essaim.schema.options import Options

_NAME = re.compile(r"[^\W_][\w-]*")
_TAKEN = frozenset(
    (
        "cae faits voisins redirections type modele index README "
        "a-ecrire a-reverifier changements reglages signalements"
    ).split()
)
"""Names of files that say something else, and of pages that list something else."""
_ELSEWHERE = ("reference", "file", "image")
"""Kinds of fields that name something from where they are written: a row is written for pages in any folder."""


def file_name(name: str) -> str:
    """Return the name of the file that has the rows of a name, in the documentation folder."""
    return f"_{name}.yml"


def shared_name(options: Options, fields: Mapping[str, Field], *, has_rows: bool) -> str:
    """Return the name of the file that a group takes rows from, '' when there is none or it cannot."""
    node = options.scalar("from", "le nom d'un fichier")
    if node is None:
        return ""
    leading = (inner for field in fields.values() for inner in field.walk() if inner.type.name in _ELSEWHERE)
    named = next(leading, None)
    if not has_rows:
        expected = "d'être retirée : seul un groupe « many: true » qui n'est pas dans un autre champ a des lignes"
    elif named is not None:
        what = "des fiches" if named.is_reference else "un fichier"
        expected = f"d'être retirée : le champ « {named.name} » cite {what}, et une ligne partagée ne le peut pas"
    elif node.text in _TAKEN or not _NAME.fullmatch(node.text):
        expected = "un nom simple, par exemple « references » pour le fichier « _references.yml »"
    else:
        return node.text
    options.invalid("from", node, expected)
    return ""
