"""From an analysis to the site of one audience."""

from posixpath import basename

from essaim.pages.history import NO_HISTORY, History
from essaim.views.audience import Audience
from essaim.views.site import Site
from essaim.workspace.analysis import Analysis
from essaim.workspace.departing import Shown, without_departed

MODEL = "_modele.md"
"""Name of the model of a collection's new pages."""


def site_of(
    analysis: Analysis,
    audience: Audience,
    history: History = NO_HISTORY,
    *,
    new_page: str = "",
    lists_wanted: bool = True,
    shown: Shown | None = None,
) -> Site:
    """Return the wiki as an audience is shown it; `new_page` and `lists_wanted` are those of `Site`.

    `shown` is what `without_departed` gives, for who keeps it from one build to the next.
    """
    shown = shown or without_departed(analysis, audience)
    models = {
        path.rpartition("/")[0]: s.text
        for path, s in analysis.sources.items()
        if path.endswith(MODEL) and basename(path) == MODEL
    }
    return Site(
        graph=shown.graph,
        departed=shown.departed,
        schema=analysis.schema,
        variables=analysis.variables,
        rows=analysis.rows,
        audience=audience,
        today=analysis.today,
        docs_dir=analysis.layout.docs_dir,
        errors={path: found for path, found in analysis.faulty.items() if path not in shown.departed},
        history=history,
        redirects={old: new for old, new in analysis.redirects.items() if new not in shown.departed},
        models=models,
        new_page=new_page,
        lists_wanted=lists_wanted,
        files=analysis.files,
        facts=analysis.facts,
    )
