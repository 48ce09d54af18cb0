"""What can go wrong in a `_type.yml`."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

UNKNOWN_OPTION = Rule(
    code="ES601",
    name="option-inconnue",
    severity=Severity.ERROR,
    title="Cette option n'existe pas",
    message="L'option « {key} » n'existe pas {where}.",
    meaning="Un fichier `_type.yml` décrit les fiches d'un dossier, avec des options qui ont chacune leur nom. Celle-ci n'existe pas : elle n'aurait aucun effet.",
    remedy="Corrigez le nom de l'option, ou effacez la ligne.",
    wrong="""\
type: essai
visibilite: members
""",
    right="""\
type: essai
visibility: members
""",
    place="docs/essai/_type.yml",
)

MISSING_OPTION = Rule(
    code="ES602",
    name="option-manquante",
    severity=Severity.ERROR,
    title="Une option obligatoire manque",
    message="L'option « {key} » manque {where}.",
    meaning="Il manque une option dont le site ne peut pas se passer : ici, un champ à choix n'a pas la liste de ses choix.",
    remedy="Ajoutez l'option que nomme le message.",
    wrong="""\
type: essai
fields:
  niveau: {type: choice}
""",
    right="""\
type: essai
fields:
  niveau: {type: choice, of: [facile, difficile]}
""",
    place="docs/essai/_type.yml",
)

INVALID_OPTION = Rule(
    code="ES603",
    name="option-invalide",
    severity=Severity.ERROR,
    title="La valeur de l'option ne convient pas",
    message="L'option « {key} » attend {expected}.",
    meaning="L'option existe, mais la valeur qui la suit n'est pas de celles qu'elle accepte.",
    remedy="Prenez une valeur comme celles que donne le message. Pour dire oui ou non, écrivez `true` ou `false`.",
    wrong="""\
type: essai
fields:
  titre: {type: text, required: toujours}
""",
    right="""\
type: essai
fields:
  titre: {type: text, required: true}
""",
    place="docs/essai/_type.yml",
)

UNKNOWN_FIELD_TYPE = Rule(
    code="ES604",
    name="type-de-champ-inconnu",
    severity=Severity.ERROR,
    title="Ce type de champ n'existe pas",
    message="Le type de champ « {type} » n'existe pas.",
    meaning="Le type d'un champ dit ce qu'on peut y écrire : du texte, une date, un choix. Celui-ci n'est pas un type que le site connaît.",
    remedy="Prenez l'un de ceux-ci : `text`, `markdown`, `integer`, `number`, `boolean`, `date`, `datetime`, `month`, `duration`, `recurrence`, `choice`, `url`, `email`, `tel`, `image`, `file`, `reference`, `territory`, `siren`, `list`, `group`.",
    wrong="""\
type: essai
fields:
  titre: {type: texte}
""",
    right="""\
type: essai
fields:
  titre: {type: text}
""",
    place="docs/essai/_type.yml",
)

UNKNOWN_PAGE_TYPE = Rule(
    code="ES605",
    name="type-de-fiche-inconnu",
    severity=Severity.ERROR,
    title="Ce type de fiche n'existe pas",
    message="Aucune collection ne déclare le type « {type} ».",
    meaning="Un champ cite des fiches d'un certain type, ou ce type reprend les champs d'un autre, et aucun dossier ne déclare celui qui est nommé.",
    remedy="Corrigez le nom : c'est celui qui suit `type:` dans le fichier `_type.yml` de l'autre dossier. S'il n'existe pas encore, créez ce dossier d'abord.",
    wrong="""\
type: essai
fields:
  auteur: {type: reference, to: personnes}
""",
    right="""\
type: essai
fields:
  auteur: {type: reference, to: personne}
""",
    place="docs/essai/_type.yml",
)

INVERSE_CONFLICT = Rule(
    code="ES606",
    name="inverse-en-conflit",
    severity=Severity.ERROR,
    title="Deux relations inverses portent le même nom",
    message="La relation inverse « {name} » de « {type} » existe déjà : {other}.",
    meaning="Une relation se lit dans les deux sens, et `inverse` lui donne un nom vu de la fiche citée. Sur ces fiches, ce nom désigne déjà autre chose.",
    remedy="Changez le nom que donne `inverse`. Deux relations qui veulent dire la même chose peuvent garder le même nom, avec le même libellé.",
    wrong="""\
type: essai
fields:
  auteur:
    type: reference
    to: personne
    inverse: {name: essais, label: "A écrit"}
  relecture:
    type: reference
    to: personne
    inverse: {name: essais, label: "A relu"}
""",
    right="""\
type: essai
fields:
  auteur:
    type: reference
    to: personne
    inverse: {name: essais, label: "A écrit"}
  relecture:
    type: reference
    to: personne
    inverse: {name: relectures, label: "A relu"}
""",
    place="docs/essai/_type.yml",
)

EXTENDS_CYCLE = Rule(
    code="ES607",
    name="heritage-en-boucle",
    severity=Severity.ERROR,
    title="Un type finit par s'étendre lui-même",
    message="« extends » tourne en rond : {cycle}.",
    meaning="Avec `extends`, un type reprend les champs d'un autre. Ici, de reprise en reprise, on revient au type de départ.",
    remedy="Retirez l'un des `extends` de la boucle. Des champs communs à plusieurs types se mettent dans un type à part, dont le nom commence par un tiret bas.",
    wrong="""\
type: essai
extends: essai
""",
    right="""\
type: essai
""",
    place="docs/essai/_type.yml",
)

DUPLICATE_TYPE = Rule(
    code="ES608",
    name="type-en-double",
    severity=Severity.ERROR,
    title="Deux collections déclarent le même type",
    message="Le type « {type} » est déjà déclaré dans « {other} ».",
    meaning="Deux dossiers déclarent un type du même nom. Le site garde le premier : les fiches de l'autre dossier ne seraient pas reconnues.",
    remedy="Donnez un autre nom à l'un des deux types. Si les fiches sont les mêmes, un seul dossier suffit : il peut avoir des sous-dossiers.",
    wrong="""\
type: fiche
""",
    right="""\
type: recette
""",
    place="docs/recettes/_type.yml",
)

PREDICATE_SYNTAX = Rule(
    code="ES609",
    name="condition-mal-ecrite",
    severity=Severity.ERROR,
    title="La condition ne se lit pas",
    message="Cette condition ne se lit pas : {problem}.",
    meaning="Les règles d'un type tiennent en de courtes conditions, comme `places > 0 and date`. À celle-ci, il manque quelque chose, ou il y a un signe de trop.",
    remedy="Corrigez la condition à l'endroit indiqué. Une comparaison a un champ, un signe et une valeur ; les signes sont `=`, `!=`, `<`, `<=`, `>`, `>=`, `in` et `contains`. On relie plusieurs comparaisons par `and` ou `or`.",
    wrong="""\
type: essai
fields:
  places: {type: integer}
  date: {type: date}
rules:
  - when: "places >"
    require: "date"
    message: "Un atelier qui a des places a aussi une date."
""",
    right="""\
type: essai
fields:
  places: {type: integer}
  date: {type: date}
rules:
  - when: "places > 0"
    require: "date"
    message: "Un atelier qui a des places a aussi une date."
""",
    place="docs/essai/_type.yml",
)

UNKNOWN_FIELD = Rule(
    code="ES610",
    name="champ-cite-inconnu",
    severity=Severity.ERROR,
    title="Le champ cité n'existe pas",
    message="Le champ « {field} » n'existe pas pour le type « {type} ».",
    meaning="Une condition, le titre ou la liste des fiches cite un champ que ce type n'a pas.",
    remedy="Corrigez le nom du champ, ou ajoutez ce champ sous `fields`.",
    wrong="""\
type: essai
fields:
  places: {type: integer}
  date: {type: date}
rules:
  - when: "place > 0"
    require: "date"
    message: "Un atelier qui a des places a aussi une date."
""",
    right="""\
type: essai
fields:
  places: {type: integer}
  date: {type: date}
rules:
  - when: "places > 0"
    require: "date"
    message: "Un atelier qui a des places a aussi une date."
""",
    place="docs/essai/_type.yml",
)

PREDICATE_TYPE = Rule(
    code="ES611",
    name="comparaison-impossible",
    severity=Severity.ERROR,
    title="Cette comparaison n'a pas de sens",
    message="{problem}.",
    meaning="La condition compare un champ à une valeur qu'il ne peut pas avoir, ou cherche un ordre où il n'y en a pas : rien ne dit que « moyen » est plus que « facile ».",
    remedy="Comparez avec une valeur que le champ accepte. Si le champ n'a pas d'ordre, prenez `=`, `!=`, `in` ou `contains`.",
    wrong="""\
type: essai
fields:
  niveau: {type: choice, of: [facile, moyen, difficile]}
  conseil: {type: text}
rules:
  - when: "niveau > facile"
    require: "conseil"
    message: "Une fiche qui n'est pas facile donne un conseil."
""",
    right="""\
type: essai
fields:
  niveau: {type: choice, of: [facile, moyen, difficile]}
  conseil: {type: text}
rules:
  - when: "niveau in [moyen, difficile]"
    require: "conseil"
    message: "Une fiche qui n'est pas facile donne un conseil."
""",
    place="docs/essai/_type.yml",
)

COMPUTED_RING = Rule(
    code="ES612",
    name="calcul-en-boucle",
    severity=Severity.ERROR,
    title="Un champ se calcule à partir de lui-même",
    message="Le champ « {key} » se calcule à partir de lui-même : {cycle}.",
    meaning="Ce champ dépend d'un autre champ calculé, qui dépend d'un autre, et ainsi de suite jusqu'au premier. Personne ne saurait par lequel commencer : aucun n'a de valeur.",
    remedy="Retirez l'un de ces champs d'une des conditions, ou faites-le écrire par les auteur·rices.",
    wrong="""\
type: essai
fields:
  suite: {type: reference, to: essai, inverse: {name: avant, label: "Avant"}}
  longueur: {type: integer, computed: "max(suite.longueur)"}
""",
    right="""\
type: essai
fields:
  suite: {type: reference, to: essai, inverse: {name: avant, label: "Avant"}}
  longueur: {type: integer, computed: "count(suite.suite)"}
""",
    place="docs/essai/_type.yml",
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
    COMPUTED_RING,
)
