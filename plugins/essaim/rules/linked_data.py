"""What can go wrong where a `_type.yml` says what its pages are for machines."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

UNCERTAIN_WORD = Rule(
    code="ES620",
    name="mot-de-vocabulaire-incertain",
    severity=Severity.WARNING,
    title="Ce mot de schema.org semble mal écrit",
    message="« {word} » ressemble beaucoup à « {near} », un mot de schema.org.",
    meaning="Avec `linked_data`, un type dit aux moteurs de recherche ce que sont ses fiches, avec les mots de schema.org. Un mot mal écrit est publié comme il est, et aucun moteur ne le comprend.",
    remedy="Prenez le mot proposé. Si le vôtre existe vraiment dans schema.org, gardez-le : ce message est un avertissement, il n'empêche pas de publier.",
    wrong="""\
type: essai
fields:
  titre: {type: text}
linked_data: {type: HowTwo, properties: {name: titre}}
""",
    right="""\
type: essai
fields:
  titre: {type: text}
linked_data: {type: HowTo, properties: {name: titre}}
""",
    place="docs/essai/_type.yml",
)

ALL = (UNCERTAIN_WORD,)
