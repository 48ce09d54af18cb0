"""What can go wrong in the text of a page."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

MISSING_SECTION_TITLE = Rule(
    code="ES401",
    name="section-manquante",
    severity=Severity.ERROR,
    title="Une section obligatoire manque",
    message="La section « {section} » manque : ajoutez un titre « ## {section} » et son texte.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

SECTION_FORM = Rule(
    code="ES402",
    name="forme-de-section",
    severity=Severity.ERROR,
    title="La section n'a pas la forme attendue",
    message="La section « {section} » attend {form}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

UNCLOSED_FENCE = Rule(
    code="ES403",
    name="bloc-de-code-ouvert",
    severity=Severity.ERROR,
    title="Un bloc de code n'est pas fermé",
    message="Ce bloc de code s'ouvre et ne se ferme pas : ajoutez une ligne « {fence} » à sa fin.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

UNCLOSED_COMMENT = Rule(
    code="ES404",
    name="commentaire-ouvert",
    severity=Severity.ERROR,
    title="Un commentaire n'est pas fermé",
    message="Ce commentaire s'ouvre et ne se ferme pas : ajoutez « --> » à sa fin.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

TOO_COMPLEX = Rule(
    code="ES405",
    name="texte-trop-complexe",
    severity=Severity.ERROR,
    title="Le texte est trop complexe pour être affiché",
    message="{what} : simplifiez ce passage.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

UNKNOWN_VARIABLE = Rule(
    code="ES406",
    name="variable-inconnue",
    severity=Severity.WARNING,
    title="Cette variable n'existe pas",
    message="La variable « {name} » n'est pas dans « {file} ».",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

EMPTY_VARIABLE = Rule(
    code="ES407",
    name="variable-a-remplir",
    severity=Severity.INFO,
    title="Cette variable n'a pas encore de valeur",
    message="La variable « {name} » est vide : le lecteur voit « à compléter par votre coopérative ».",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

ALL = (
    MISSING_SECTION_TITLE,
    SECTION_FORM,
    UNCLOSED_FENCE,
    UNCLOSED_COMMENT,
    TOO_COMPLEX,
    UNKNOWN_VARIABLE,
    EMPTY_VARIABLE,
)
