"""`essaim rename`: give a page another name or another folder."""

from argparse import ArgumentParser, Namespace
from posixpath import basename, dirname, normpath
from unicodedata import normalize

from essaim.workspace import Analysis, Workspace
from essaim.workspace.plan import Plan
from essaim.workspace.rename import plan_rename
from essaim_app.commands.base import Stop, require_wiki
from essaim_app.commands.planned import carry_out, find_page, mended


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("old", metavar="FICHE", help="la fiche : son chemin, son identifiant, ou type/identifiant")
    parser.add_argument(
        "new",
        metavar="NOUVEAU",
        help="un nouvel identifiant, un chemin qui finit par .md, ou un dossier qui finit par /",
    )
    parser.add_argument(
        "--forget",
        action="store_true",
        help="ne laisse rien de l'ancien nom : ni autre nom, ni redirection (pour une personne partie)",
    )
    parser.add_argument("--dry-run", action="store_true", help="montre les changements sans rien écrire")


def run(workspace: Workspace, options: Namespace) -> int:
    """Rename the page and mend what named it, or show how."""
    require_wiki(workspace)

    def make(analysis: Analysis) -> Plan:
        old = find_page(workspace, analysis, options.old)
        return plan_rename(analysis, old, new_path(analysis, old, options.new), forget=options.forget)

    return carry_out(workspace, options, make, _tell_forgotten if options.forget else _tell)


def new_path(analysis: Analysis, old: str, text: str) -> str:
    """Return the path that a person gives a page: whole, a folder to put it in, or another name beside the old."""
    text = normalize("NFC", text)
    if text.startswith(("/", "~")) or "\\" in text or ".." in text.split("/") or not text.strip():
        raise Stop(f"« {text} » sort du wiki : donnez un chemin depuis le haut du dépôt.")
    if text.endswith("/"):
        return normpath(text + basename(old)).removeprefix("./")
    folder, _, name = text.removeprefix("./").rpartition("/")
    if not folder or (folder == analysis.graph.pages[old].type.name and not text.endswith(".md")):
        return f"{dirname(old)}/{name.removesuffix('.md')}.md".removeprefix("/")
    if not text.endswith(".md"):
        raise Stop(f"« {text} » peut être une fiche ou un dossier : ajoutez « .md » ou « / » à la fin.")
    return normpath(text)


def _tell_forgotten(_: Analysis, plan: Plan) -> str:
    return (
        f"« {plan.old} » devient « {plan.new} ». {mended(plan)}\n"
        "Rien ne mène plus de l'ancien nom au nouveau. Git garde le passé du fichier, avec ce nom."
    )


def _tell(analysis: Analysis, plan: Plan) -> str:
    lines = [f"« {plan.old} » devient « {plan.new} ». {mended(plan)}"]
    if plan.alias:
        lines.append(f"L'ancien nom « {plan.alias} » reste un autre nom de la fiche.")
    lines.append(f"L'ancienne adresse mène à la nouvelle : c'est noté dans « {analysis.redirections.source.path} ».")
    return "\n".join(lines)
