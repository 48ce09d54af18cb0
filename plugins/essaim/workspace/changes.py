"""What goes into an analysis and what a check ends with. Kept apart: an unchanged wiki needs no more than this."""

from dataclasses import dataclass

from essaim.diagnostics import Diagnostic
from essaim.media import FileFacts
from essaim.source import SourceFile


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A file that came, changed or went.

    `source` is its text when the engine reads such files, None for others; `facts` are what was measured of those,
    None when nothing was; `exists` is False when it is gone.
    """

    path: str
    source: SourceFile | None = None
    exists: bool = True
    facts: FileFacts | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """The counts a check ends with. `links` are those of bodies inside the wiki, `references` those of fields."""

    pages: int
    errors: int
    warnings: int
    links: int
    references: int


Report = tuple[Summary, tuple[Diagnostic, ...]]
"""What a check has to say."""
