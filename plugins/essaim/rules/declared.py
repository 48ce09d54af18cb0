"""What a collection's own rules say."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

DECLARED_RULE = Rule(
    code="ES501",
    name="regle-de-la-fiche",
    severity=Severity.ERROR,
    title="Une règle de ce type de fiche n'est pas suivie",
    message="{message}",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

ALL = (DECLARED_RULE,)
