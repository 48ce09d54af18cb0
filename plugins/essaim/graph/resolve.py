"""From the names a page uses to the pages they mean."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from essaim.diagnostics import Diagnostic
from essaim.folding import twin
from essaim.graph.addresses import path_part, relative_path, write_path
from essaim.graph.files import FileIndex, closest, is_hidden
from essaim.graph.interwiki import near_elsewhere, resolve_elsewhere
from essaim.graph.model import Edge, LinkTarget, PageLinks
from essaim.graph.names import Name, NameIndex, Near, accepts_for
from essaim.graph.neighbours import NO_NEIGHBOURS, Neighbours
from essaim.graph.places import find_place
from essaim.graph.queries import bind_queries
from essaim.graph.variables import Variables
from essaim.pages.page import Page, PageRef, values_of
from essaim.pages.rows import SharedRows
from essaim.rules import Rule
from essaim.rules import fields as field_rules
from essaim.rules import links as rules
from essaim.rules import redirections as moved_rules
from essaim.schema.model import COVERS, PageType, Schema
from essaim.schema.queries.model import QuerySpec
from essaim.suggest import nearest
from essaim.syntax.markdown import Link, LinkKind

_EXTERNAL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:|//")
_SCHEMES = frozenset(("", "http", "https", "mailto", "tel"))
_FOOTNOTE = re.compile(r"fn(?:ref)?\d*:")


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a page is resolved against: the other pages, their names, and the other files of the repository."""

    schema: Schema
    names: NameIndex
    pages: Mapping[str, Page]
    files: Collection[str]
    variables: Variables
    rows: SharedRows
    redirects: Mapping[str, str]
    """Old path → the page that took its place."""
    folders: Collection[str]
    """The folders that hold pages, at any depth: those that have an index."""
    has_unreadable: bool
    """Whether some page could not be read: a name that is missing may be one of its names."""
    neighbours: Neighbours = NO_NEIGHBOURS
    docs_dir: str = "docs"

    @cached_property
    def index(self) -> FileIndex:
        """The files by name; made when the first link asks for it."""
        return FileIndex(self.files)


def resolve_page(page: Page, around: Surroundings) -> PageLinks:
    """Resolve all that a page names."""
    return _Resolver(page, around).resolve()


class _Resolver:
    def __init__(self, page: Page, around: Surroundings) -> None:
        self._page = page
        self._around = around
        self._source = page.document.source
        self._found: list[Diagnostic] = []
        self._keys: set[str] = set()
        self._paths: set[str] = set()
        self._texts: set[str] = set()
        self._missing = False

    def resolve(self) -> PageLinks:
        references: dict[int, str] = {}
        edges: list[Edge] = []
        for reference in self._page.references:
            target = self._reference(reference)
            if target is not None:
                if reference.field.visibility == "public" and _is_for_members(self._around.pages[target].type):
                    self._report_reserved((reference.start, reference.end))
                references[reference.start] = target
                edges.append(Edge(self._page.path, target, reference.field, reference.start))
        properties = [self._reserved(self._wikilink(link)) for link in self._page.property_links]
        links = tuple(self._reserved(self._link(link)) for link in self._page.document.links)
        edges += [
            Edge(self._page.path, target.path, None, target.link.start)
            for target in (*properties, *links)
            if target.status == "page" and target.path != self._page.path
        ]
        self._check_files()
        self._found += self._around.variables.check(self._page.document.source, self._page.variables)
        self._found += self._around.rows.check(self._page)
        queries = self._queries()
        return PageLinks(
            references=references,
            links=links,
            edges=tuple(edges),
            diagnostics=tuple(self._found),
            keys=frozenset(self._keys),
            paths=frozenset(self._paths),
            texts=frozenset(self._texts),
            has_missing=self._missing,
            has_embeddings=any(target.is_embedding for target in links),
            queries=queries,
        )

    def _queries(self) -> tuple[QuerySpec | None, ...]:
        if not self._page.document.queries:
            return ()
        around = self._around
        is_sure = not around.has_unreadable
        bound = bind_queries(self._page, around.schema, around.names, around.variables, is_sure=is_sure)
        self._found += bound.diagnostics
        self._keys |= bound.keys
        self._missing |= bound.has_missing
        return bound.specs

    def _reference(self, reference: PageRef) -> str | None:
        field, extent = reference.field, (reference.start, reference.end)
        names = self._around.names
        self._keys.update(names.keys_of(reference.target))
        fitting = names.find(reference.target, accepts_for(field))
        if not fitting:
            others = names.find(reference.target)
            if others:
                self._report_type(reference, others[0])
                return None
        target = self._unique(reference, extent, fitting)
        if target == self._page.path and not field.allows_self:
            self._report(rules.SELF_REFERENCE, extent, key=field.name)
            return None
        return target

    def _unique(self, reference: PageRef, extent: tuple[int, int], names: tuple[Name, ...]) -> str | None:
        target, to = reference.target, reference.field.to
        if _same_page(names):
            return names[0].path
        if names:
            self._report(rules.AMBIGUOUS_REFERENCE, extent, target=target, candidates=_candidates(names))
            return None
        self._missing = True
        near = self._around.names.near(target, accepts_for(reference.field))
        types = " ou ".join(f"« {name} »" for name in to) + (" " if to else "")
        self._report_near(rules.MISSING_REFERENCE, extent, near, target=target, types=types)
        return None

    def _report_type(self, reference: PageRef, other: Name) -> None:
        types = self._around.schema.types
        expected = " ou ".join(types[name].with_article for name in reference.field.to if name in types)
        actual = types[other.page.type].with_article if other.page.type in types else "une page"
        near = self._around.names.near(reference.target, accepts_for(reference.field))
        self._missing = True
        self._report_near(
            rules.WRONG_TYPE,
            (reference.start, reference.end),
            near,
            target=reference.target,
            key=reference.field.name,
            actual=actual,
            expected=expected,
        )

    def _link(self, link: Link) -> LinkTarget:
        if link.kind.is_wikilink:
            return self._wikilink(link)
        if _EXTERNAL.match(link.target):
            self._check_address(link)
            return LinkTarget(link, "external")
        if not link.target:
            return self._with_anchor(link, self._page)
        return self._path_link(link)

    def _check_address(self, link: Link) -> None:
        """Report an address of another site that no page can follow, or an image that no page shows."""
        extent = (link.target_start, link.target_end)
        if not _is_address(link.target):
            self._report(rules.DEAD_ADDRESS, extent, target=link.target)
        elif link.kind is LinkKind.IMAGE:
            self._report(rules.IMAGE_ELSEWHERE, extent)

    def _reserved(self, target: LinkTarget) -> LinkTarget:
        """Mark a link that leads to what not everybody is shown; report it on a public page, if it is for members."""
        if target.status not in ("page", "file", "index"):
            return target
        page_type = self._type_at(target)
        if _is_for_members(page_type):
            self._report_reserved((target.link.target_start, target.link.target_end))
        return target._replace(
            is_reserved=page_type.meant_for == "members", is_left_out=page_type.visibility == "nobody"
        )

    def _type_at(self, target: LinkTarget) -> PageType:
        """Return the type of a page, of the pages that an index lists, or of those a file stands with."""
        if target.status == "page":
            return self._around.pages[target.path].type
        schema = self._around.schema
        listed = schema.by_folder.get(dirname(target.path)) if target.status == "index" else None
        return listed or schema.type_of(target.path)

    def _report_reserved(self, extent: tuple[int, int]) -> None:
        """Report a place of a public page that names what is for members only."""
        if self._page.type.meant_for == "public":
            self._report(rules.MEMBERS_TARGET, extent, target=self._source.text[extent[0] : extent[1]])

    def _wikilink(self, link: Link) -> LinkTarget:
        if not link.target:
            return self._with_section(link, self._page)
        elsewhere = resolve_elsewhere(link, self._source, self._around.neighbours)
        if elsewhere is not None:
            self._found += elsewhere[1]
            return elsewhere[0]
        names = self._around.names
        self._keys.update(names.keys_of(link.target))
        if link.target.endswith(".md"):
            self._keys.update(names.keys_of(link.target.removesuffix(".md")))
        path = self._note(link.target) if self._page.type.allows_extra else ""
        found = names.find(link.target) if not path else ()
        extent = self._name_of(link)
        if _same_page(found):
            path = closest([name.path for name in found], f"{link.target}.md", self._page.path, self._roots)
        elif found:
            self._report(rules.AMBIGUOUS_LINK, extent, target=link.target, candidates=_candidates(found))
            return LinkTarget(link, "ambiguous")
        if not path:
            self._missing = True
            path = self._note(link.target) or self._attachment(link.target)
        if path in self._around.pages:
            return self._with_section(link, self._around.pages[path])
        if path:
            return LinkTarget(link, "file", path, link.section)
        near = names.near(link.target)
        text = near_elsewhere(link.target, self._around.neighbours) or (near.name.text if near else None)
        self._report(rules.MISSING_LINK, extent, text, mends=False, target=link.target)
        return LinkTarget(link, "missing")

    @property
    def _roots(self) -> tuple[str, ...]:
        """The folders at which a path may begin."""
        return "", self._around.docs_dir, self._page.type.folder

    def _note(self, target: str) -> str:
        """Return the page whose file has a name, or a path that ends so."""
        name = target if target.lower().endswith(".md") else f"{target}.md"
        if name.rpartition("/")[2] in COVERS:
            self._missing = True  # a cover is not found by its file's name, and its coming changes no name
        return self._around.index.find(name, self._page.path, self._roots, self._around.pages.__contains__)

    def _attachment(self, target: str) -> str:
        """Return the published file, other than a page, that has a name or a path that ends so."""
        if "." not in target or target.lower().endswith(".md"):
            return ""
        return self._around.index.find(target, self._page.path, self._roots, lambda path: not is_hidden(path))

    def _name_of(self, link: Link) -> tuple[int, int]:
        """Return the extent of a link's target without its section."""
        written = path_part(self._source.text[link.target_start : link.target_end], until="#").rstrip()
        return link.target_start, link.target_start + len(written)

    def _section_of(self, link: Link) -> tuple[int, int]:
        """Return the extent of a link's section, of the last part of it if it has several."""
        written = self._source.text[link.target_start : link.target_end]
        start = end = len(path_part(written, until="#"))
        while end < len(written):
            start = end + 1
            end = start + len(path_part(written[start:], until="#"))
        start += len(written[start:]) - len(written[start:].lstrip())
        return min(link.target_start + start, link.target_end), link.target_end

    def _with_section(self, link: Link, page: Page) -> LinkTarget:
        if not link.section.strip("#"):
            return LinkTarget(link, "page", page.path)
        anchor = find_place(page, link.section)
        if anchor is None and page.path in self._around.rows.pages:
            self._texts.add(page.path)
            anchor = link.section if self._around.rows.has_anchor(page.path, link.section) else None
        if anchor is None:
            self._report_section(link, page, link.section.rpartition("#")[2])
        return LinkTarget(link, "page", page.path, anchor or "")

    def _report_section(self, link: Link, page: Page, wanted: str) -> None:
        document = page.document
        titles = (
            [f"^{mark.id}" for mark in document.blocks] if wanted[0] == "^" else [h.title for h in document.headings]
        )
        near = nearest(wanted, titles)
        self._report(rules.MISSING_SECTION, self._section_of(link), near, page=page.title, section=wanted)

    def _with_anchor(self, link: Link, page: Page) -> LinkTarget:
        anchor = unquote(link.section)
        anchors = [heading.anchor for heading in page.document.headings]
        target = LinkTarget(link, "page", page.path, link.section)
        if not anchor or anchor in anchors or _FOOTNOTE.match(anchor):
            return target
        self._texts.add(page.path)
        if self._around.rows.has_anchor(page.path, anchor):
            return target
        place = find_place(page, anchor) if anchor[0] == "^" or self._page.type.allows_extra else None
        if place is not None:
            return target._replace(anchor=place)
        text = page.document.body_text
        if re.search(rf"(?:\{{[^{{}}\n]*\#|\b(?:id|name)=[\"']?){re.escape(anchor)}(?![\w-])", text):
            return target
        near = nearest(anchor, anchors)
        self._report(rules.MISSING_SECTION, self._section_of(link), near, page=page.title, section=anchor)
        return target._replace(anchor="") if self._page.type.allows_extra else target

    def _path_link(self, link: Link) -> LinkTarget:
        target = unquote(link.target.partition("?")[0])
        path = normpath(join(dirname(self._page.path), target))
        if target.endswith("/"):
            path += "/index.md"
        self._paths.add(path)
        extent = self._name_of(link)
        if path.endswith("/index.md"):
            readme = f"{path.removesuffix('index.md')}README.md"
            self._paths.add(readme)
            if path not in self._around.pages and readme in self._around.pages:
                path = readme
        if path in self._around.pages:
            return self._with_anchor(link, self._around.pages[path])
        if path in self._around.files and not is_hidden(path):
            return LinkTarget(link, "file", path, link.section)
        folder, _, name = path.rpartition("/")
        self._missing = True  # what leads nowhere, or to a folder, depends on which files there are
        if name == "index.md" and f"{folder}.md" in self._around.pages:
            self._paths.add(f"{folder}.md")
            return self._with_anchor(link, self._around.pages[f"{folder}.md"])
        collection = self._around.schema.by_folder.get(folder)
        has_index = folder in self._around.folders or (collection is not None and collection.index is not None)
        if name == "index.md" and has_index:  # that of a collection without a page is to come
            return LinkTarget(link, "index", path)
        if path in self._around.redirects:
            return self._redirected(link, self._around.redirects[path])
        if self._page.type.allows_extra:
            path = self._note(target) or self._attachment(target)
            if path in self._around.pages:
                return self._with_anchor(link, self._around.pages[path])
            if path:
                return LinkTarget(link, "file", path, link.section)
        near = self._near_file(target)
        proposal = quote(relative_path(near.name.path, dirname(self._page.path))) if near else None
        is_moved = near is not None and near.is_only and near.distance == 0
        self._report(rules.MISSING_PATH, extent, proposal, mends=is_moved, target=link.target)
        return LinkTarget(link, "missing")

    def _redirected(self, link: Link, path: str) -> LinkTarget:
        """Follow a link by the path that a page had; tell the one it has now."""
        written = path_part(self._source.text[link.target_start : link.target_end])
        extent = (link.target_start, link.target_start + len(written))
        there = write_path(written, path, dirname(self._page.path))
        found = moved_rules.OLD_PATH.at(self._source, extent, replacement=there, target=link.target, path=path)
        self._found.append(found)
        return self._with_anchor(link, self._around.pages[path])

    def _near_file(self, target: str) -> Near | None:
        """Find the page whose file name is that of a path, or the nearest."""
        stem = target.rpartition("/")[2].removesuffix(".md")
        return self._around.names.near(stem, lambda name: name.rank == 0) if stem else None

    def _check_files(self) -> None:
        """Report the files that fields name and that do not exist."""
        for name, field in self._page.type.fields.items():
            if name not in self._page.values or not any(f.type.name in ("file", "image") for f in field.walk()):
                continue
            for value in values_of(self._page.values[name], field, "file", "image"):
                path = normpath(join(dirname(self._page.path), value.text))
                self._paths.add(path)
                if path not in self._around.files:
                    self._missing = True
                    self._report(field_rules.MISSING_FILE, (value.start, value.end), value=value.text)

    def _report_near(self, rule: Rule, extent: tuple[int, int], near: Near | None, **words: Any) -> None:
        """Add a diagnostic that proposes the nearest name; a machine may write it if no other is as near."""
        text = near.name.text if near else None
        self._report(
            rule, extent, text, mends=near is not None and near.is_only and not self._around.has_unreadable, **words
        )

    def _report(
        self, rule: Rule, extent: tuple[int, int], suggestion: str | None = None, *, mends: bool = True, **words: Any
    ) -> None:
        """Add a diagnostic; `mends` is whether a machine may write the suggestion: not where a page may be wanted."""
        plain = self._source.text[extent[0] : extent[1]][:1] not in ("'", '"')
        fits = mends and plain and suggestion is not None and _is_plain(suggestion)
        replacement = suggestion if fits else None
        found = rule.at(self._source, extent, suggestion=suggestion, replacement=replacement, **words)
        self._found.append(found)


def _is_for_members(page_type: PageType) -> bool:
    """Whether only members are shown the pages of a type; of those that nobody is shown, there is nothing to say."""
    return page_type.visibility == "members"


def _same_page(names: tuple[Name, ...]) -> bool:
    """Whether names mean one page; files of one id are, for the link may name the closest of them."""
    return len({(name.page.type, twin(name.page.id)) for name in names}) == 1


def _is_plain(text: str) -> bool:
    """Whether a text can stand unquoted in YAML and in a link."""
    return re.fullmatch(r"[\w./][\w .'’·/-]*", text) is not None


def _candidates(names: tuple[Name, ...]) -> str:
    pages = list(dict.fromkeys(name.page for name in names))
    return ", ".join(f"« {page} »" for page in pages[:5]) + ("…" if len(pages) > 5 else "")


def _is_address(target: str) -> bool:
    try:
        return urlsplit(target).scheme in _SCHEMES
    except ValueError:
        return False
