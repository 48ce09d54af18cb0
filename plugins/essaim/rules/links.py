"""What can go wrong between pages."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

MISSING_REFERENCE = Rule(
    code="ES301",
    name="renvoi-introuvable",
    severity=Severity.ERROR,
    title="La fiche citée n'existe pas",
    message="Aucune fiche {types} ne s'appelle « {target} ».",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

AMBIGUOUS_REFERENCE = Rule(
    code="ES302",
    name="renvoi-ambigu",
    severity=Severity.ERROR,
    title="Plusieurs fiches portent ce nom",
    message="« {target} » peut désigner {candidates} : écrivez l'un de ces identifiants.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

WRONG_TYPE = Rule(
    code="ES303",
    name="renvoi-mauvais-type",
    severity=Severity.ERROR,
    title="La fiche citée n'est pas du bon type",
    message="« {target} » est {actual} ; le champ « {key} » attend {expected}.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

SELF_REFERENCE = Rule(
    code="ES304",
    name="renvoi-a-soi",
    severity=Severity.ERROR,
    title="La fiche se cite elle-même",
    message="Le champ « {key} » ne peut pas désigner la fiche elle-même.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

CYCLE = Rule(
    code="ES305",
    name="boucle",
    severity=Severity.ERROR,
    title="Les fiches tournent en rond",
    message="« {key} » tourne en rond : {cycle}. Retirez l'un de ces renvois.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

MISSING_LINK = Rule(
    code="ES306",
    name="lien-a-ecrire",
    severity=Severity.WARNING,
    title="Le lien mène à une page qui n'existe pas encore",
    message="Aucune page ne s'appelle « {target} » : corrigez le lien, ou écrivez la page.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

AMBIGUOUS_LINK = Rule(
    code="ES307",
    name="lien-ambigu",
    severity=Severity.WARNING,
    title="Le lien peut mener à plusieurs pages",
    message="« {target} » peut désigner {candidates} : écrivez l'un de ces identifiants.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

MISSING_SECTION = Rule(
    code="ES308",
    name="section-introuvable",
    severity=Severity.WARNING,
    title="La section citée n'existe pas",
    message="La page « {page} » n'a pas de section « {section} ».",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

MISSING_PATH = Rule(
    code="ES309",
    name="chemin-introuvable",
    severity=Severity.WARNING,
    title="Le chemin du lien ne mène à rien",
    message="Le chemin « {target} » ne mène à aucun fichier publié.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

DUPLICATE_ID = Rule(
    code="ES310",
    name="identifiant-en-double",
    severity=Severity.ERROR,
    title="Deux fiches ont le même identifiant",
    message="L'identifiant « {id} » est déjà celui de « {other} » : renommez l'un des deux fichiers.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

DUPLICATE_ALIAS = Rule(
    code="ES311",
    name="autre-nom-en-double",
    severity=Severity.ERROR,
    title="Un autre nom est déjà pris",
    message="« {alias} » désigne déjà « {other} » : gardez ce nom sur une seule fiche.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

ORPHAN = Rule(
    code="ES312",
    name="page-isolee",
    severity=Severity.INFO,
    title="Aucune page ne mène ici",
    message="Aucune autre page ne cite celle-ci : un lien aiderait à la trouver.",
    meaning="",
    remedy="",
    wrong="""""",
    right="""""",
)

ALL = (
    MISSING_REFERENCE,
    AMBIGUOUS_REFERENCE,
    WRONG_TYPE,
    SELF_REFERENCE,
    CYCLE,
    MISSING_LINK,
    AMBIGUOUS_LINK,
    MISSING_SECTION,
    MISSING_PATH,
    DUPLICATE_ID,
    DUPLICATE_ALIAS,
    ORPHAN,
)
