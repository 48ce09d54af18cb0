"""What can go wrong in a `requete` block: the page goes on without the list, and says so in its place."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule


def _page(block: str) -> str:
    return f"---\ntitre: Faire du pain\n---\n\n```requete\n{block}```\n"


NOT_A_QUERY = Rule(
    code="ES701",
    name="requete-illisible",
    severity=Severity.WARNING,
    title="Le bloc « requete » ne se lit pas",
    message="Ce bloc « requete » ne se lit pas : écrivez sur chaque ligne une clé, deux-points, une espace et une valeur.",
    meaning="Un bloc `requete` pose une question au wiki, et la page montre la réponse à sa place. Il est fait de lignes comme `de: fiche`. Celui-ci n'en a pas.",
    remedy="Écrivez au moins une ligne, par exemple ce qu'il faut chercher : `de:`, une espace, puis le nom d'un type de fiches.",
    wrong=_page("les fiches faciles\n"),
    right=_page("de: fiche\n"),
)

UNKNOWN_KEY = Rule(
    code="ES702",
    name="cle-de-requete-inconnue",
    severity=Severity.WARNING,
    title="Cette clé n'existe pas dans cette requête",
    message="La clé « {key} » n'existe pas {where}.",
    meaning="La clé est le mot avant les deux-points. Un bloc `requete` n'en accepte que certaines, et quelques-unes ne servent qu'à une vue : `lignes` n'a de sens que dans une matrice.",
    remedy="Corrigez le nom de la clé, changez de vue, ou effacez la ligne. La page d'aide « Poser une question au wiki » les donne toutes.",
    wrong=_page("de: fiche\ntrie: titre\n"),
    right=_page("de: fiche\ntri: titre\n"),
)

MISSING_KEY = Rule(
    code="ES703",
    name="cle-de-requete-manquante",
    severity=Severity.WARNING,
    title="Il manque une clé à la requête",
    message="La clé « {key} » manque {where}.",
    meaning="Certaines vues ont besoin qu'on leur dise quoi montrer : une matrice, par exemple, a des lignes et des colonnes.",
    remedy="Ajoutez une ligne avec la clé que nomme le message, deux-points, et sa valeur.",
    wrong=_page("de: fiche\nvue: matrice\nlignes: niveau\n"),
    right=_page("de: fiche\nvue: matrice\nlignes: niveau\ncolonnes: auteur\n"),
)

INVALID_VALUE = Rule(
    code="ES704",
    name="valeur-de-requete-invalide",
    severity=Severity.WARNING,
    title="Cette clé de la requête attend autre chose",
    message="La clé « {key} » attend {expected}.",
    meaning="La clé existe, mais ce qui la suit n'est pas ce qu'elle accepte.",
    remedy="Prenez une valeur comme celles que donne le message.",
    wrong=_page("de: fiche\nvue: tablau\n"),
    right=_page("de: fiche\nvue: tableau\n"),
)

UNKNOWN_TYPE = Rule(
    code="ES705",
    name="type-de-requete-inconnu",
    severity=Severity.WARNING,
    title="La requête cherche un type de fiches qui n'existe pas",
    message="Aucun type de fiches ne s'appelle « {type} ».",
    meaning="`de` dit où chercher : le nom d'un type, celui qui suit `type:` dans le fichier `_type.yml` de son dossier.",
    remedy="Corrigez le nom, ou effacez la ligne : sans `de`, la requête cherche dans tout le wiki.",
    wrong=_page("de: fichee\n"),
    right=_page("de: fiche\n"),
)

UNKNOWN_FIELD = Rule(
    code="ES706",
    name="champ-de-requete-inconnu",
    severity=Severity.WARNING,
    title="La requête nomme un champ qui n'existe pas",
    message="Le champ « {field} » n'existe pas pour {types}.",
    meaning="Une condition, un tri ou une colonne nomme un champ que ces fiches n'ont pas. Aucun lien vers elles ne porte ce nom non plus.",
    remedy="Corrigez le nom : c'est celui d'un champ, tel que l'écrit le fichier `_type.yml`, ou le `name` d'un `inverse`.",
    wrong=_page("de: fiche\ntri: titer\n"),
    right=_page("de: fiche\ntri: titre\n"),
)

BAD_CONDITION = Rule(
    code="ES707",
    name="condition-de-requete-mal-ecrite",
    severity=Severity.WARNING,
    title="La condition de la requête ne se lit pas",
    message="Cette condition ne se lit pas : {problem}.",
    meaning="Une condition dit quelles fiches garder, par exemple `places > 2 and niveau = facile`. À celle-ci, il manque quelque chose, ou il y a un signe ou un mot de trop.",
    remedy="Corrigez la condition à l'endroit indiqué. Une comparaison a un champ, un signe et une valeur ; on en relie plusieurs par `and` ou `or`. Un texte de plusieurs mots va entre apostrophes.",
    wrong=_page('de: fiche\nou: "places >"\n'),
    right=_page('de: fiche\nou: "places > 2"\n'),
)

BAD_COMPARISON = Rule(
    code="ES708",
    name="comparaison-de-requete-impossible",
    severity=Severity.WARNING,
    title="Cette comparaison de la requête n'a pas de sens",
    message="{problem}.",
    meaning="La condition compare un champ à une valeur qu'il ne peut pas avoir, ou cherche un ordre où il n'y en a pas : elle ne trouverait jamais rien.",
    remedy="Comparez avec une valeur que le champ accepte, écrite comme dans une fiche. Si le champ n'a pas d'ordre, prenez `=`, `!=`, `in` ou `contains`.",
    wrong=_page('de: fiche\nou: "niveau = facille"\n'),
    right=_page('de: fiche\nou: "niveau = facile"\n'),
)

UNKNOWN_NAME = Rule(
    code="ES709",
    name="fiche-de-requete-introuvable",
    severity=Severity.WARNING,
    title="La requête nomme une fiche qui n'existe pas",
    message="Aucune fiche {types}ne s'appelle « {target} ».",
    meaning="La condition compare un champ qui cite des fiches avec un nom, et aucune fiche ne porte ce nom : elle ne trouverait jamais rien.",
    remedy="Corrigez le nom : le titre de la fiche, un autre de ses noms, ou le nom de son fichier sans `.md`.",
    wrong=_page("de: fiche\nou: \"auteur = 'Amina Diopp'\"\n"),
    right=_page("de: fiche\nou: \"auteur = 'Amina Diop'\"\n"),
)

RESERVED_FIELD = Rule(
    code="ES710",
    name="requete-sur-un-champ-reserve",
    severity=Severity.INFO,
    title="Une page publique interroge ce qui est réservé aux membres",
    message="« {name} » est réservé aux membres : le site public montrera cette liste comme si rien n'y était écrit.",
    meaning="Le site public ne montre rien qui dépende d'un champ ou de fiches réservés aux membres. Cette liste y sera vide, plus courte ou dans un autre ordre.",
    remedy="Si c'est voulu, laissez ainsi : les membres verront la liste entière. Sinon, interrogez un champ public, ou mettez la requête dans une page réservée aux membres.",
    wrong=_page("de: reserve\n"),
    right=_page("de: fiche\n"),
)

ALL = (
    NOT_A_QUERY,
    UNKNOWN_KEY,
    MISSING_KEY,
    INVALID_VALUE,
    UNKNOWN_TYPE,
    UNKNOWN_FIELD,
    BAD_CONDITION,
    BAD_COMPARISON,
    UNKNOWN_NAME,
    RESERVED_FIELD,
)
