"""Everything one page's HTML depends on, as a value: same digest and same environment, same bytes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

from essaim.diagnostics import Diagnostic
from essaim.pages.page import Page
from essaim.rules import CATALOGUE
from essaim.schema.load_fields import RESERVED
from essaim.syntax.nodes import Mapping as MappingNode
from essaim.syntax.nodes import Node, Sequence
from essaim.views.audience import Audience, summary_of
from essaim.views.body import BodyLink, BodyVariable, body_links, body_variables, render_body
from essaim.views.fields import ShownField, show_fields
from essaim.views.relations import ShownRelation, show_relations
from essaim.views.site import Site


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownError:
    """Why a page is not shown: the line, and a sentence. To the public only what kind of error it is, for the
    sentence may quote what is not for them.
    """

    line: int
    text: str


@dataclass(frozen=True, kw_only=True)
class PageInputs:
    """What a host renders a page from, and nothing else.

    `errors` are the page's own; a page that has some is not shown, they are.
    """

    path: str
    collection: str
    """Folder of the page's collection, '' when it has none."""
    collection_label: str
    title: str
    summary: str
    extra: tuple[tuple[str, str], ...]
    """Front matter that the type leaves to the host, each key with its value as JSON."""
    has_heading: bool
    """Whether the body has a level-1 heading of its own."""
    body: str
    docs_dir: str
    links: tuple[BodyLink, ...]
    variables: tuple[BodyVariable, ...]
    fields: tuple[ShownField, ...]
    relations: tuple[ShownRelation, ...]
    errors: tuple[ShownError, ...]

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


def page_inputs(page: Page, site: Site) -> PageInputs:
    """Gather what a page's HTML depends on."""
    page_type = page.type
    return PageInputs(
        path=page.path,
        collection=page_type.folder,
        collection_label=page_type.label_many if page_type.index else "",
        title=page.title,
        summary=summary_of(page, site.audience),
        extra=tuple(_extra(page)),
        has_heading=any(heading.level == 1 for heading in page.document.headings),
        body=page.document.body_text,
        docs_dir=site.docs_dir,
        links=body_links(page, site),
        variables=body_variables(page, site),
        fields=show_fields(page, site, without=(page_type.title_field, "resume", page_type.alias_field)),
        relations=show_relations(page, site),
        errors=tuple(_show_error(error, site.audience) for error in site.errors.get(page.path, ())),
    )


def _show_error(error: Diagnostic, audience: Audience) -> ShownError:
    text = error.message if audience is Audience.MEMBERS else f"{CATALOGUE[error.code].title} ({error.code})."
    return ShownError(line=error.span.start.line, text=text)


def _extra(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the fields that a type with `extra: allow` does not know: themes and other plugins may."""
    if page.type.allows_extra and page.document.fields is not None:
        for key, value in page.document.fields.entries:
            if key.text not in page.type.fields and key.text not in RESERVED:
                yield key.text, json.dumps(_plain(value), ensure_ascii=False)


def _plain(node: Node) -> Any:
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    if isinstance(node, MappingNode):
        return {key.text: _plain(value) for key, value in node.entries}
    return {"true": True, "false": False}.get(node.text, node.text) if not node.style else node.text
