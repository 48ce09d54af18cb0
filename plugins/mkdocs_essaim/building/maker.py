"""One page made whole: read, converted, put in its template, as MkDocs makes it in two rounds over all pages."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from mkdocs_essaim.building.converter import Converter

log = logging.getLogger("mkdocs.commands.build")


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What pages are made on: a build whose files, navigation and templates are all known."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment

    @cached_property
    def pages(self) -> Sequence[File]:
        """The files that become pages of the site."""
        return self.files.documentation_pages()


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """What making a page gave: its bytes, none if there is nothing to write, and what its links are checked with."""

    data: bytes
    anchors: frozenset[str]
    links: Mapping[str, Mapping[str, str]]
    """By source URI of another page, the anchors that links name there, each with the link as written."""
    warnings: int


class Maker:
    """Makes the pages of one build, one after the other."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._converter = Converter(ground.config, ground.files)
        self._counter = CountHandler()
        self._counter.setLevel(logging.WARNING)

    def make(self, page: Page) -> Made:
        """Make a page; what it held for that is let go."""
        with self._counting(), self._named(page, "reading"):
            page = self.read(page)
        warnings = sum(count for _, count in self._counter.get_counts())
        self._counter.counts.clear()
        with self._named(page, "building"):
            data = self._fill(page)
        anchors, links = frozenset(page.present_anchor_ids or ()), page.links_to_anchors or {}
        page.content, page.markdown, page.toc = "", "", []  # type: ignore[assignment]
        return Made(
            data=data,
            anchors=anchors,
            links={file.src_uri: dict(named) for file, named in links.items()},
            warnings=warnings,
        )

    def read(self, page: Page) -> Page:
        """Read a page and convert it."""
        config, files = self._ground.config, self._ground.files
        page = config.plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        page.markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        self._converter.convert(page)
        page.content = config.plugins.on_page_content(page.content or "", page=page, config=config, files=files)
        return page

    def _fill(self, page: Page) -> bytes:
        """Put a page in its template."""
        config, nav = self._ground.config, self._ground.nav
        page.active = True
        try:
            context = get_context(nav, self._ground.pages, config, page)
            template = self._ground.env.get_template(page.meta.get("template", "main.html"))
            context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
            output = config.plugins.on_post_page(template.render(context), page=page, config=config)
        finally:
            page.active = False
        return output.encode("utf-8", errors="xmlcharrefreplace") if output.strip() else b""

    @contextmanager
    def _counting(self) -> Iterator[None]:
        """Count the warnings of a page, which are not told again of one that is not made again."""
        logger = logging.getLogger("mkdocs")
        logger.addHandler(self._counter)
        try:
            yield
        finally:
            logger.removeHandler(self._counter)

    @contextmanager
    def _named(self, page: Page, verb: str) -> Iterator[None]:
        """Say which page cannot be made."""
        self._ground.config._current_page = page
        try:
            yield
        except Exception as problem:
            detail = "" if isinstance(problem, BuildError) else f" {problem}"
            log.error(f"Error {verb} page '{page.file.src_uri}':{detail}")
            raise
        finally:
            self._ground.config._current_page = None
