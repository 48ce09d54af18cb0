"""The commands, in the order of the help.

A command is a module here, with `add_arguments(parser)` and `run(workspace, options)`, which returns the exit
status. It is loaded when it is called, so that none pays for the others.
"""

from collections.abc import Mapping
from types import MappingProxyType

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "check": "vérifie toutes les fiches et leurs liens",
        "build": "construit le site, public ou réservé aux membres",
        "serve": "montre le site sur cette machine, et suit ce qui s'écrit",
        "fix": "fait les corrections simples : guillemets, fautes de frappe, espaces insécables",
        "new": "commence une fiche à partir du modèle de son type",
        "rename": "renomme ou déplace une fiche, et corrige tout ce qui la citait",
        "remove": "supprime une fiche, et mène à celle qui la remplace",
        "explain": "explique un code de diagnostic",
        "schema": "écrit le schéma JSON d'un type de fiche",
        "stage": "écrit le wiki en Markdown simple, liens résolus",
        "init": "commence le wiki d'une autre coopérative à partir de celui-ci",
        "inventory": "met à jour les inventaires des coopératives voisines",
    }
)
"""Name → what it does."""
