"""Diagnostics for programs: JSON, GitHub annotations, SARIF 2.1.0."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from urllib.parse import quote

from essaim.diagnostics import Diagnostic, Severity
from essaim.source import Span

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class Described(Protocol):
    """What a report needs to know of a catalogue entry."""

    @property
    def name(self) -> str:
        """Its name in words."""

    @property
    def title(self) -> str:
        """Its one-line title."""

    @property
    def meaning(self) -> str:
        """Its explanation."""


def render_json(diagnostics: Iterable[Diagnostic], summary: Mapping[str, int]) -> str:
    """Render one object: the summary and every diagnostic. Lines and columns are 1-based, in code points."""
    data = {"summary": dict(summary), "diagnostics": [as_data(diagnostic) for diagnostic in diagnostics]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return a diagnostic as JSON data."""
    edits = diagnostic.fix.edits if diagnostic.fix else ()
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "path": diagnostic.path,
        **_range(diagnostic.span),
        "message": diagnostic.message,
        "suggestion": diagnostic.suggestion,
        "fix": [{"range": _range(edit.span), "text": edit.text} for edit in edits],
    }


def _range(span: Span) -> dict[str, int]:
    (line, column), (end_line, end_column) = span
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def render_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Render workflow commands: annotations on the lines of a pull request."""
    return "".join(_annotation(diagnostic) for diagnostic in diagnostics)


def _annotation(diagnostic: Diagnostic) -> str:
    (line, column), (end_line, end_column) = diagnostic.span
    places = {"file": diagnostic.path, "line": line, "endLine": end_line, "title": diagnostic.code}
    if line == end_line:
        places |= {"col": column, "endColumn": end_column}
    options = ",".join(f"{key}={_escape(str(value), ',:')}" for key, value in places.items())
    return f"::{_GITHUB[diagnostic.severity]} {options}::{_escape(diagnostic.message)}\n"


def _escape(text: str, more: str = "") -> str:
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def render_sarif(diagnostics: Iterable[Diagnostic], catalogue: Mapping[str, Described], version: str) -> str:
    """Render a SARIF log, the format of code-scanning services."""
    found = list(diagnostics)
    rules = [_rule(code, catalogue[code]) for code in sorted({diagnostic.code for diagnostic in found})]
    tool = {"driver": {"name": "essaim", "version": version, "language": "fr", "rules": rules}}
    run = {"tool": tool, "columnKind": "unicodeCodePoints", "results": [_result(d) for d in found]}
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, entry: Described) -> dict[str, Any]:
    return {
        "id": code,
        "name": entry.name,
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.meaning or entry.title},
    }


def _result(diagnostic: Diagnostic) -> dict[str, Any]:
    uri = quote(diagnostic.path)
    location = {"artifactLocation": {"uri": uri}, "region": _region(diagnostic.span)}
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": _SARIF[diagnostic.severity],
        "message": {"text": diagnostic.message},
        "locations": [{"physicalLocation": location}],
    }
    if diagnostic.fix is not None:
        replacements = [
            {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
            for edit in diagnostic.fix.edits
        ]
        change = {"artifactLocation": {"uri": uri}, "replacements": replacements}
        result["fixes"] = [{"artifactChanges": [change]}]
    return result


def _region(span: Span) -> dict[str, int]:
    (line, column), (end_line, end_column) = span
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
