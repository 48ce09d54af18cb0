"""What a page says of itself to machines, before any address is known."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """The address of a page or file, to be known by who publishes it, from its path in the repository."""

    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Thing:
    """Something with types and properties; `id` is where it is told of, None when nowhere by itself."""

    types: tuple[str, ...]
    properties: tuple[tuple[str, tuple["Datum", ...]], ...]
    id: Place | None = None


Datum = str | int | float | Place | Thing


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkedData:
    """A page and what it tells of. `kind` is its type in schema.org (`WebPage`); `published` and `modified` are days
    in ISO 8601, '' when unknown; `trail` leads to it from the home page, each step a path and a name.

    `prefixes` gives the address of each vocabulary that is used besides schema.org.
    """

    kind: str
    path: str
    name: str
    summary: str = ""
    published: str = ""
    modified: str = ""
    trail: tuple[tuple[str, str], ...] = ()
    main: Thing | None = None
    prefixes: tuple[tuple[str, str], ...] = ()
