"""Figures as a French page writes them."""

NONE = "non mesuré"


def number(value: float) -> str:
    """Return a figure with two or three digits that mean something, with a comma."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return thousands(round(value)) if digits == 0 else f"{value:.{digits}f}".replace(".", ",")


def thousands(value: int) -> str:
    """Return a whole number, its thousands apart."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def seconds(value: float | None) -> str:
    """Return a time, or that there is none."""
    return NONE if value is None else f"{number(value)} s"


def times(value: float | None) -> str:
    """Return a ratio, or that there is none."""
    return NONE if value is None else f"{number(value)} ×"
