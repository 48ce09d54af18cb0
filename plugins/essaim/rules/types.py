"""What can go wrong in a `_type.yml`."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

UNKNOWN_OPTION = Rule(
    code="ES601",
    name="option-inconnue",
    severity=Severity.ERROR,
    title="Cette option n'existe pas",
    message="L'option « {key} » n'existe pas {where}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

MISSING_OPTION = Rule(
    code="ES602",
    name="option-manquante",
    severity=Severity.ERROR,
    title="Une option obligatoire manque",
    message="L'option « {key} » manque {where}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

INVALID_OPTION = Rule(
    code="ES603",
    name="option-invalide",
    severity=Severity.ERROR,
    title="La valeur de l'option ne convient pas",
    message="L'option « {key} » attend {expected}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

UNKNOWN_FIELD_TYPE = Rule(
    code="ES604",
    name="type-de-champ-inconnu",
    severity=Severity.ERROR,
    title="Ce type de champ n'existe pas",
    message="Le type de champ « {type} » n'existe pas.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

UNKNOWN_PAGE_TYPE = Rule(
    code="ES605",
    name="type-de-fiche-inconnu",
    severity=Severity.ERROR,
    title="Ce type de fiche n'existe pas",
    message="Aucune collection ne déclare le type « {type} ».",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

INVERSE_CONFLICT = Rule(
    code="ES606",
    name="inverse-en-conflit",
    severity=Severity.ERROR,
    title="Deux relations inverses portent le même nom",
    message="La relation inverse « {name} » de « {type} » existe déjà : {other}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

EXTENDS_CYCLE = Rule(
    code="ES607",
    name="heritage-en-boucle",
    severity=Severity.ERROR,
    title="Un type finit par s'étendre lui-même",
    message="« extends » tourne en rond : {cycle}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

DUPLICATE_TYPE = Rule(
    code="ES608",
    name="type-en-double",
    severity=Severity.ERROR,
    title="Deux collections déclarent le même type",
    message="Le type « {type} » est déjà déclaré dans « {other} ».",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

PREDICATE_SYNTAX = Rule(
    code="ES609",
    name="condition-mal-ecrite",
    severity=Severity.ERROR,
    title="La condition ne se lit pas",
    message="Cette condition ne se lit pas : {problem}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

UNKNOWN_FIELD = Rule(
    code="ES610",
    name="champ-cite-inconnu",
    severity=Severity.ERROR,
    title="Le champ cité n'existe pas",
    message="Le champ « {field} » n'existe pas pour le type « {type} ».",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

PREDICATE_TYPE = Rule(
    code="ES611",
    name="comparaison-impossible",
    severity=Severity.ERROR,
    title="Cette comparaison n'a pas de sens",
    message="{problem}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

ALL = (
    UNKNOWN_OPTION,
    MISSING_OPTION,
    INVALID_OPTION,
    UNKNOWN_FIELD_TYPE,
    UNKNOWN_PAGE_TYPE,
    INVERSE_CONFLICT,
    EXTENDS_CYCLE,
    DUPLICATE_TYPE,
    PREDICATE_SYNTAX,
    UNKNOWN_FIELD,
    PREDICATE_TYPE,
)
