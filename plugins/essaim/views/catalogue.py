"""What there is to know about one diagnostic, told to an author: a help page, or text for a terminal."""

import re
import textwrap
from itertools import groupby

from essaim.diagnostics import Severity
from essaim.rules import Rule
from essaim.syntax.yaml_mending import quoted

SEVERITIES = {Severity.ERROR: "erreur", Severity.WARNING: "avertissement", Severity.INFO: "information"}
"""What each severity is called in French."""
_WIDTH = 88
_MAX_SUMMARY = 280
_MAX_SAME = 3
"""How often a line of an example may come in a row before the rest is told instead of shown."""
_UNDECODABLE = re.compile("[\udc80-\udcff]")
_UNSEEN = (  # (what cannot be seen, what it is)
    (re.compile("[\u00a0\u202f]"), "espace insécable"),
    (re.compile("\t"), "tabulation"),
    (re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff]"), "caractère invisible"),
)
_NOTE = "Ce qui est entre ⟨ et ⟩ ne peut pas se montrer autrement."
_MARKUP = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<strong>[^*]+)\*\*")
_GLUED = re.compile(r"(?<=«) | (?=[»:;?!])")


def render_rule(rule: Rule) -> str:
    """Write the help page of a rule: Markdown with its front matter."""
    wrong, right = _shown(rule.wrong), _shown(rule.right)
    parts = [
        "---",
        f"titre: {quoted(_title(rule))}",
        f"resume: {quoted(_summary(rule))}",
        f"code: {rule.code}",
        f"gravite: {SEVERITIES[rule.severity]}",
        "---",
        "",
        "## Ce que cela veut dire",
        "",
        rule.meaning,
        "",
        "## Exemple",
        "",
        f"Dans `{rule.place}` :",
        "",
        *_fenced(wrong, rule.place),
        *(["", _NOTE] if "⟨" in wrong else []),
        "",
        "## Pour corriger",
        "",
        rule.remedy,
        "",
        f"Le même fichier, déplacé dans `{rule.right_place}` :" if rule.right_place else "Le même fichier, corrigé :",
        "",
        *_fenced(right, rule.place),
    ]
    return "\n".join(parts) + "\n"


def explain_rule(rule: Rule) -> str:
    """Write the same for a terminal, in plain text."""
    wrong, right = _shown(rule.wrong), _shown(rule.right)
    moved = f"Le même fichier, déplacé dans « {rule.right_place} » :"
    parts = [
        _title(rule),
        SEVERITIES[rule.severity].capitalize(),
        "",
        "Ce que cela veut dire",
        "",
        _wrapped(rule.meaning),
        "",
        "Exemple",
        "",
        _wrapped(f"Dans « {rule.place} » :"),
        "",
        *_indented(wrong),
        *(["", _wrapped(_NOTE)] if "⟨" in wrong else []),
        "",
        "Pour corriger",
        "",
        _wrapped(rule.remedy),
        "",
        _wrapped(moved if rule.right_place else "Le même fichier, corrigé :"),
        "",
        *_indented(right),
    ]
    return "\n".join(parts) + "\n"


def _title(rule: Rule) -> str:
    return f"{rule.code} · {rule.title}"


def _summary(rule: Rule) -> str:
    """Return as many of the first sentences of the meaning as a summary holds."""
    text = _plain(rule.meaning)
    return text if len(text) <= _MAX_SUMMARY else text[: text.rindex(". ", 0, _MAX_SUMMARY) + 1]


def _shown(example: str) -> list[str]:
    """Return the lines of an example, with what cannot be seen named and what repeats itself counted."""
    example = _UNDECODABLE.sub("�", example)
    for unseen, name in _UNSEEN:
        example = unseen.sub(f"⟨{name}⟩", example)
    lines: list[str] = []
    for line, same in groupby(example.removesuffix("\n").split("\n")):
        count = len(list(same))
        lines += [line] * min(count, _MAX_SAME)
        if count > _MAX_SAME:
            lines.append(f"⟨la même ligne, encore {count - _MAX_SAME} fois⟩")
    return lines


def _fenced(lines: list[str], place: str) -> list[str]:
    language = "yaml" if place.endswith(".yml") else "markdown"
    return [f"~~~~ {language}", *lines, "~~~~"]


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}".rstrip() for line in lines]


def _plain(text: str) -> str:
    """Return Markdown as plain text: code stands between French quotation marks."""
    return _MARKUP.sub(lambda match: match["strong"] or f"« {match['code']} »", text)


def _wrapped(text: str) -> str:
    """Wrap a paragraph; French punctuation stays with the word it belongs to."""
    glued = _GLUED.sub("\u00a0", _plain(text))
    lines = textwrap.wrap(
        glued,
        _WIDTH,
        initial_indent="  ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines).replace("\u00a0", " ")
