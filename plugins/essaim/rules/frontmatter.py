"""What can go wrong in the YAML between the two `---` lines."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

MISSING_FRONT_MATTER = Rule(
    code="ES101",
    name="en-tete-absent",
    severity=Severity.ERROR,
    title="La fiche n'a pas d'en-tête",
    message="Cette fiche commence sans en-tête : ajoutez au début les champs {fields} entre deux lignes « --- ».",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

UNCLOSED_FRONT_MATTER = Rule(
    code="ES102",
    name="en-tete-ouvert",
    severity=Severity.ERROR,
    title="L'en-tête n'est pas fermé",
    message="L'en-tête s'ouvre ici et ne se ferme pas : ajoutez une ligne « --- » après le dernier champ.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

YAML_SYNTAX = Rule(
    code="ES103",
    name="en-tete-mal-forme",
    severity=Severity.ERROR,
    title="L'en-tête ne se lit pas",
    message="Cette ligne de l'en-tête ne se lit pas : {problem}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

UNQUOTED_COLON = Rule(
    code="ES104",
    name="deux-points",
    severity=Severity.ERROR,
    title="Deux-points sans guillemets",
    message="Cette valeur contient « : » : mettez-la entre guillemets droits.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

SPECIAL_SPACE = Rule(
    code="ES105",
    name="espace-insecable",
    severity=Severity.ERROR,
    title="Espace insécable dans l'en-tête",
    message="Une espace insécable remplace ici une espace ordinaire, et le champ n'est pas reconnu : tapez une espace simple.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

CUT_BY_HASH = Rule(
    code="ES106",
    name="diese",
    severity=Severity.ERROR,
    title="Le dièse coupe la valeur",
    message="Tout ce qui suit « # » serait ignoré : mettez la valeur entre guillemets droits.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

DUPLICATE_KEY = Rule(
    code="ES107",
    name="champ-en-double",
    severity=Severity.ERROR,
    title="Un champ est écrit deux fois",
    message="Le champ « {key} » est déjà rempli à la ligne {line} : gardez une seule des deux valeurs.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

ALIAS = Rule(
    code="ES108",
    name="ancre",
    severity=Severity.ERROR,
    title="Ancre ou alias YAML",
    message="Le signe « {sign} » en début de valeur a un sens spécial : mettez la valeur entre guillemets droits.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

TAG = Rule(
    code="ES109",
    name="etiquette",
    severity=Severity.ERROR,
    title="Étiquette YAML",
    message="Le signe « ! » en début de valeur a un sens spécial : mettez la valeur entre guillemets droits.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

TAB = Rule(
    code="ES110",
    name="tabulation",
    severity=Severity.ERROR,
    title="Tabulation dans l'en-tête",
    message="Une tabulation sert ici de retrait : remplacez-la par des espaces.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

TOO_DEEP = Rule(
    code="ES111",
    name="trop-imbrique",
    severity=Severity.ERROR,
    title="L'en-tête est trop imbriqué",
    message="L'en-tête a plus de {limit} niveaux d'imbrication : simplifiez cette valeur.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

SECOND_DOCUMENT = Rule(
    code="ES112",
    name="second-en-tete",
    severity=Severity.ERROR,
    title="Un second en-tête suit le premier",
    message="Une fiche n'a qu'un en-tête : réunissez ici tous les champs entre les deux premières lignes « --- ».",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

NOT_A_MAPPING = Rule(
    code="ES113",
    name="en-tete-sans-champs",
    severity=Severity.ERROR,
    title="L'en-tête n'est pas une suite de champs",
    message="L'en-tête s'écrit « champ: valeur », un champ par ligne.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

BAD_KEY = Rule(
    code="ES114",
    name="nom-de-champ",
    severity=Severity.ERROR,
    title="Un nom de champ n'est pas un mot simple",
    message="Le nom d'un champ est un mot simple, sans crochets ni accolades.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

RESERVED_KEY = Rule(
    code="ES115",
    name="champ-reserve",
    severity=Severity.ERROR,
    title="Ce nom de champ est réservé",
    message="Le champ « {key} » est réservé au moteur du site : retirez-le ou changez son nom.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

ALL = (
    MISSING_FRONT_MATTER,
    UNCLOSED_FRONT_MATTER,
    YAML_SYNTAX,
    UNQUOTED_COLON,
    SPECIAL_SPACE,
    CUT_BY_HASH,
    DUPLICATE_KEY,
    ALIAS,
    TAG,
    TAB,
    TOO_DEEP,
    SECOND_DOCUMENT,
    NOT_A_MAPPING,
    BAD_KEY,
    RESERVED_KEY,
)
