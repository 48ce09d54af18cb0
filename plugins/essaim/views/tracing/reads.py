"""What was read while the inputs of a page were gathered: a kind and a name each, as one set of short texts."""

from essaim.views.listing import LISTS, OUTLINES

Trace = frozenset[str]
"""All that was read: a kind and a name each. What moved is said in the same way: two sets with nothing in common are
of a page that stays as it is.
"""

PAGE = "page"
"""By path: what others show of a page or a file: its names and values, whether it is there, seen and sound."""
TEXT = "text"
"""By path: the text of a page, where its links lead, its errors, its past."""
CITED = "cited"
"""By path: who names a page."""
DATES = "dates"
"""By path: the event that a page is, or the events of a group."""
CALENDAR = "calendar"
"""By id: whether the calendars of several groups would stand at one address."""
NAME = "name"
"""By folded name: the pages that a name may mean."""
WISH = "wish"
"""By folded name: where a page that nobody wrote can be begun."""
VALUE = "value"
"""By path: what queries find in a page: its values, the pages it names in fields, those that so name it."""
EDGE = "edge"
"""By path: the pages to which the links of its text lead, and those whose links lead to it."""
VALUES = "values"
"""By type: what queries find in any page of it."""
EDGES = "edges"
"""By type: where the links of any page of it lead, and those that lead to it."""
ANYTHING = "*"
"""Everything was gone through."""

KINDS = (PAGE, TEXT, CITED, DATES, CALENDAR, NAME, WISH, VALUE, EDGE, VALUES, EDGES, LISTS, OUTLINES, ANYTHING)


def read_of(kind: str, name: str) -> str:
    """Return one read as a text."""
    return f"{kind} {name}"
