"""`essaim remove`: take a page away, maybe for another in its place."""

from argparse import ArgumentParser, Namespace

from essaim.workspace import Analysis, Workspace
from essaim.workspace.plan import Plan, Refused
from essaim.workspace.remove import plan_remove, plan_replace
from essaim_app.commands.base import require_wiki
from essaim_app.commands.planned import carry_out, find_page, mended


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("page", metavar="FICHE", help="la fiche : son chemin, son identifiant, ou type/identifiant")
    parser.add_argument("--replaced-by", metavar="AUTRE", help="la fiche qui la remplace : les liens mèneront à elle")
    parser.add_argument("--force", action="store_true", help="supprime même si d'autres fiches la citent")
    parser.add_argument("--dry-run", action="store_true", help="montre les changements sans rien écrire")


def run(workspace: Workspace, options: Namespace) -> int:
    """Remove the page and mend what named it, or show how."""
    require_wiki(workspace)

    def make(analysis: Analysis) -> Plan:
        page = find_page(workspace, analysis, options.page)
        if options.replaced_by is not None:
            return plan_replace(analysis, page, find_page(workspace, analysis, options.replaced_by))
        try:
            return plan_remove(analysis, page, force=options.force)
        except Refused as refused:
            if not refused.places:
                raise
            hint = "nommez sa remplaçante avec --replaced-by, ou supprimez-la quand même avec --force."
            raise Refused(f"{refused} ; {hint}", refused.places) from None

    return carry_out(workspace, options, make, _tell)


def _tell(analysis: Analysis, plan: Plan) -> str:
    if not plan.new:
        return f"« {plan.old} » est supprimée."
    told = f"« {plan.old} » est supprimée, « {plan.new} » la remplace. {mended(plan)}"
    return f"{told}\nL'ancienne adresse mène à celle-ci : c'est noté dans « {analysis.redirections.source.path} »."
