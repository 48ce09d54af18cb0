"""A wiki as one audience is shown it: what every view is computed from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from essaim.diagnostics import Diagnostic
from essaim.graph.model import Graph
from essaim.graph.variables import Variables
from essaim.pages.history import NO_HISTORY, History
from essaim.schema.model import Schema
from essaim.views.audience import Audience, sees_page


@dataclass(frozen=True, kw_only=True)
class Site:
    """Everything views look at. `errors` are those of each page that has some; `docs_dir` is relative to the root."""

    graph: Graph
    schema: Schema
    variables: Variables
    audience: Audience
    today: date
    docs_dir: str
    errors: Mapping[str, tuple[Diagnostic, ...]]
    history: History = NO_HISTORY

    def sees(self, path: str) -> bool:
        """Whether the audience is shown the page at a path."""
        page = self.graph.pages.get(path)
        return page is not None and sees_page(self.audience, page)
