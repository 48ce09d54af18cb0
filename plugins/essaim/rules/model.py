"""What a kind of diagnostic is."""

from dataclasses import dataclass

from essaim.diagnostics import Diagnostic, Fix, Severity
from essaim.source import SourceFile, TextEdit


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One entry of the catalogue: everything there is to know about one diagnostic code.

    `message` is a `str.format` template. `meaning` and `remedy` are for authors, in French Markdown. `wrong` and
    `right` are the same small file before and after; a test holds that `wrong` yields this code and nothing
    else, and `right` nothing at all.
    """

    code: str
    name: str
    severity: Severity
    title: str
    message: str
    meaning: str
    remedy: str
    wrong: str
    right: str
    place: str = "docs/fiches/exemple.md"
    """Where the example stands in the small wiki of the catalogue."""
    right_place: str = ""
    """Where the mended example stands, when mending is moving it."""

    def at(
        self,
        source: SourceFile,
        extent: tuple[int, int],
        *,
        suggestion: str | None = None,
        replacement: str | None = None,
        fix: Fix | None = None,
        severity: Severity | None = None,
        **words: object,
    ) -> Diagnostic:
        """Make a diagnostic at an extent of a source.

        `words` fill the message. `replacement` is the text a machine may put in place of the extent.
        """
        span = source.span(extent)
        if replacement is not None:
            fix = Fix(edits=(TextEdit(span, replacement),))
        message = self.message.format(**words)
        if suggestion is not None:
            message += f" Vouliez-vous dire « {suggestion} » ?"
        return Diagnostic(
            code=self.code,
            severity=severity or self.severity,
            path=source.path,
            span=span,
            message=message,
            suggestion=suggestion,
            fix=fix,
        )
