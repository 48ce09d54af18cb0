"""What can go wrong between pages."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

MISSING_REFERENCE = Rule(
    code="ES301",
    name="renvoi-introuvable",
    severity=Severity.ERROR,
    title="La fiche citée n'existe pas",
    message="Aucune fiche {types}ne s'appelle « {target} ».",
    meaning="Un champ de l'en-tête cite une autre fiche, et aucune fiche du bon type ne porte ce nom.",
    remedy="Corrigez le nom : le titre de la fiche, un autre de ses noms, ou le nom de son fichier sans `.md`. Si la fiche n'existe pas encore, écrivez-la d'abord.",
    wrong="""\
---
titre: Faire du pain
auteur: Amina Diopp
---
""",
    right="""\
---
titre: Faire du pain
auteur: Amina Diop
---
""",
)

AMBIGUOUS_REFERENCE = Rule(
    code="ES302",
    name="renvoi-ambigu",
    severity=Severity.ERROR,
    title="Plusieurs fiches portent ce nom",
    message="« {target} » peut désigner {candidates} : écrivez l'un de ces identifiants.",
    meaning="Un champ de l'en-tête cite une fiche par un nom que plusieurs fiches portent. Le site ne choisit pas à votre place.",
    remedy="Écrivez à la place l'un des identifiants que donne le message. Ils sont faits du type de la fiche et du nom de son fichier, sans `.md`.",
    wrong="""\
---
titre: Faire du pain
auteur: Camille Martin
---
""",
    right="""\
---
titre: Faire du pain
auteur: personne/camille-martin-jardin
---
""",
)

WRONG_TYPE = Rule(
    code="ES303",
    name="renvoi-mauvais-type",
    severity=Severity.ERROR,
    title="La fiche citée n'est pas du bon type",
    message="« {target} » est {actual} ; le champ « {key} » attend {expected}.",
    meaning="Ce champ cite des fiches d'un certain type, par exemple des personnes, et la fiche nommée est d'un autre type.",
    remedy="Citez une fiche du type attendu. Pour parler de l'autre, mettez un lien dans le texte ou prenez le champ qui lui convient.",
    wrong="""\
---
titre: Faire du pain
auteur: cuire
---
""",
    right="""\
---
titre: Faire du pain
apres: cuire
---
""",
)

SELF_REFERENCE = Rule(
    code="ES304",
    name="renvoi-a-soi",
    severity=Severity.ERROR,
    title="La fiche se cite elle-même",
    message="Le champ « {key} » ne peut pas désigner la fiche elle-même.",
    meaning="Ce champ relie la fiche à une autre, et il désigne ici la fiche elle-même. Le lecteur tournerait sur place.",
    remedy="Citez la fiche à laquelle vous pensiez, ou retirez le champ.",
    wrong="""\
---
titre: Faire du pain
apres: exemple
---
""",
    right="""\
---
titre: Faire du pain
apres: cuire
---
""",
)

CYCLE = Rule(
    code="ES305",
    name="boucle",
    severity=Severity.ERROR,
    title="Les fiches tournent en rond",
    message="« {key} » tourne en rond : {cycle}. Retirez l'un de ces renvois.",
    meaning="Ce champ range les fiches l'une après l'autre. Ici, en le suivant de fiche en fiche, on revient au point de départ : il n'y a plus de début.",
    remedy="Le message donne le tour complet : retirez-en un renvoi, celui qui est le moins vrai. Ici, la fiche « Pétrir » vient déjà après « Nourrir le levain ».",
    wrong="""\
---
titre: Nourrir le levain
apres: petrir
---
""",
    right="""\
---
titre: Nourrir le levain
---
""",
    place="docs/fiches/levain.md",
)

MISSING_LINK = Rule(
    code="ES306",
    name="lien-a-ecrire",
    severity=Severity.WARNING,
    title="Le lien mène à une page qui n'existe pas encore",
    message="Aucune page ne s'appelle « {target} » : corrigez le lien, ou écrivez la page.",
    meaning="Un lien du texte cite une page qui n'existe pas, ou pas encore. La fiche est publiée, mais ce lien ne mène nulle part.",
    remedy="Corrigez le nom entre les doubles crochets, ou écrivez la page qui manque.",
    wrong="""\
---
titre: Faire du pain
---

Demandez du levain à [[Amina Diopp]].
""",
    right="""\
---
titre: Faire du pain
---

Demandez du levain à [[Amina Diop]].
""",
)

AMBIGUOUS_LINK = Rule(
    code="ES307",
    name="lien-ambigu",
    severity=Severity.WARNING,
    title="Le lien peut mener à plusieurs pages",
    message="« {target} » peut désigner {candidates} : écrivez l'un de ces identifiants.",
    meaning="Un lien du texte cite une page par un nom que plusieurs pages portent. La fiche est publiée, mais le site ne choisit pas à votre place où mène le lien.",
    remedy="Écrivez l'un des identifiants que donne le message, puis une barre verticale et les mots à afficher.",
    wrong="""\
---
titre: Faire du pain
---

Demandez du levain à [[Camille Martin]].
""",
    right="""\
---
titre: Faire du pain
---

Demandez du levain à [[personne/camille-martin-jardin|Camille Martin]].
""",
)

MISSING_SECTION = Rule(
    code="ES308",
    name="section-introuvable",
    severity=Severity.WARNING,
    title="La section citée n'existe pas",
    message="La page « {page} » n'a pas de section « {section} ».",
    meaning="Après le signe `#`, le lien nomme une section, et la page citée n'a pas de titre de ce nom. Le lecteur arriverait en haut de la page.",
    remedy="Recopiez le titre de la section comme il est écrit dans la page citée, ou effacez le signe `#` et ce qui le suit.",
    wrong="""\
---
titre: Faire du pain
---

Le four doit être bien chaud : [[cuire#Chaleur]].
""",
    right="""\
---
titre: Faire du pain
---

Le four doit être bien chaud : [[cuire#Température]].
""",
)

MISSING_PATH = Rule(
    code="ES309",
    name="chemin-introuvable",
    severity=Severity.WARNING,
    title="Le chemin du lien ne mène à rien",
    message="Le chemin « {target} » ne mène à aucun fichier publié.",
    meaning="Le lien donne le chemin d'un fichier, et rien n'est publié à cet endroit. La fiche est publiée, mais ce lien ne mène nulle part.",
    remedy="Vérifiez le chemin : il part du dossier de la page, et `../` remonte d'un dossier. Un lien par le nom, comme `[[cuire]]`, évite d'y penser.",
    wrong="""\
---
titre: Faire du pain
---

Passez ensuite à [la cuisson](cuisson.md).
""",
    right="""\
---
titre: Faire du pain
---

Passez ensuite à [la cuisson](cuire.md).
""",
)

DUPLICATE_ID = Rule(
    code="ES310",
    name="identifiant-en-double",
    severity=Severity.ERROR,
    title="Deux fiches ont le même identifiant",
    message="L'identifiant « {id} » est déjà celui de « {other} » : renommez l'un des deux fichiers.",
    meaning="Le nom du fichier, sans `.md`, est l'identifiant de la fiche : c'est par lui que les autres la citent. Deux fiches du même type ont ici le même, chacune dans son dossier.",
    remedy="Renommez l'un des deux fichiers, puis corrigez les liens qui le citaient.",
    wrong="""\
---
titre: Pétrir une brioche
---
""",
    right="""\
---
titre: Pétrir une brioche
---
""",
    place="docs/fiches/sucre/petrir.md",
    right_place="docs/fiches/sucre/petrir-une-brioche.md",
)

DUPLICATE_ALIAS = Rule(
    code="ES311",
    name="autre-nom-en-double",
    severity=Severity.ERROR,
    title="Un autre nom est déjà pris",
    message="« {alias} » désigne déjà « {other} » : gardez ce nom sur une seule fiche.",
    meaning="Le champ `alias` donne d'autres noms à une fiche. Celui-ci désigne déjà une autre fiche du même type : un lien qui l'emploie pourrait mener à l'une ou à l'autre.",
    remedy="Laissez ce nom à la fiche qu'il désigne le mieux, et retirez-le de l'autre.",
    wrong="""\
---
titre: Faire du pain
alias: [enfourner, boulanger]
---
""",
    right="""\
---
titre: Faire du pain
alias: [boulanger]
---
""",
)

ORPHAN = Rule(
    code="ES312",
    name="page-isolee",
    severity=Severity.INFO,
    title="Aucune page ne mène ici",
    message="Aucune autre page ne cite celle-ci : un lien aiderait à la trouver.",
    meaning="Aucune autre page ne cite celle-ci. On ne la trouve que par la recherche, ou par la liste de son dossier.",
    remedy="Rien ne presse, la page est publiée. Ajoutez un lien vers elle là où il serait utile : ici, la page d'accueil cite la note « La récolte », qui était isolée.",
    wrong="""\
---
titre: Bienvenue
---

Ici, chacun écrit ce qu'il sait faire.
""",
    right="""\
---
titre: Bienvenue
---

Ici, chacun écrit ce qu'il sait faire. Commencez par [[La récolte]].
""",
    place="docs/index.md",
)

MEMBERS_TARGET = Rule(
    code="ES313",
    name="renvoi-vers-reserve",
    severity=Severity.WARNING,
    title="Une page publique mène à une page réservée",
    message="« {target} » est réservée aux membres : le site public n'en montrera pas le lien.",
    meaning="""\
Cette page est publique, et celle qu'elle cite est réservée aux membres. Sur le site public, le lien disparaît : seuls
restent les mots que vous avez écrits.""",
    remedy="""\
Retirez le lien, ou écrivez les mots que tout le monde peut lire. Si la page citée peut être publique, changez la
visibilité de son type avec la personne qui répond du site.""",
    wrong="""\
---
titre: Faire du pain
---

Le prix de revient est dans [[comptes]].
""",
    right="""\
---
titre: Faire du pain
---

Le prix de revient se demande à l'équipe.
""",
)

EMBEDDING_RING = Rule(
    code="ES314",
    name="inclusion-en-boucle",
    severity=Severity.WARNING,
    title="Un passage se montre lui-même",
    message="Ce passage se contient lui-même : {trail}. Remplacez l'inclusion par un lien.",
    meaning="""\
Une inclusion (`![[…]]`) montre ici un passage qui, de page en page, contient cette même inclusion : il faudrait le
montrer sans fin. À sa place, le site met un simple lien.""",
    remedy="Retirez le point d'exclamation : l'inclusion devient un lien. Ou montrez une autre section.",
    wrong="""\
---
titre: Faire du pain
---

## Cuisson

Comptez quarante minutes.

![[exemple#Cuisson]]
""",
    right="""\
---
titre: Faire du pain
---

## Cuisson

Comptez quarante minutes.
""",
)

DEAD_ADDRESS = Rule(
    code="ES315",
    name="adresse-sans-suite",
    severity=Severity.WARNING,
    title="Le site ne peut pas suivre cette adresse",
    message="L'adresse « {target} » ne peut pas être suivie : copiez-la en entier depuis le navigateur.",
    meaning="""\
Cette adresse est mal formée, ou commence par un mot que le site n'accepte pas. Une page peut mener à une adresse en
`https:` ou `http:`, à un courriel (`mailto:`) ou à un téléphone (`tel:`). Pour le reste, seuls les mots du lien sont
publiés.""",
    remedy="""\
Ouvrez la page visée dans un navigateur, copiez son adresse entière et collez-la ici. Pour un fichier de votre
ordinateur, posez-le dans le wiki à côté de la fiche, puis citez-le par son chemin.""",
    wrong="""\
---
titre: Faire du pain
---

Le [tableau des cuissons](file:///C:/Users/amina/cuissons.ods) est à jour.
""",
    right="""\
---
titre: Faire du pain
---

Le [tableau des cuissons](https://nuage.exemple.fr/cuissons) est à jour.
""",
)

IMAGE_ELSEWHERE = Rule(
    code="ES316",
    name="image-d-un-autre-site",
    severity=Severity.INFO,
    title="L'image est sur un autre site",
    message="Cette image est sur un autre site : la page la remplace par un lien. Copiez-la dans le wiki.",
    meaning="""\
Afficher l'image d'un autre site, c'est lui dire qui lit la page, et quand. Le site ne le fait pas : un lien prend la
place de l'image.""",
    remedy="""\
Si vous en avez le droit, enregistrez l'image dans le wiki, à côté de la fiche, et citez-la par son chemin. Sinon, le
lien suffit.""",
    wrong="""\
---
titre: Faire du pain
---

![La mie](https://images.exemple.fr/mie.jpg)
""",
    right="""\
---
titre: Faire du pain
---

[La mie](https://images.exemple.fr/mie.jpg)
""",
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
    MEMBERS_TARGET,
    EMBEDDING_RING,
    DEAD_ADDRESS,
    IMAGE_ELSEWHERE,
)
