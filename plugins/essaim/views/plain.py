"""Whole pages as plain Markdown, for generators that know nothing of Essaim."""

from collections.abc import Iterable, Iterator

from essaim.views.addresses import published_path, relative_address
from essaim.views.body_text import write_value
from essaim.views.escaping import escape
from essaim.views.events.page import PageDates
from essaim.views.fields import ShownField
from essaim.views.flags import ShownFlag
from essaim.views.freshness import Freshness
from essaim.views.index import IndexEntry, IndexPage
from essaim.views.inputs import PageInputs
from essaim.views.listing import Listing, ListPage
from essaim.views.redirects import Redirect


def render_page(inputs: PageInputs) -> str:
    """Render a page: title, summary, fields, body, relations; of a page with errors, what to mend."""
    here = published_path(inputs.path, inputs.docs_dir)
    parts = [_front_matter(inputs.title, inputs.summary)]
    if not inputs.has_heading or inputs.errors:
        parts.append(f"# {escape(inputs.title)}\n")
    if inputs.errors:
        return "\n".join([*parts, render_errors(inputs)])
    if inputs.summary:
        parts.append(f"*{escape(inputs.summary)}*\n")
    fields = [*_fields(inputs.fields, here, inputs.docs_dir)]
    if fields:
        parts.append("\n".join(fields) + "\n")
    if inputs.dates:
        parts.append("\n".join(_dates(inputs.dates, here, inputs.docs_dir)) + "\n")
    if inputs.freshness:
        parts.append("\n".join(_freshness(inputs.freshness, here, inputs.docs_dir)) + "\n")
    for flag in inputs.flags:
        parts.append(f"> {_flag(flag, here, inputs.docs_dir)}\n")
    parts.append(inputs.markdown.strip() + "\n")
    for relation in inputs.relations:
        items = (f"- {_link(card.title, card.path, here, inputs.docs_dir)}" for card in relation.pages)
        parts.append("\n".join([f"## {escape(relation.label)}\n", *items]) + "\n")
    if inputs.notice:
        parts.append(f"{escape(inputs.notice.text)} {escape(inputs.notice.checked)}\n")
    return "\n".join(parts)


def render_index(index: IndexPage, docs_dir: str, cover: PageInputs | None) -> str:
    """Render the index of a collection, below its cover if somebody wrote one."""
    here = published_path(index.path, docs_dir)
    title = cover.title if cover else index.label
    parts = [_front_matter(title, ""), f"# {escape(title)}\n"]
    if cover:
        parts.append((render_errors(cover) if cover.errors else cover.markdown).strip() + "\n")
    if index.view == "table" and index.listed.columns:
        parts.append("\n".join(_table(index, here, docs_dir)))
    else:
        parts.append("\n".join(_item(entry, here, docs_dir) for entry in index.listed.entries))
    return "\n".join(parts) + "\n"


def render_list(list_page: ListPage, docs_dir: str, cover: PageInputs | None) -> str:
    """Render a list page, below what somebody wrote for it or below its introduction."""
    here = published_path(list_page.path, docs_dir)
    if cover is not None:
        parts = [render_page(cover)]
    else:
        title = list_page.title
        parts = [_front_matter(title, ""), f"# {escape(title)}\n", f"{escape(list_page.intro)}\n"]
    listings = [listing for listing in list_page.listings if listing.rows]
    for listing in listings:
        parts.append(f'<a id="{listing.id}"></a>\n\n## {escape(listing.title)}\n')
        if listing.intro:
            parts.append(f"{escape(listing.intro)}\n")
        parts.append("\n".join(_listing(listing, here, docs_dir)) + "\n")
    return "\n".join(parts if listings else [*parts, f"{escape(list_page.empty)}\n"])


def _listing(listing: Listing, here: str, docs_dir: str) -> Iterator[str]:
    yield "| " + " | ".join(escape(label) for label in listing.columns) + " |"
    yield "|" + " --- |" * len(listing.columns)
    for number, row in enumerate(listing.rows):
        cells = [", ".join(write_value(value, here, docs_dir) for value in cell) for cell in row]
        mark = f'<a id="{listing.anchors[number]}"></a>' if listing.anchors else ""
        yield f"| {mark}" + " | ".join(cells) + " |"


def render_redirect(redirect: Redirect, docs_dir: str) -> str:
    """Render what stands at the old address of a page: where it is now."""
    here = published_path(redirect.path, docs_dir)
    link = _link(redirect.title, redirect.target, here, docs_dir)
    parts = [_front_matter(redirect.title, ""), f"# {escape(redirect.title)}\n"]
    return "\n".join([*parts, f"Cette page a changé d'adresse : {link}.\n"])


def _front_matter(title: str, summary: str) -> str:
    lines = [f"title: {_quoted(title)}"] + ([f"description: {_quoted(summary)}"] if summary else [])
    return "\n".join(["---", *lines, "---\n"])


def _quoted(text: str) -> str:
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def render_errors(inputs: PageInputs) -> str:
    """Render what stands in place of a page with errors: what to mend, and where."""
    items = [f"- ligne {error.line} : {escape(error.text)}" for error in inputs.errors]
    start = "**Cette page attend une correction. Elle sera publiée dès que ce sera fait.**"
    return "\n".join([f"{start}\n", f"Dans le fichier `{inputs.path.replace('`', '')}` :\n", *items]) + "\n"


def _dates(dates: PageDates, here: str, docs_dir: str) -> Iterator[str]:
    yield f"**{escape(dates.title)}**\n"
    for date in dates.dates:
        page = f" : {write_value(date.page, here, docs_dir)}" if date.page else ""
        yield f"- {date.day}, {date.hours}{page}" + (f" ({escape(date.note)})" if date.note else "")
    if not dates.dates:
        yield f"{escape(dates.empty)}"
    links = ", ".join(_link(calendar.text, calendar.path, here, docs_dir) for calendar in dates.calendars)
    yield f"\nS'abonner : {links}"


def _freshness(freshness: Freshness, here: str, docs_dir: str) -> Iterator[str]:
    if freshness.warning:
        yield f"**{escape(freshness.warning)}** {escape(freshness.advice)}\n"
    for words, people in freshness.lines:
        by = ", ".join(write_value(person, here, docs_dir) for person in people)
        yield f"- {escape(words)}" + (f" par {by}" if by else "")


def _flag(flag: ShownFlag, here: str, docs_dir: str) -> str:
    """Return a sentence with its links; the blanks around what stands in it are those of the sentence."""
    written = []
    for part in flag.parts:
        text = part.text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :] if text.strip() else ""
        written.append(f"{before}{write_value(part, here, docs_dir)}{after}")
    return "".join(written)


def _fields(fields: Iterable[ShownField], here: str, docs_dir: str, depth: int = 0) -> Iterator[str]:
    indent = "    " * depth
    for field in fields:
        values = ", ".join(write_value(value, here, docs_dir) for value in field.values)
        yield f"{indent}- **{escape(field.label)}** : {values}".rstrip()
        for row in field.rows:
            first, *rest = row
            yield from _fields([first], here, docs_dir, depth + 1)
            yield from _fields(rest, here, docs_dir, depth + 2)


def _link(text: str, path: str, here: str, docs_dir: str) -> str:
    return f"[{escape(text)}]({relative_address(published_path(path, docs_dir), here)})"


def _item(entry: IndexEntry, here: str, docs_dir: str) -> str:
    summary = f" : {escape(entry.summary)}" if entry.summary else ""
    return f"- {_link(entry.title, entry.path, here, docs_dir)}{summary}"


def _table(index: IndexPage, here: str, docs_dir: str) -> Iterator[str]:
    yield "| " + " | ".join(escape(label) for label in index.listed.columns) + " |"
    yield "|" + " --- |" * len(index.listed.columns)
    for entry in index.listed.entries:
        cells = [
            ", ".join(write_value(v, here, docs_dir) for v in cell.values) if cell else "" for cell in entry.cells
        ]
        at = index.listed.title_column or 0
        cells[at] = _link(entry.title, entry.path, here, docs_dir)
        yield "| " + " | ".join(cells) + " |"
