"""What `rename` and `remove` share: the page that was meant, and carrying out what was planned for it."""

import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from pathlib import Path

from essaim.source import SourceFile
from essaim.views.addresses import published_path
from essaim.views.words import counted
from essaim.workspace import Analysis, Workspace
from essaim.workspace.discover import CONFIG
from essaim.workspace.plan import Plan, Refused
from essaim.workspace.write import write_plan
from essaim_app.commands.base import Stop
from essaim_app.diff import diff


def find_page(workspace: Workspace, analysis: Analysis, text: str) -> str:
    """Return the path of the page that a person names by its path, its id or `type/id`."""
    for file in (Path(text), workspace.root / text):
        if file.is_file() and file.resolve().is_relative_to(workspace.root):
            path = file.resolve().relative_to(workspace.root).as_posix()
            if path in analysis.graph.pages:
                return path
            raise Stop(f"« {text} » n'est pas une fiche du wiki.")
    names = analysis.graph.names
    found = names.find(text, lambda name: name.rank == 0)
    if len(found) == 1:
        return found[0].path
    if found:
        several = ", ".join(f"« {name.path} »" for name in found)
        raise Stop(f"« {text} » peut désigner {several} : donnez l'un de ces chemins.")
    called = names.find(text)
    if called:
        raise Stop(f"« {text} » n'est pas un identifiant. Voulez-vous dire « {called[0].page} » ?")
    near = names.near(text.removesuffix(".md"), lambda name: name.rank == 0)
    hint = f" Vouliez-vous dire « {near.name.page} » ?" if near else " Donnez son chemin."
    raise Stop(f"aucune fiche ne s'appelle « {text} ».{hint}")


def carry_out(
    workspace: Workspace, options: Namespace, make: Callable[[Analysis], Plan], tell: Callable[[Analysis, Plan], str]
) -> int:
    """Make a plan, then write it or show it; return the exit status."""
    analysis = workspace.refresh()
    try:
        plan = make(analysis)
        if not options.dry_run:
            write_plan(workspace.root, analysis.layout, plan)
    except Refused as refused:
        if not refused.places:
            raise Stop(f"{refused}") from None
        print(f"essaim : {refused}", *refused.places, sep="\n", file=sys.stderr)
        return 1
    if options.dry_run:
        sys.stdout.write("".join(_diffs(plan)))
    lines = [tell(analysis, plan), *_to_see(plan), *_told_of_nav(workspace, analysis, plan)]
    print("\n".join(filter(None, lines)), file=sys.stderr if options.dry_run else sys.stdout)
    return 0


def mended(plan: Plan) -> str:
    """Say how many links are written anew, in how many pages."""
    if not plan.links:
        return "Aucun lien n'était à corriger."
    many = "s" if plan.links > 1 else ""
    return f"{counted(plan.links, 'lien')} corrigé{many} dans {counted(plan.pages, 'fiche')}."


def _diffs(plan: Plan) -> Iterable[str]:
    nothing = SourceFile.from_text("/dev/null", "")
    for path, source in plan.after.items():
        known = plan.before[plan.old] if plan.is_move and path == plan.new else plan.before.get(path, nothing)
        yield diff(known, source) or f"--- {known.path}\n+++ {source.path}\n"
    if not plan.is_move:
        yield f"--- {plan.old}\n+++ /dev/null\n"


def _to_see(plan: Plan) -> list[str]:
    return ["À voir à la main :", *(f"{place}" for place in plan.left)] if plan.left else []


def _told_of_nav(workspace: Workspace, analysis: Analysis, plan: Plan) -> Iterable[str]:
    """Tell that the host's own file names the old path: it is not the engine's to change."""
    config = workspace.root / CONFIG
    name = re.escape(published_path(plan.old, analysis.layout.docs_dir))
    if config.is_file() and re.search(rf"(?<![\w/-]){name}", config.read_text("utf-8", errors="replace")):
        yield f"« {CONFIG} » nomme encore l'ancien chemin : corrigez-le à la main."
