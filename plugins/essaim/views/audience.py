"""Who sees what: nothing meant for members leaves the members' build."""

from enum import StrEnum

from essaim.pages.page import Page
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
    return audience is Audience.MEMBERS or page_type.visibility == "public"


def summary_of(page: Page, audience: Audience) -> str:
    """Return the summary of a page, if its audience may read it."""
    field = page.type.fields.get("resume")
    return page.summary if field is not None and sees_field(audience, field) else ""


def sees_page(audience: Audience, page: Page) -> bool:
    """Whether an audience is shown a page."""
    return sees_type(audience, page.type)
