"""`essaim explain`: what a code means, with an example, and how to mend it."""

from argparse import ArgumentParser, Namespace

from essaim.rules import CATALOGUE
from essaim.suggest import nearest
from essaim.views.catalogue import explain_rule
from essaim.workspace import Workspace
from essaim_app.commands.base import Stop


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("code", metavar="CODE", nargs="?", help="par exemple ES201 ; sans code, la liste de tous")


def run(_: Workspace, options: Namespace) -> int:
    """Explain one code, or list them all."""
    if options.code is None:
        print("\n".join(f"{entry.code}  {entry.title}" for entry in CATALOGUE.values()))
        return 0
    by_name = {rule.name: rule for rule in CATALOGUE.values()} | {rule.code: rule for rule in CATALOGUE.values()}
    rule = by_name.get(options.code.upper()) or by_name.get(options.code.lower())
    if rule is None:
        near = nearest(options.code, by_name)
        hint = f"Vouliez-vous dire « {near} » ?" if near else "« essaim explain » les montre tous."
        raise Stop(f"aucun code ne s'appelle « {options.code} ». {hint}")
    print(explain_rule(rule))
    return 0
