"""From an analysis to the site of one audience."""

from essaim.pages.history import NO_HISTORY, History
from essaim.views.audience import Audience
from essaim.views.site import Site
from essaim.workspace.analysis import Analysis


def site_of(analysis: Analysis, audience: Audience, history: History = NO_HISTORY) -> Site:
    """Return the wiki as an audience is shown it."""
    return Site(
        graph=analysis.graph,
        schema=analysis.schema,
        variables=analysis.variables,
        audience=audience,
        today=analysis.today,
        docs_dir=analysis.layout.docs_dir,
        errors=analysis.faulty,
        history=history,
    )
