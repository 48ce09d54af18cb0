"""`essaim new`: start a page from the model of its type."""

import sys
from argparse import ArgumentParser, Namespace

from essaim.suggest import nearest
from essaim.views.model import page_name, page_text
from essaim.workspace import Workspace
from essaim_app.commands.base import Stop, require_wiki


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("type", metavar="TYPE", help="le type de fiche, par exemple demarche")
    parser.add_argument("title", metavar="TITRE", help="le titre, entre guillemets")


def run(workspace: Workspace, options: Namespace) -> int:
    """Write the page and print its path."""
    require_wiki(workspace)
    types = {t.name: t for t in workspace.refresh().schema.by_folder.values()}
    page_type = types.get(options.type)
    if page_type is None:
        near = nearest(options.type, types)
        hint = f"Vouliez-vous dire « {near} » ?" if near else f"Il y a : {', '.join(sorted(types))}."
        raise Stop(f"aucun type de fiche ne s'appelle « {options.type} ». {hint}")
    title = " ".join(options.title.split())
    if not title:
        raise Stop("il manque le titre de la fiche.")
    path = f"{page_type.folder}/{page_name(title)}.md".removeprefix("/")
    model = workspace.source(f"{page_type.folder}/_modele.md".removeprefix("/"))
    text = page_text(page_type, title, workspace.today, model.text if model else None)
    file = workspace.root / path
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        raise Stop(f"« {path} » existe déjà : complétez-la, ou choisissez un autre titre.") from None
    print(path)
    print("Ouvrez cette fiche, remplissez-la, puis lancez « essaim check ».", file=sys.stderr)
    return 0
