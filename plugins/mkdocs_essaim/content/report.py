"""What is told of a wiki in the log of a build."""

from logging import LoggerAdapter
from typing import Any

from mkdocs.exceptions import PluginError

from essaim.diagnostics import Diagnostic, Severity
from essaim.workspace import Analysis


def report(analysis: Analysis, log: "LoggerAdapter[Any]", *, strict: bool) -> None:
    """Log every error and warning; raise once if the build is strict and there are errors."""
    for diagnostic in analysis.diagnostics:
        if diagnostic.severity is Severity.ERROR:
            log.error(line_of(diagnostic))
        elif diagnostic.severity is Severity.WARNING:
            log.warning(line_of(diagnostic))
    count = analysis.summary.errors
    if strict and count:
        raise PluginError(
            f"essaim : {count} erreur(s) à corriger avant de publier. « essaim check » les montre en place."
        )


def line_of(diagnostic: Diagnostic) -> str:
    """Return a diagnostic on one line: where it is, its code, its sentence."""
    line, column = diagnostic.span.start
    return f"{diagnostic.path}:{line}:{column} {diagnostic.code} {diagnostic.message}"
