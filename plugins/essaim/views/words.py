"""Words as French sentences need them."""


def capitalised(text: str) -> str:
    """Return a text with its first letter as a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """Return a text with its first letter as a small one, the others as they are."""
    return text[:1].lower() + text[1:]


def agree(participle: str, gender: str) -> str:
    """Return a past participle in a gender, `f` or another: « créée »."""
    return f"{participle}e" if gender == "f" else participle


def counted(count: int, noun: str) -> str:
    """Return how many there are of something: « 3 pages »."""
    return f"{count} {noun}{'s' if count > 1 else ''}"
