"""What makes of a page a passport: steps that a newcomer takes week after week."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class PassportSpec:
    """The names of what tells the steps, '' for what the type has not.

    `steps` is a group field of the page, the others are fields of that group. `after` holds the week of a step, 1 for
    that of the start. `pages` name other pages; `page_steps` is the path in them to the titles of their own steps.
    """

    steps: str
    title: str
    text: str = ""
    after: str = ""
    pages: str = ""
    page_steps: tuple[str, ...] = ()
