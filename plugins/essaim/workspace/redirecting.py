"""Edits of the file of redirections."""

from collections.abc import Iterator

from essaim.diagnostics import Severity
from essaim.graph.names import NameIndex
from essaim.graph.naming import Form, form_of, name_in_form
from essaim.graph.redirections import Redirection, Redirections
from essaim.pages.edit import line_break, write_scalar
from essaim.pages.page import Page
from essaim.source import SourceFile, TextEdit, apply_edits
from essaim.workspace.analysis import Analysis
from essaim.workspace.plan import Refused, rewritten

_HEADING = """\
# Les pages qui ont changé de place : l'ancien chemin, deux-points, puis la page d'arrivée.
"""


def redirected(analysis: Analysis, old: str, page: Page | None, names: NameIndex) -> SourceFile:
    """Return the file of redirections once an old path leads to a page, and with it all that led to the old path.

    Without a page, what led to the old path is taken out. `names` are those of the wiki after the change.
    """
    redirections = analysis.redirections
    source = redirections.source
    if any(problem.severity is Severity.ERROR for problem in redirections.problems):
        raise Refused(f"« {source.path} » contient une erreur : corrigez-la d'abord (essaim check).")
    edits = [edit for line in redirections.lines for edit in _edits(redirections, line, analysis, old, page, names)]
    text = apply_edits(source, edits)
    if page is not None and old not in redirections.by_old:
        text = _with_line(text, redirections, f"{write_scalar(old)}: {write_scalar(_name(page, names))}")
    return rewritten(source, text)


def _edits(
    redirections: Redirections, line: Redirection, analysis: Analysis, old: str, page: Page | None, names: NameIndex
) -> Iterator[TextEdit]:
    source = redirections.source
    if page is not None and line.old == page.path:
        yield _without(source, line)
    elif page is not None and line.old == old:
        yield TextEdit(source.span(line.target_extent), write_scalar(_name(page, names)))
    elif _leads_to(redirections, line, analysis, old):
        if page is None:
            yield _without(source, line)
            return
        is_path = line.target == old
        form = Form.PATH if is_path else form_of(analysis.graph.names, line.target, old)
        name = page.path if is_path else name_in_form(form, line.target, page, names)
        keeps = form is Form.NAME and {n.page for n in names.find(line.target)} == {page.id}
        if name is not None and not keeps:
            written = source.text[line.target_extent.start : line.target_extent.end]
            yield TextEdit(source.span(line.target_extent), write_scalar(name, written))


def _leads_to(redirections: Redirections, line: Redirection, analysis: Analysis, path: str) -> bool:
    """Whether a line leads to a page by itself, not through another line."""
    arrival = redirections.follow(line, analysis.graph.names, analysis.graph.pages)
    return arrival.page == path and len(arrival.trail) == 1


def _name(page: Page, names: NameIndex) -> str:
    return name_in_form(Form.ID, "", page, names) or page.path


def _without(source: SourceFile, line: Redirection) -> TextEdit:
    """Take out the line, or the lines, of a redirection."""
    start = source.text.rfind("\n", 0, line.old_extent.start) + 1
    end = source.text.find("\n", line.target_extent.end)
    return TextEdit(source.span((start, len(source.text) if end < 0 else end + 1)), "")


def _with_line(text: str, redirections: Redirections, line: str) -> str:
    """Add a line at the end of the text of the file."""
    if not text.strip():
        return f"{_HEADING}{line}\n"
    source, end = redirections.source.text, line_break(text)
    first = redirections.lines[0].old_extent.start if redirections.lines else 0
    indent = source[source.rfind("\n", 0, first) + 1 : first]
    gap = "" if text.endswith("\n") else end
    return f"{text}{gap}{indent if not indent.strip(' ') else ''}{line}{end}"
