"""Which files an audience is given: an image that only members are shown does not leave with the public site."""

from collections.abc import Collection, Iterator, Mapping
from posixpath import dirname, join, normpath

from essaim.pages.page import FieldValue, Group, Page, Values
from essaim.schema.model import Field
from essaim.views.audience import Audience, sees_field, sees_type
from essaim.views.site import Site


def seen_files(files: Collection[str], site: Site) -> list[str]:
    """Return, of some files of the repository, those that the audience may be given, sorted.

    Not those in a folder for members, nor those that only members are shown: named by fields or pages that the
    audience does not see, and by nothing that it sees. What no page names (styles, icons) is for everybody.
    """
    withheld = _withheld(site)
    return sorted(
        path for path in files if path not in withheld and sees_type(site.audience, site.schema.type_of(path))
    )


def _withheld(site: Site) -> set[str]:
    if site.audience is Audience.MEMBERS:
        return set()
    shown: set[str] = set()
    hidden: set[str] = set()
    for path, page in site.graph.pages.items():
        is_seen = site.sees(path)
        for file, is_public in _named(page, site):
            (shown if is_seen and is_public else hidden).add(file)
    return hidden - shown


def _named(page: Page, site: Site) -> Iterator[tuple[str, bool]]:
    """Yield the files that a page names, and whether the place where it does is for everybody."""
    for target in site.graph.out[page.path].links:
        if target.status == "file":
            yield target.path, True
    if any(field.type.name in ("file", "image") for field in page.type.all_fields()):
        for name in _files(page.values, page.type.fields, True, site.audience):
            yield normpath(join(dirname(page.path), name[0])), name[1]


def _files(
    values: Mapping[str, FieldValue], fields: Mapping[str, Field], is_public: bool, audience: Audience
) -> Iterator[tuple[str, bool]]:
    for name, value in values.items():
        if name in fields:
            yield from _in_value(value, fields[name], is_public and sees_field(audience, fields[name]), audience)


def _in_value(value: FieldValue, field: Field, is_public: bool, audience: Audience) -> Iterator[tuple[str, bool]]:
    if isinstance(value, Values):
        for item in value.items:
            yield from _in_value(item, field.item or field, is_public, audience)
    elif isinstance(value, Group):
        yield from _files(value.fields, field.fields, is_public, audience)
    elif field.type.name in ("file", "image"):
        yield value.text, is_public
