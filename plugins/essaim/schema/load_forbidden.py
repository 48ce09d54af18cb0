"""From a rule of a `_type.yml` that forbids words to `ForbiddenWords`."""

from collections.abc import Iterator

from essaim.diagnostics import Severity
from essaim.schema.conditions import Condition
from essaim.schema.forbidden import ForbiddenWords
from essaim.schema.options import Options
from essaim.syntax.markdown import find_variables
from essaim.syntax.nodes import Sequence

_ONLY_HERE = ("except", "seen_by")
"""Options that mean something only where words are forbidden."""


def check_forbidding(options: Options) -> None:
    """Report that a rule both forbids and requires, or says of no words which are not read."""
    if "forbid" in options:
        _out_of_place(options, "require", "une règle a « forbid » ou « require », pas les deux")
        return
    for key in _ONLY_HERE:
        _out_of_place(options, key, "cette option ne vaut qu'avec « forbid »")


def _out_of_place(options: Options, key: str, why: str) -> None:
    node = options.raw(key)
    if node is not None:
        options.invalid(key, node, f"d'être retirée : {why}")


def _words(options: Options) -> Iterator[str]:
    """Yield what is forbidden; a text that cites several values, each maybe a list, would stand for too many."""
    for node in options.scalars("forbid"):
        if len(find_variables(node.text, 0)) > 1:
            options.invalid("forbid", node, "une seule valeur de la coopérative par texte")
        else:
            yield " ".join(node.text.split())


def load_forbidden(options: Options, when: Condition | None) -> ForbiddenWords | None:
    """Return the rule, None when it forbids nothing or says nothing."""
    words = tuple(_words(options))
    node = options.raw("forbid")
    if isinstance(node, Sequence) and not node.items:
        options.invalid("forbid", node, "un texte ou une liste de textes")
    sections = tuple(node.text for node in options.scalars("except"))
    is_for_public = options.one_of("seen_by", ("public",), "") == "public"
    severity = Severity(options.one_of("severity", tuple(Severity), Severity.ERROR))
    message = options.text("message")
    if not words or not message:
        return None
    return ForbiddenWords(
        when=when,
        words=words,
        sections=sections,
        is_for_public=is_for_public,
        message=message,
        severity=severity,
    )
