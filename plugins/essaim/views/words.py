"""Words as French sentences need them."""

from essaim.schema.model import PageType


def capitalised(text: str) -> str:
    """Return a text with its first letter as a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def agree(participle: str, page_type: PageType) -> str:
    """Return a past participle in the gender of a type: « créée »."""
    return f"{participle}e" if page_type.gender == "f" else participle


def counted(count: int, noun: str) -> str:
    """Return how many there are of something: « 3 pages »."""
    return f"{count} {noun}{'s' if count > 1 else ''}"
