"""`essaim schema`: the JSON Schema of a type."""

import json
from argparse import ArgumentParser, Namespace

from essaim.suggest import nearest
from essaim.views.json_schema import json_schema
from essaim.workspace import Workspace
from essaim_app.commands.base import Command, Stop, require_wiki


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("type", metavar="TYPE", help="le type de fiche, par exemple profil")


def _run(workspace: Workspace, options: Namespace) -> int:
    require_wiki(workspace)
    types = workspace.refresh().schema.types
    if options.type not in types:
        near = nearest(options.type, types)
        hint = f"Vouliez-vous dire « {near} » ?" if near else f"Il y a : {', '.join(sorted(types))}."
        raise Stop(f"aucun type de fiche ne s'appelle « {options.type} ». {hint}")
    print(json.dumps(json_schema(types[options.type]), ensure_ascii=False, indent=2))
    return 0


SCHEMA = Command(
    name="schema", help="écrit le schéma JSON d'un type de fiche", add_arguments=_add_arguments, run=_run
)
