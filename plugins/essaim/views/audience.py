"""Who sees what: nothing meant for members leaves the members' build."""

from enum import StrEnum

from essaim.pages.page import Page
from essaim.schema.model import Field


class Audience(StrEnum):
    """For whom a site is built."""

    PUBLIC = "public"
    MEMBERS = "members"


def sees_field(audience: Audience, field: Field) -> bool:
    """Whether an audience is shown a field."""
    return audience is Audience.MEMBERS or field.visibility == "public"


def sees_page(audience: Audience, page: Page) -> bool:
    """Whether an audience is shown a page."""
    return audience is Audience.MEMBERS or page.type.visibility == "public"
