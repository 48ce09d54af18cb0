"""`essaim schema`: the JSON Schema of a type."""

import json
from argparse import ArgumentParser, Namespace

from essaim.suggest import nearest
from essaim.views.json_schema import json_schema
from essaim.workspace import Workspace
from essaim_app.commands.base import Stop, require_wiki


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("type", metavar="TYPE", help="le type de fiche, par exemple profil")


def run(workspace: Workspace, options: Namespace) -> int:
    """Print the schema."""
    require_wiki(workspace)
    types = workspace.refresh().schema.types
    if options.type not in types:
        near = nearest(options.type, types)
        hint = f"Vouliez-vous dire « {near} » ?" if near else f"Il y a : {', '.join(sorted(types))}."
        raise Stop(f"aucun type de fiche ne s'appelle « {options.type} ». {hint}")
    print(json.dumps(json_schema(types[options.type]), ensure_ascii=False, indent=2))
    return 0
