"""What is told of a new wiki: whether it holds, what to fill in, what to do next."""

from collections import Counter
from datetime import date
from shlex import quote

from essaim.diagnostics import Severity
from essaim.graph.variables import verified_elsewhere_until
from essaim.report import render_text
from essaim.schema.model import PageType, Schema
from essaim.views.words import counted
from essaim.workspace import Analysis, Workspace
from essaim.workspace.discover import VARIABLES_FILE
from essaim.workspace.swarm import Seed
from essaim.workspace.swarm.planting import has_program

_MOST = 10
"""Mistakes, and values to fill in, that are told."""


def tell(new: Workspace, name: str, seed: Seed, source: Workspace, told: str) -> int:
    """Check what was written, and print what there is, what to fill in and what to do next."""
    analysis = new.refresh()
    summary = analysis.summary
    wrong = [d for d in analysis.diagnostics if d.severity is not Severity.INFO]
    print(f"« {name} » contient {counted(summary.pages, 'fiche')}.", end=" ")
    print(
        "Tout est vérifié : rien à corriger."
        if not wrong
        else f"Il reste {counted(len(wrong), 'point')} à corriger :"
    )
    if wrong:
        print(render_text(wrong[:_MOST], new.source, colour=False))
        print(f"Pour tout voir : essaim -C {_written(name)} check")
    if seed.dropped:
        print("\nCes pages n'ont pas pu suivre : elles ne tiennent pas sans ce qui reste ici.")
        for path, reason in seed.dropped.items():
            print(f"  {path} : {reason}")
    if told:
        print(f"\n{told}")
    empty = _to_fill(analysis)
    if empty:
        print(f"\nÀ remplir d'abord, dans « {analysis.layout.in_docs(VARIABLES_FILE)} » :")
        for key, count in empty:
            print(f"  {key} : {counted(count, 'fiche')}")
    profile = _profile(analysis.schema)
    serve = "./scripts/serve" if has_program(source.root) else "essaim serve"
    print("\nEt maintenant :")
    print(f"  cd {_written(name)} && {serve}")
    if analysis.variables.values:
        print(f"  ouvrez {analysis.layout.in_docs(VARIABLES_FILE)} et écrivez ce que vous avez décidé")
    if verified_elsewhere_until(analysis.variables) > date.min:
        print("  relisez les fiches reprises : chacune dit « vérifiée par la coopérative d'origine » jusque-là")
    if profile is not None:
        print(f'  essaim new {profile.name} "Prénom Nom"')
    return 1 if wrong else 0


def _written(folder: str) -> str:
    """Return a folder as one types it in a terminal."""
    return quote(f"./{folder}" if folder.startswith("-") else folder)


def _profile(schema: Schema) -> PageType | None:
    """Return the type that stays at home and that most fields name: that of people."""
    named = Counter(to for one in schema.by_folder.values() for field in one.references() for to in field.to)
    own = [one for one in schema.by_folder.values() if one.share == "never"]
    return max(own, key=lambda one: (named[one.name], one.name), default=None)


def _to_fill(analysis: Analysis) -> list[tuple[str, int]]:
    """Return the values to decide that most pages cite, each with how many do."""
    values = analysis.variables.values
    counts = Counter(
        name
        for page in analysis.graph.pages.values()
        for name in {variable.name for variable in page.variables}
        if values.get(name) == ""
    )
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
