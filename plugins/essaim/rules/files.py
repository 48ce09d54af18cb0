"""What a file's bytes and names can get wrong."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

NOT_UTF8 = Rule(
    code="ES001",
    name="fichier-illisible",
    severity=Severity.ERROR,
    title="Le fichier n'est pas en UTF-8",
    message="Ce fichier n'est pas enregistré en UTF-8 : enregistrez-le de nouveau avec ce codage.",
    meaning="Le fichier n'est pas enregistré en UTF-8, la façon d'écrire les lettres que tout le web partage. Ses accents s'afficheraient de travers.",
    remedy="Rouvrez le fichier dans votre éditeur de texte et enregistrez-le avec le codage « UTF-8 ». Puis relisez les accents : retapez ceux qui ont souffert.",
    wrong="""\
---
titre: Faire du pain
---

Ce pain accompagne bien le caf\udce9.
""",
    right="""\
---
titre: Faire du pain
---

Ce pain accompagne bien le café.
""",
)

BYTE_ORDER_MARK = Rule(
    code="ES002",
    name="marque-d-ordre",
    severity=Severity.WARNING,
    title="Un caractère invisible ouvre le fichier",
    message="Un caractère invisible (marque d'ordre des octets) ouvre ce fichier : enregistrez-le en « UTF-8 sans BOM ».",
    meaning="Un caractère qui ne se voit pas, la « marque d'ordre des octets », se trouve au tout début du fichier. Certains logiciels l'ajoutent sans le dire, et d'autres ne reconnaissent plus l'en-tête à cause de lui.",
    remedy="Enregistrez le fichier en « UTF-8 » et non en « UTF-8 avec BOM » : la fenêtre « Enregistrer sous » de votre éditeur propose les deux.",
    wrong="""\
\ufeff---
titre: Faire du pain
---
""",
    right="""\
---
titre: Faire du pain
---
""",
)

CONTROL_CHARACTER = Rule(
    code="ES003",
    name="caractere-interdit",
    severity=Severity.ERROR,
    title="Un caractère de commande se cache dans le texte",
    message="Le caractère invisible {character} ne peut pas être publié : retirez-le.",
    meaning="Un caractère qui ne se voit pas s'est glissé dans le texte, souvent par un copier-coller depuis un traitement de texte. Il peut tromper un lecteur ou abîmer la page : le site ne le publie pas.",
    remedy="Allez à l'endroit indiqué, effacez ce caractère, puis retapez une espace ou un retour à la ligne s'il en manque un.",
    wrong="""\
---
titre: Faire du pain
---

Mélangez la farine et l'eau.\u000bLaissez reposer une heure.
""",
    right="""\
---
titre: Faire du pain
---

Mélangez la farine et l'eau.
Laissez reposer une heure.
""",
)

TOO_LARGE = Rule(
    code="ES004",
    name="fichier-trop-gros",
    severity=Severity.ERROR,
    title="Le fichier est trop gros",
    message="{what} dépasse {limit} : découpez cette fiche en plusieurs.",
    meaning="Le fichier est si long qu'il ralentirait le site, et que peu de gens le liraient jusqu'au bout. La limite est de 400 000 caractères pour le texte, et de 200 000 pour l'en-tête.",
    remedy="Découpez la fiche en plusieurs, une par sujet, et reliez-les par des liens.",
    wrong="""\
---
titre: Faire du pain
---

"""
    + "Encore une ligne d'une fiche qui n'en finit pas.\n" * 9_000,
    right="""\
---
titre: Faire du pain
---

L'essentiel tient en une page. La suite est dans [[cuire]].
""",
)

PATH_COLLISION = Rule(
    code="ES005",
    name="adresse-en-double",
    severity=Severity.ERROR,
    title="Deux fichiers auraient la même adresse",
    message="Cette fiche aurait la même adresse que « {other} » sur le site : déplacez ou renommez l'une des deux.",
    meaning="Le dossier `docs` et les autres collections sont publiés ensemble : `docs/notes/recolte.md` et `notes/recolte.md` auraient la même adresse sur le site. De même `pain.md` et `pain/index.md`, ou `index.md` et `README.md` dans un même dossier. L'une des deux pages cacherait l'autre.",
    remedy="Renommez ou déplacez l'une des deux. Si elles disent la même chose, réunissez-les en une seule.",
    wrong="""\
---
titre: La récolte de cette année
---
""",
    right="""\
---
titre: La récolte de cette année
---
""",
    place="docs/notes/recolte.md",
    right_place="docs/notes/recolte-de-l-annee.md",
)

STRAY = Rule(
    code="ES006",
    name="fichier-a-part",
    severity=Severity.WARNING,
    title="Ce fichier ressemble à une fiche et n'en est pas une",
    message="Ce fichier n'a pas l'extension « md » en minuscules : il n'est ni vérifié ni publié.",
    meaning="""\
Une fiche est un fichier dont le nom finit par l'extension « md », en minuscules. Celui-ci ressemble à une fiche, mais son nom finit
autrement : c'est peut-être une copie laissée par un logiciel. Il n'est ni vérifié ni publié.""",
    remedy="""\
Si c'est une fiche, renommez le fichier avec l'extension « md ». Si c'est une copie, effacez-la.""",
    wrong="""\
---
titre: Faire du pain
---
""",
    right="""\
---
titre: Faire du pain
---
""",
    place="docs/fiches/exemple.MD",
    right_place="docs/fiches/exemple.md",
)

ALL = (
    NOT_UTF8,
    BYTE_ORDER_MARK,
    CONTROL_CHARACTER,
    TOO_LARGE,
    PATH_COLLISION,
    STRAY,
)
