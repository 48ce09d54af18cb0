"""Everything one page's HTML depends on, as a value: same digest and same environment, same bytes."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from essaim.diagnostics import Diagnostic
from essaim.graph.model import Graph
from essaim.graph.variables import Variables
from essaim.pages.page import Page
from essaim.views.audience import Audience
from essaim.views.body import BodyLink, BodyVariable, body_links, body_variables, render_body
from essaim.views.fields import ShownField, show_fields
from essaim.views.relations import ShownRelation, show_relations


@dataclass(frozen=True, kw_only=True)
class PageInputs:
    """What a host renders a page from, and nothing else.

    `errors` are the page's own; a page that has some is not shown, they are.
    """

    path: str
    type: str
    type_label: str
    collection: str
    """Folder of the page's collection, '' when it has none."""
    collection_label: str
    title: str
    summary: str
    has_heading: bool
    """Whether the body begins the page with a level-1 heading of its own."""
    body: str
    docs_dir: str
    links: tuple[BodyLink, ...]
    variables: tuple[BodyVariable, ...]
    fields: tuple[ShownField, ...]
    relations: tuple[ShownRelation, ...]
    errors: tuple[Diagnostic, ...]

    @cached_property
    def digest(self) -> str:
        """A digest of all of it."""
        names = sorted(self.__dataclass_fields__)
        text = repr([(name, getattr(self, name)) for name in names])
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def markdown(self) -> str:
        """The body for the published tree."""
        return render_body(self.body, self.links, self.variables, self.path, self.docs_dir)


def page_inputs(
    page: Page,
    graph: Graph,
    variables: Variables,
    errors: tuple[Diagnostic, ...],
    *,
    docs_dir: str,
    audience: Audience,
) -> PageInputs:
    """Gather what a page's HTML depends on."""
    page_type = page.type
    return PageInputs(
        path=page.path,
        type=page_type.name,
        type_label=page_type.label_one,
        collection=page_type.folder,
        collection_label=page_type.label_many if page_type.index else "",
        title=page.title,
        summary=page.summary,
        has_heading=any(heading.level == 1 for heading in page.document.headings),
        body=page.document.body_text,
        docs_dir=docs_dir,
        links=body_links(page, graph, audience),
        variables=body_variables(page, variables),
        fields=show_fields(page, graph, audience, without=(page_type.title_field, "resume", page_type.alias_field)),
        relations=show_relations(page, graph, audience),
        errors=errors,
    )
