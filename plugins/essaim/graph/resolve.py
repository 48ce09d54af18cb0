"""From the names a page uses to the pages they mean."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import quote, unquote

from essaim.diagnostics import Diagnostic
from essaim.folding import fold
from essaim.graph.model import Edge, LinkTarget, PageLinks
from essaim.graph.names import Name, NameIndex, Near
from essaim.graph.variables import Variables
from essaim.pages.page import Page, PageRef, values_of
from essaim.rules import Rule
from essaim.rules import fields as field_rules
from essaim.rules import links as rules
from essaim.schema.model import Schema
from essaim.suggest import nearest
from essaim.syntax.markdown import Link, LinkKind

_EXTERNAL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:|//")
_FOOTNOTE = re.compile(r"fn(?:ref)?\d*:")


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What a page is resolved against: the other pages, their names, and the other files of the repository."""

    schema: Schema
    names: NameIndex
    pages: Mapping[str, Page]
    files: Collection[str]
    variables: Variables
    folders: Collection[str]
    """The folders that hold pages, at any depth: those that have an index."""
    has_unreadable: bool
    """Whether some page could not be read: a name that is missing may be one of its names."""


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
                if reference.field.visibility == "public":
                    self._check_audience(self._around.pages[target], (reference.start, reference.end))
                references[reference.start] = target
                edges.append(Edge(self._page.path, target, reference.field, reference.start))
        links = tuple(self._reserved(self._link(link)) for link in self._page.document.links)
        edges += [
            Edge(self._page.path, target.path, None, target.link.start)
            for target in links
            if target.status == "page" and target.path != self._page.path
        ]
        self._check_files()
        self._found += self._around.variables.check(self._page.document)
        return PageLinks(
            references=references,
            links=links,
            edges=tuple(edges),
            diagnostics=tuple(self._found),
            keys=frozenset(self._keys),
            paths=frozenset(self._paths),
            texts=frozenset(self._texts),
            has_missing=self._missing,
        )

    def _reference(self, reference: PageRef) -> str | None:
        field, extent = reference.field, (reference.start, reference.end)
        names = self._around.names
        self._keys.update(names.keys_of(reference.target))
        fitting = names.find(reference.target, lambda name: not field.to or name.page.type in field.to)
        if not fitting:
            others = names.find(reference.target, _any)
            if others:
                self._report_type(reference, others[0])
                return None
        target = self._unique(reference.target, extent, fitting, field.to)
        if target == self._page.path and not field.allows_self:
            self._report(rules.SELF_REFERENCE, extent, key=field.name)
            return None
        return target

    def _unique(
        self, target: str, extent: tuple[int, int], names: tuple[Name, ...], to: tuple[str, ...] = ()
    ) -> str | None:
        if _same_page(names):
            return names[0].path
        if names:
            self._report(rules.AMBIGUOUS_REFERENCE, extent, target=target, candidates=_candidates(names))
            return None
        self._missing = True
        near = self._around.names.near(target, lambda name: not to or name.page.type in to)
        types = " ou ".join(f"« {name} »" for name in to) + (" " if to else "")
        self._report_near(rules.MISSING_REFERENCE, extent, near, target=target, types=types)
        return None

    def _report_type(self, reference: PageRef, other: Name) -> None:
        types = self._around.schema.types
        expected = " ou ".join(types[name].with_article for name in reference.field.to if name in types)
        actual = types[other.page.type].with_article if other.page.type in types else "une page"
        near = self._around.names.near(reference.target, lambda name: name.page.type in reference.field.to)
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
        if link.kind in (LinkKind.WIKI, LinkKind.EMBED):
            return self._wikilink(link)
        if _EXTERNAL.match(link.target):
            return LinkTarget(link, "external")
        if not link.target:
            return self._with_anchor(link, self._page)
        return self._path_link(link)

    def _reserved(self, target: LinkTarget) -> LinkTarget:
        """Mark a link that leads from a public page to what is for members only, and report it."""
        if target.status not in ("page", "file", "index"):
            return target
        schema = self._around.schema
        of_index = schema.by_folder.get(dirname(target.path)) if target.status == "index" else None
        if (of_index or schema.type_of(target.path)).visibility == "public":
            return target
        if self._page.type.visibility == "public":
            extent = (target.link.target_start, target.link.target_end)
            self._report(rules.MEMBERS_TARGET, extent, target=self._source.text[extent[0] : extent[1]])
        return target._replace(is_reserved=True)

    def _wikilink(self, link: Link) -> LinkTarget:
        if not link.target:
            return self._with_section(link, self._page)
        names = self._around.names
        self._keys.update(names.keys_of(link.target))
        found = names.find(link.target, _any)
        extent = (link.target_start, link.target_start + len(link.target))
        if _same_page(found):
            return self._with_section(link, self._around.pages[found[0].path])
        if found:
            self._report(rules.AMBIGUOUS_LINK, extent, target=link.target, candidates=_candidates(found))
            return LinkTarget(link, "ambiguous")
        self._missing = True
        attached = self._attachment(link.target)
        if attached:
            return LinkTarget(link, "file", attached)
        near = names.near(link.target, _any)
        text = near.name.text if near else None
        self._report(rules.MISSING_LINK, extent, text, mends=False, target=link.target)
        return LinkTarget(link, "missing")

    def _check_audience(self, target: Page, extent: tuple[int, int]) -> None:
        """Report a public field that names a page for members only."""
        if self._page.type.visibility == "public" and target.type.visibility != "public":
            self._report(rules.MEMBERS_TARGET, extent, target=self._source.text[extent[0] : extent[1]])

    def _attachment(self, target: str) -> str:
        """Return the file a wikilink names by its path or, if only one bears it, by its name."""
        if "." not in target:
            return ""
        beside = normpath(join(dirname(self._page.path), target))
        if beside in self._around.files or target in self._around.files:
            return beside if beside in self._around.files else target
        same = sorted(path for path in self._around.files if path.endswith(f"/{target}"))
        return same[0] if len(same) == 1 else ""

    def _with_section(self, link: Link, page: Page) -> LinkTarget:
        wanted = link.section.rpartition("#")[2]
        if not wanted or wanted.startswith("^"):
            return LinkTarget(link, "page", page.path)
        folded = fold(wanted)
        for heading in page.document.headings:
            if fold(heading.title) == folded or heading.anchor == wanted:
                return LinkTarget(link, "page", page.path, heading.anchor)
        near = nearest(wanted, (heading.title for heading in page.document.headings))
        start = link.target_end - len(wanted)
        self._report(rules.MISSING_SECTION, (start, link.target_end), near, page=page.title, section=wanted)
        return LinkTarget(link, "page", page.path)

    def _with_anchor(self, link: Link, page: Page) -> LinkTarget:
        anchor = unquote(link.section)
        anchors = [heading.anchor for heading in page.document.headings]
        target = LinkTarget(link, "page", page.path, link.section)
        if not anchor or anchor in anchors or _FOOTNOTE.match(anchor):
            return target
        self._texts.add(page.path)
        text = page.document.body_text
        if re.search(rf"(?:\#|\b(?:id|name)=[\"']?){re.escape(anchor)}(?![\w-])", text.replace(f"(#{anchor})", "")):
            return target
        near = nearest(anchor, anchors)
        start = link.target_end - len(link.section)
        self._report(rules.MISSING_SECTION, (start, link.target_end), near, page=page.title, section=anchor)
        return target

    def _path_link(self, link: Link) -> LinkTarget:
        target = unquote(link.target.partition("?")[0])
        path = normpath(join(dirname(self._page.path), target))
        if target.endswith("/"):
            path += "/index.md"
        self._paths.add(path)
        extent = (link.target_start, link.target_start + len(link.target))
        if path.endswith("/index.md"):
            readme = f"{path.removesuffix('index.md')}README.md"
            self._paths.add(readme)
            if path not in self._around.pages and readme in self._around.pages:
                path = readme
        if path in self._around.pages:
            return self._with_anchor(link, self._around.pages[path])
        if path in self._around.files:
            return LinkTarget(link, "file", path)
        folder, _, name = path.rpartition("/")
        self._missing = True  # what leads nowhere, or to a folder, depends on which files there are
        if name == "index.md" and folder in self._around.folders:
            return LinkTarget(link, "index", path)
        near = self._near_file(target)
        proposal = quote(_relative(near.name.path, dirname(self._page.path))) if near else None
        is_moved = near is not None and near.is_only and near.distance == 0
        self._report(rules.MISSING_PATH, extent, proposal, mends=is_moved, target=link.target)
        return LinkTarget(link, "missing")

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


def _same_page(names: tuple[Name, ...]) -> bool:
    """Whether names mean one page; two files of one id are, for that is already told of them."""
    return len({name.page for name in names}) == 1


def _any(_: Name) -> bool:
    return True


def _is_plain(text: str) -> bool:
    """Whether a text can stand unquoted in YAML and in a link."""
    return re.fullmatch(r"[\w./][\w .'’·/-]*", text) is not None


def _candidates(names: tuple[Name, ...]) -> str:
    pages = list(dict.fromkeys(name.page for name in names))
    return ", ".join(f"« {page} »" for page in pages[:5]) + ("…" if len(pages) > 5 else "")


def _relative(path: str, folder: str) -> str:
    there, here = path.split("/"), folder.split("/") if folder else []
    common = 0
    while common < min(len(there) - 1, len(here)) and there[common] == here[common]:
        common += 1
    return "/".join([".."] * (len(here) - common) + there[common:])
