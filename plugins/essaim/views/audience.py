"""Who sees what: nothing meant for members leaves the members' build."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from essaim.pages.page import Page
from essaim.pages.properties import ALIASES
from essaim.schema.model import Field, PageType

HIDDEN = "page réservée aux membres"
"""What stands for a link whose words would be the title of a page that the audience may not see."""


class Audience(StrEnum):
    """For whom a site is built."""

    PUBLIC = "public"
    MEMBERS = "members"


def sees_field(audience: Audience, field: Field) -> bool:
    """Whether an audience is shown a field."""
    return audience is Audience.MEMBERS or field.visibility == "public"


def sees_type(audience: Audience, page_type: PageType) -> bool:
    """Whether an audience is shown the pages of a type, and the files kept with them."""
    return page_type.visibility == "public" or (audience is Audience.MEMBERS and page_type.visibility == "members")


def sees_aliases(audience: Audience, page_type: PageType) -> bool:
    """Whether an audience is shown the other names of a type's pages: no field that holds some is hidden."""
    fields = (page_type.fields.get(name) for name in (page_type.alias_field, *ALIASES))
    return all(field is None or sees_field(audience, field) for field in fields)


def seen_part(audience: Audience, page_type: PageType) -> PageType:
    """Return a type with the fields that an audience is shown: the type itself when it is shown all of them."""
    if all(sees_field(audience, field) for field in page_type.all_fields()):
        return page_type
    return replace(page_type, fields=_seen_fields(audience, page_type.fields))


def _seen_fields(audience: Audience, fields: Mapping[str, Field]) -> Mapping[str, Field]:
    shown = {name: field for name, field in fields.items() if sees_field(audience, field)}
    return {name: replace(field, fields=_seen_fields(audience, field.fields)) for name, field in shown.items()}


def summary_of(page: Page, audience: Audience) -> str:
    """Return the summary of a page, if its audience may read it."""
    field = page.type.fields.get("resume")
    return page.summary if field is not None and sees_field(audience, field) else ""


def sees_page(audience: Audience, page: Page) -> bool:
    """Whether an audience is shown a page."""
    return sees_type(audience, page.type)
