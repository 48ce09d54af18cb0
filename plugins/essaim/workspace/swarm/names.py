"""The names that must not go along: those of people and groups of this cooperative, wherever a text has them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from essaim.folding import fold
from essaim.graph.names import names_of
from essaim.pages.page import Page
from essaim.schema.model import Schema
from essaim.views.model import page_name

_WORD = r"(?<![\w-]){}(?![\w-])"


def unnamed(page: Page) -> str:
    """Return the words that stand for a page that stays behind."""
    return f"({page.type.label_one} à nommer)"


def find_names(gone: Iterable[Page], kept: Iterable[Page], schema: Schema) -> Mapping[str, str]:
    """Return name → what to write instead, for the pages that stay behind.

    A name of one word may be any word, so it is left, and so is one that a page or a type that goes along uses.
    """
    used = {f" {fold(text)} " for text in (*_names_kept(kept), *_words_of(schema))}
    found: dict[str, str] = {}
    for page in gone:
        others = [text for text, _, _ in page.aliases] if page.type.share == "never" or page.type.departed else []
        stand_ins = {page.id.id: f"{page_name(page.type.label_one)}-a-nommer"}
        stand_ins |= dict.fromkeys((page.title, *others), unnamed(page))
        for name, words in stand_ins.items():
            folded = fold(name).strip()
            if " " in folded and not any(f" {folded} " in text for text in used):
                found.setdefault(name, words)
    return found


def replace_names(text: str, names: Mapping[str, str]) -> str:
    """Return a text with other words for some names, the longest first."""
    if not names:
        return text
    longest = sorted(names, key=lambda name: (-len(name), name))
    pattern = _WORD.format(f"(?:{'|'.join(map(re.escape, longest))})")
    return re.sub(pattern, lambda match: names[match[0]], text)


def _names_kept(pages: Iterable[Page]) -> Collection[str]:
    return {name.text for page in pages for names in names_of(page).values() for name in names}


def _words_of(schema: Schema) -> Iterator[str]:
    """Yield what types say of themselves."""
    for page_type in schema.types.values():
        yield from (page_type.label_one, page_type.label_many)
        yield from (section.title for section in page_type.sections)
        for field in page_type.all_fields():
            yield from (field.label, *field.choices.values())
            if field.inverse is not None:
                yield field.inverse.label
