"""`essaim check`: say what is wrong in the wiki."""

import os
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from essaim.diagnostics import Diagnostic, Severity
from essaim.report import render_github, render_json, render_sarif, render_text
from essaim.views.words import counted
from essaim.workspace import Workspace
from essaim.workspace.changes import Summary
from essaim_app.commands.base import narrow, require_wiki

FORMATS = ("text", "json", "github", "sarif")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("paths", nargs="*", metavar="CHEMIN", help="fichiers ou dossiers dont parler (tout, sinon)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="text (défaut), json, github ou sarif")
    parser.add_argument("--strict", action="store_true", help="les avertissements comptent comme des erreurs")
    parser.add_argument(
        "--info", action="store_true", help="montre aussi les simples informations, comme les liens possibles"
    )
    parser.add_argument("--no-cache", action="store_true", help="ne relit pas et ne garde pas le dernier résultat")


def run(workspace: Workspace, options: Namespace) -> int:
    """Report what is wrong; fail if there are errors."""
    require_wiki(workspace)
    is_wanted = narrow(workspace, options.paths)
    informs = options.info or options.format in ("json", "sarif")
    if options.no_cache:
        analysis = workspace.refresh()
        summary, found = analysis.summary, analysis.informed if informs else analysis.diagnostics
    else:
        summary, found = workspace.report(with_mentions=informs)
    shown = [diagnostic for diagnostic in found if is_wanted(diagnostic.path)]
    if options.paths:
        errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in shown)
        warnings = sum(diagnostic.severity is Severity.WARNING for diagnostic in shown)
        summary = Summary(**asdict(summary) | {"errors": errors, "warnings": warnings})
    sys.stdout.write(_render(options, workspace, summary, shown))
    failed = summary.errors or (options.strict and summary.warnings)
    return 1 if failed else 0


def _render(options: Namespace, workspace: Workspace, summary: Summary, found: list[Diagnostic]) -> str:
    if options.format == "json":
        return render_json(found, asdict(summary))
    if options.format == "sarif":
        from importlib.metadata import version

        from essaim.rules import CATALOGUE

        return render_sarif(found, CATALOGUE, version("essaim"))
    shown = [d for d in found if options.info or d.severity is not Severity.INFO]
    if options.format == "github":
        return render_github(shown)
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    text = render_text(shown, workspace.source, colour=colour)
    closing = _closing(summary, informs=options.info)
    return f"{text}\n{closing}\n" if text else f"{closing}\n"


def _closing(summary: Summary, *, informs: bool) -> str:
    """Return the line that ends the report. What only informs is not counted: finding it all takes time."""
    read = (counted(summary.pages, "fiche"), counted(summary.links, "lien"), counted(summary.references, "renvoi"))
    problems = [
        counted(summary.errors, "erreur") if summary.errors else "",
        counted(summary.warnings, "avertissement") if summary.warnings else "",
    ]
    verdict = " et ".join(filter(None, problems)) or "rien à corriger"
    informed = "" if informs else " (les simples informations : essaim check --info)"
    explained = " « essaim explain CODE » dit ce que veut dire un code." if any(problems) else ""
    return f"{', '.join(read)} : {verdict}{informed}.{explained}"
