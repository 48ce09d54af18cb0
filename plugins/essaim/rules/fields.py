"""What can go wrong between a page's fields and what its type declares."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

UNKNOWN_KEY = Rule(
    code="ES201",
    name="champ-inconnu",
    severity=Severity.ERROR,
    title="Ce champ n'existe pas pour ce type",
    message="Le champ « {key} » n'existe pas {where}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

MISSING_FIELD = Rule(
    code="ES202",
    name="champ-manquant",
    severity=Severity.ERROR,
    title="Un champ obligatoire manque",
    message="Le champ obligatoire « {key} » manque{where}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

WRONG_SHAPE = Rule(
    code="ES203",
    name="forme-inattendue",
    severity=Severity.ERROR,
    title="La valeur n'a pas la forme attendue",
    message="Le champ « {key} » attend {expected}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

INVALID_VALUE = Rule(
    code="ES204",
    name="valeur-invalide",
    severity=Severity.ERROR,
    title="La valeur ne convient pas",
    message="« {value} » ne convient pas à « {key} » : {problem}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

UNKNOWN_CHOICE = Rule(
    code="ES205",
    name="choix-inconnu",
    severity=Severity.ERROR,
    title="Ce choix n'est pas dans la liste",
    message="« {value} » n'est pas un choix de « {key} » : {choices}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

OUT_OF_BOUNDS = Rule(
    code="ES206",
    name="hors-limites",
    severity=Severity.ERROR,
    title="La valeur est trop longue, trop courte, trop grande ou trop petite",
    message="« {key} » {problem}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

WRONG_COUNT = Rule(
    code="ES207",
    name="nombre-d-elements",
    severity=Severity.ERROR,
    title="Il y a trop ou trop peu d'éléments",
    message="« {key} » compte {count} élément(s) : il en faut {problem}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

MISSING_FILE = Rule(
    code="ES208",
    name="fichier-absent",
    severity=Severity.ERROR,
    title="Le fichier cité n'existe pas",
    message="Le fichier « {value} » n'existe pas.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

ALL = (
    UNKNOWN_KEY,
    MISSING_FIELD,
    WRONG_SHAPE,
    INVALID_VALUE,
    UNKNOWN_CHOICE,
    OUT_OF_BOUNDS,
    WRONG_COUNT,
    MISSING_FILE,
)
