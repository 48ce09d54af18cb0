"""What can go wrong between a page's fields and what its type declares."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

UNKNOWN_KEY = Rule(
    code="ES201",
    name="champ-inconnu",
    severity=Severity.ERROR,
    title="Ce champ n'existe pas pour ce type",
    message="Le champ « {key} » n'existe pas {where}.",
    meaning="Chaque type de fiche a sa liste de champs, écrite dans le fichier `_type.yml` de son dossier, et celui-ci n'y est pas. Sa valeur ne s'afficherait nulle part. C'est souvent une faute de frappe.",
    remedy="Corrigez le nom du champ, ou effacez la ligne et dites la même chose dans le texte. Si beaucoup de fiches ont besoin de ce champ, ajoutez-le dans `_type.yml`.",
    wrong="""\
---
titre: Faire du pain
auteurs: Amina Diop
---
""",
    right="""\
---
titre: Faire du pain
auteur: Amina Diop
---
""",
)

MISSING_FIELD = Rule(
    code="ES202",
    name="champ-manquant",
    severity=Severity.ERROR,
    title="Un champ obligatoire manque",
    message="Le champ obligatoire « {key} » manque{where}.",
    meaning="Ce champ est obligatoire pour ce type de fiche : le site s'en sert pour afficher, ranger ou retrouver les fiches. Il est absent, ou vide.",
    remedy="Ajoutez le champ dans l'en-tête, entre les deux lignes `---`, et remplissez-le.",
    wrong="""\
---
niveau: facile
---
""",
    right="""\
---
titre: Faire du pain
niveau: facile
---
""",
)

WRONG_SHAPE = Rule(
    code="ES203",
    name="forme-inattendue",
    severity=Severity.ERROR,
    title="La valeur n'a pas la forme attendue",
    message="Le champ « {key} » attend {expected}.",
    meaning="Le champ attend une liste et il a reçu une valeur seule, ou l'inverse. Le site préfère demander plutôt que de couper votre phrase à chaque virgule.",
    remedy="Suivez la forme que le message indique. Dans une liste, chaque élément a sa ligne, qui commence par deux espaces, un tiret et une espace.",
    wrong="""\
---
titre: Faire du pain
mots: farine, eau
---
""",
    right="""\
---
titre: Faire du pain
mots:
  - farine
  - eau
---
""",
)

INVALID_VALUE = Rule(
    code="ES204",
    name="valeur-invalide",
    severity=Severity.ERROR,
    title="La valeur ne convient pas",
    message="« {value} » ne convient pas à « {key} » : {problem}.",
    meaning="Une date, un nombre, une adresse ont chacun leur façon de s'écrire, pour que le site puisse les trier et les comparer. Cette valeur est écrite autrement, ou n'existe pas.",
    remedy="Réécrivez la valeur comme dans l'exemple que donne le message. Une date s'écrit année, mois, jour : `2026-11-22`.",
    wrong="""\
---
titre: Faire du pain
date: 22/11/2026
---
""",
    right="""\
---
titre: Faire du pain
date: 2026-11-22
---
""",
)

UNKNOWN_CHOICE = Rule(
    code="ES205",
    name="choix-inconnu",
    severity=Severity.ERROR,
    title="Ce choix n'est pas dans la liste",
    message="« {value} » n'est pas un choix de « {key} » : {choices}.",
    meaning="Ce champ se remplit avec un choix pris dans une liste, la même pour toutes les fiches de ce type. C'est ce qui permet de les filtrer sans en oublier.",
    remedy="Prenez l'un des choix que cite le message, écrit de la même façon. S'il en manque un, il s'ajoute dans le fichier `_type.yml` du dossier.",
    wrong="""\
---
titre: Faire du pain
niveau: simple
---
""",
    right="""\
---
titre: Faire du pain
niveau: facile
---
""",
)

OUT_OF_BOUNDS = Rule(
    code="ES206",
    name="hors-limites",
    severity=Severity.ERROR,
    title="La valeur est trop longue, trop courte, trop grande ou trop petite",
    message="« {key} » {problem}.",
    meaning="Ce champ a une limite, de longueur ou de grandeur, pour que les listes du site restent lisibles et que les valeurs soient plausibles.",
    remedy="Changez la valeur pour respecter la limite que donne le message. Une phrase trop longue trouvera sa place dans le texte de la fiche.",
    wrong="""\
---
titre: Faire du pain
places: 120
---
""",
    right="""\
---
titre: Faire du pain
places: 12
---
""",
)

WRONG_COUNT = Rule(
    code="ES207",
    name="nombre-d-elements",
    severity=Severity.ERROR,
    title="Il y a trop ou trop peu d'éléments",
    message="« {key} » compte {count} élément(s) : il en faut {problem}.",
    meaning="Ce champ reçoit une liste, et ce type de fiche fixe le nombre d'éléments qu'elle peut avoir.",
    remedy="Retirez les éléments en trop, ou ajoutez ceux qui manquent.",
    wrong="""\
---
titre: Faire du pain
mots: [farine, eau, sel, levain]
---
""",
    right="""\
---
titre: Faire du pain
mots: [farine, eau, levain]
---
""",
)

MISSING_FILE = Rule(
    code="ES208",
    name="fichier-absent",
    severity=Severity.ERROR,
    title="Le fichier cité n'existe pas",
    message="Le fichier « {value} » n'existe pas.",
    meaning="Un champ cite un fichier, une image ou un document à télécharger, et il n'y a pas de fichier à cet endroit. Le lecteur aurait un lien qui ne s'ouvre pas.",
    remedy="Vérifiez le nom du fichier, avec ses majuscules et ses accents, et le dossier où il se trouve : le chemin part du dossier de la fiche. S'il manque, ajoutez-le.",
    wrong="""\
---
titre: Faire du pain
modele: modeles/course.txt
---
""",
    right="""\
---
titre: Faire du pain
modele: modeles/courses.txt
---
""",
)

COMPUTED_FIELD = Rule(
    code="ES209",
    name="champ-calcule",
    severity=Severity.ERROR,
    title="Ce champ se calcule tout seul",
    message="Le champ « {key} » se calcule tout seul : effacez-le.",
    meaning="Le site calcule ce champ à partir des autres, chaque fois qu'il est construit. Ce que vous écrivez ici ne compterait pas, et un jour dirait autre chose que le calcul.",
    remedy="Effacez la ligne. Pour changer ce que dit le champ, changez ce dont il dépend : le fichier `_type.yml` du dossier le dit, après `computed`.",
    wrong="""\
---
titre: Faire du pain
places: 2
avis: en groupe
---
""",
    right="""\
---
titre: Faire du pain
places: 2
---
""",
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
    COMPUTED_FIELD,
)
