"""What can go wrong in the YAML between the two `---` lines."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

MISSING_FRONT_MATTER = Rule(
    code="ES101",
    name="en-tete-absent",
    severity=Severity.ERROR,
    title="La fiche n'a pas d'en-tête",
    message="Cette fiche commence sans en-tête : ajoutez au début les champs {fields} entre deux lignes « --- ».",
    meaning="Une fiche commence par un en-tête : quelques lignes `champ: valeur`, entre deux lignes `---`. Sans lui, le site ne connaît ni le titre de la fiche, ni ce qu'il faut pour la ranger.",
    remedy="Tout en haut du fichier, ajoutez une ligne `---`, les champs que le message nomme, puis une seconde ligne `---`. Le texte vient ensuite.",
    wrong="""\
Mélangez la farine et l'eau.
""",
    right="""\
---
titre: Faire du pain
---

Mélangez la farine et l'eau.
""",
)

UNCLOSED_FRONT_MATTER = Rule(
    code="ES102",
    name="en-tete-ouvert",
    severity=Severity.ERROR,
    title="L'en-tête n'est pas fermé",
    message="L'en-tête s'ouvre ici et ne se ferme pas : ajoutez une ligne « --- » après le dernier champ.",
    meaning="L'en-tête commence par une ligne `---` et finit par une autre. Sans la seconde, on ne sait pas où s'arrêtent les champs et où commence le texte.",
    remedy="Ajoutez une ligne `---`, seule, juste après le dernier champ.",
    wrong="""\
---
titre: Faire du pain

Mélangez la farine et l'eau.
""",
    right="""\
---
titre: Faire du pain
---

Mélangez la farine et l'eau.
""",
)

YAML_SYNTAX = Rule(
    code="ES103",
    name="en-tete-mal-forme",
    severity=Severity.ERROR,
    title="L'en-tête ne se lit pas",
    message="Cette ligne de l'en-tête ne se lit pas : {problem}.",
    meaning="Une ligne de l'en-tête, entre les deux lignes `---`, n'est pas écrite comme le site sait la lire. Le plus souvent, un guillemet ou un crochet s'ouvre et ne se ferme pas, ou la ligne n'est pas alignée avec les autres.",
    remedy="Regardez l'endroit indiqué, puis la ligne du dessus : fermez ce qui est ouvert, alignez ce qui doit l'être. Dans le doute, mettez toute la valeur entre guillemets droits.",
    wrong="""\
---
titre: "Faire du pain
---
""",
    right="""\
---
titre: "Faire du pain"
---
""",
)

UNQUOTED_COLON = Rule(
    code="ES104",
    name="deux-points",
    severity=Severity.ERROR,
    title="Deux-points sans guillemets",
    message="Cette valeur contient « : » : mettez-la entre guillemets droits.",
    meaning="Dans l'en-tête, entre les deux lignes `---`, deux-points suivis d'une espace séparent le nom d'un champ de sa valeur. Quand la valeur en contient aussi, on ne sait plus où elle commence.",
    remedy="Mettez toute la valeur entre guillemets droits.",
    wrong="""\
---
titre: Le pain : farine, eau, patience
---
""",
    right="""\
---
titre: "Le pain : farine, eau, patience"
---
""",
)

SPECIAL_SPACE = Rule(
    code="ES105",
    name="espace-insecable",
    severity=Severity.ERROR,
    title="Espace insécable dans l'en-tête",
    message="Une espace insécable remplace ici une espace ordinaire, et le champ n'est pas reconnu : tapez une espace simple.",
    meaning="Une espace insécable, celle que les traitements de texte posent près des deux-points, ressemble à une espace ordinaire sans en être une. À cause d'elle, le nom du champ n'est pas reconnu.",
    remedy="Effacez-la à l'endroit indiqué et retapez une espace simple. Sous l'en-tête, dans le texte, les espaces insécables sont les bienvenues.",
    wrong="""\
---
titre:\u00a0Faire du pain
---
""",
    right="""\
---
titre: Faire du pain
---
""",
)

CUT_BY_HASH = Rule(
    code="ES106",
    name="diese",
    severity=Severity.ERROR,
    title="Le dièse coupe la valeur",
    message="Tout ce qui suit « # » serait ignoré : mettez la valeur entre guillemets droits.",
    meaning="Dans l'en-tête, entre les deux lignes `---`, le signe `#` après une espace ouvre une remarque que le site ne lit pas. La fin de votre valeur serait perdue.",
    remedy="Mettez toute la valeur entre guillemets droits. Si c'était bien une remarque, effacez-la.",
    wrong="""\
---
titre: Faire du pain, atelier #3
---
""",
    right="""\
---
titre: "Faire du pain, atelier #3"
---
""",
)

DUPLICATE_KEY = Rule(
    code="ES107",
    name="champ-en-double",
    severity=Severity.ERROR,
    title="Un champ est écrit deux fois",
    message="Le champ « {key} » est déjà rempli à la ligne {line} : gardez une seule des deux valeurs.",
    meaning="Le même champ est rempli deux fois. Le site ne peut pas deviner laquelle des deux valeurs est la bonne.",
    remedy="Gardez une ligne et effacez l'autre. Un champ qui accepte plusieurs valeurs les reçoit en liste, comme `mots: [farine, eau]`.",
    wrong="""\
---
titre: Faire du pain
niveau: facile
niveau: moyen
---
""",
    right="""\
---
titre: Faire du pain
niveau: moyen
---
""",
)

ALIAS = Rule(
    code="ES108",
    name="ancre",
    severity=Severity.ERROR,
    title="Ancre ou alias YAML",
    message="Le signe « {sign} » en début de valeur a un sens spécial : mettez la valeur entre guillemets droits.",
    meaning="Au début d'une valeur, les signes `*` et `&` demandent de recopier un autre morceau de l'en-tête. Le site ne s'en sert pas, et votre texte serait perdu.",
    remedy="Mettez toute la valeur entre guillemets droits, ou effacez le signe.",
    wrong="""\
---
titre: Faire du pain
resume: *nouveau
---
""",
    right="""\
---
titre: Faire du pain
resume: "*nouveau"
---
""",
)

TAG = Rule(
    code="ES109",
    name="etiquette",
    severity=Severity.ERROR,
    title="Étiquette YAML",
    message="Le signe « ! » en début de valeur a un sens spécial : mettez la valeur entre guillemets droits.",
    meaning="Au début d'une valeur, le signe `!` est un réglage pour les logiciels, et le mot qui le suit ne serait pas lu comme du texte.",
    remedy="Mettez toute la valeur entre guillemets droits, ou effacez le signe.",
    wrong="""\
---
titre: Faire du pain
resume: !nouveau un pain sans pétrissage
---
""",
    right="""\
---
titre: Faire du pain
resume: "!nouveau un pain sans pétrissage"
---
""",
)

TAB = Rule(
    code="ES110",
    name="tabulation",
    severity=Severity.ERROR,
    title="Tabulation dans l'en-tête",
    message="Une tabulation sert ici de retrait : remplacez-la par des espaces.",
    meaning="Dans l'en-tête, entre les deux lignes `---`, le vide au début d'une ligne dit de quoi elle dépend. Il se fait avec des espaces : la touche Tabulation n'y est pas acceptée, car sa largeur change d'un écran à l'autre.",
    remedy="Effacez la tabulation et tapez deux espaces à sa place.",
    wrong="""\
---
titre: Faire du pain
mots:
\t- farine
---
""",
    right="""\
---
titre: Faire du pain
mots:
  - farine
---
""",
)

TOO_DEEP = Rule(
    code="ES111",
    name="trop-imbrique",
    severity=Severity.ERROR,
    title="L'en-tête est trop imbriqué",
    message="L'en-tête a plus de {limit} niveaux d'imbrication : simplifiez cette valeur.",
    meaning="Des listes sont rangées dans des listes, plus profond que le site n'accepte de lire. Ce sont presque toujours des crochets tapés sans le vouloir.",
    remedy="Gardez une valeur simple, ou une seule liste.",
    wrong="""\
---
titre: Faire du pain
mots: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[farine]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
---
""",
    right="""\
---
titre: Faire du pain
mots: [farine]
---
""",
)

SECOND_DOCUMENT = Rule(
    code="ES112",
    name="second-en-tete",
    severity=Severity.ERROR,
    title="Un second en-tête suit le premier",
    message="Une fiche n'a qu'un en-tête : réunissez ici tous les champs entre les deux premières lignes « --- ».",
    meaning="D'autres champs suivent l'en-tête, avec leur propre ligne `---`. Une fiche n'a qu'un en-tête : ceux-là s'afficheraient au milieu du texte.",
    remedy="Remontez ces champs entre les deux premières lignes `---`, puis effacez la ligne `---` de trop.",
    wrong="""\
---
titre: Faire du pain
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

NOT_A_MAPPING = Rule(
    code="ES113",
    name="en-tete-sans-champs",
    severity=Severity.ERROR,
    title="L'en-tête n'est pas une suite de champs",
    message="L'en-tête s'écrit « champ: valeur », un champ par ligne.",
    meaning="Entre les deux lignes `---`, il y a du texte et aucun champ. Un champ s'écrit avec son nom, deux-points, une espace et sa valeur, sur une ligne à lui.",
    remedy="Écrivez devant chaque valeur le nom de son champ, comme `titre: Faire du pain`. Le texte libre vient sous la seconde ligne `---`.",
    wrong="""\
---
Faire du pain
---
""",
    right="""\
---
titre: Faire du pain
---
""",
)

BAD_KEY = Rule(
    code="ES114",
    name="nom-de-champ",
    severity=Severity.ERROR,
    title="Un nom de champ n'est pas un mot simple",
    message="Le nom d'un champ est un mot simple, sans crochets ni accolades.",
    meaning="Le nom d'un champ manque, ou porte des crochets, des accolades ou un autre signe. Le site ne sait pas quel champ remplir.",
    remedy="Écrivez le nom seul, puis deux-points, une espace et la valeur. Un nom de champ n'a que des lettres, des chiffres et des tirets.",
    wrong="""\
---
titre: Faire du pain
[niveau]: facile
---
""",
    right="""\
---
titre: Faire du pain
niveau: facile
---
""",
)

RESERVED_KEY = Rule(
    code="ES115",
    name="champ-reserve",
    severity=Severity.ERROR,
    title="Ce nom de champ est réservé",
    message="Le champ « {key} » est réservé au moteur du site : retirez-le ou changez son nom.",
    meaning="Quelques noms, dont `template`, ont déjà un sens pour le moteur du site ou pour les navigateurs. Un champ qui porte l'un d'eux changerait la page au lieu de s'y afficher.",
    remedy="Retirez ce champ. Si vos fiches en ont besoin, donnez-lui un autre nom dans le fichier `_type.yml` de leur dossier.",
    wrong="""\
---
titre: Faire du pain
template: deux-colonnes
---
""",
    right="""\
---
titre: Faire du pain
---
""",
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
CODES = frozenset(rule.code for rule in ALL)
