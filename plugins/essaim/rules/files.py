"""What a file's bytes and names can get wrong."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

NOT_UTF8 = Rule(
    code="ES001",
    name="fichier-illisible",
    severity=Severity.ERROR,
    title="Le fichier n'est pas en UTF-8",
    message="Ce fichier n'est pas enregistré en UTF-8 : enregistrez-le de nouveau avec ce codage.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

BYTE_ORDER_MARK = Rule(
    code="ES002",
    name="marque-d-ordre",
    severity=Severity.WARNING,
    title="Un caractère invisible ouvre le fichier",
    message="Un caractère invisible (marque d'ordre des octets) ouvre ce fichier : enregistrez-le en « UTF-8 sans BOM ».",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

CONTROL_CHARACTER = Rule(
    code="ES003",
    name="caractere-interdit",
    severity=Severity.ERROR,
    title="Un caractère de commande se cache dans le texte",
    message="Le caractère invisible {character} ne peut pas être publié : retirez-le.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

TOO_LARGE = Rule(
    code="ES004",
    name="fichier-trop-gros",
    severity=Severity.ERROR,
    title="Le fichier est trop gros",
    message="{what} dépasse {limit} : découpez cette fiche en plusieurs.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

PATH_COLLISION = Rule(
    code="ES005",
    name="adresse-en-double",
    severity=Severity.ERROR,
    title="Deux fichiers auraient la même adresse",
    message="Cette fiche aurait la même adresse que « {other} » sur le site : déplacez ou renommez l'une des deux.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

ALL = (
    NOT_UTF8,
    BYTE_ORDER_MARK,
    CONTROL_CHARACTER,
    TOO_LARGE,
    PATH_COLLISION,
)
