"""What the engine has to say to an author, as data."""

from dataclasses import dataclass
from enum import StrEnum

from essaim.source import Span, TextEdit


class Severity(StrEnum):
    """How much a diagnostic weighs: an error keeps the page out, a warning does not, an info only tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fix:
    """Edits of the diagnosed file that a machine may make without asking, unless it only offers them."""

    edits: tuple[TextEdit, ...]
    is_offer: bool = False
    """Whether a person is to ask for it: it may not be what they mean."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnostic:
    """One thing to tell an author: where, what, and what to do next.

    `message` is a French sentence; `suggestion` is the text that would fit there, if a near one exists.
    """

    code: str
    severity: Severity
    path: str
    span: Span
    message: str
    suggestion: str | None = None
    fix: Fix | None = None

    @property
    def order(self) -> tuple[str, Span, str, str]:
        """Sort key: file by file, in reading order."""
        return (self.path, self.span, self.code, self.message)
