"""What can go wrong in the text of a page."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

MISSING_SECTION_TITLE = Rule(
    code="ES401",
    name="section-manquante",
    severity=Severity.ERROR,
    title="Une section obligatoire manque",
    message="La section « {section} » manque : ajoutez un titre « ## {section} » et son texte.",
    meaning="Les fiches de ce type suivent le même plan, pour qu'on s'y retrouve de l'une à l'autre. Une section obligatoire manque, ou porte un autre titre.",
    remedy="Ajoutez le titre que donne le message, sur une ligne qui commence par `##` et une espace, puis le texte de la section.",
    wrong="""\
---
titre: Ouvrir le fournil
---

1. Allumez le four.
2. Sortez le levain.
""",
    right="""\
---
titre: Ouvrir le fournil
---

## Étapes

1. Allumez le four.
2. Sortez le levain.
""",
    place="docs/demarches/exemple.md",
)

SECTION_FORM = Rule(
    code="ES402",
    name="forme-de-section",
    severity=Severity.ERROR,
    title="La section n'a pas la forme attendue",
    message="La section « {section} » attend {form}.",
    meaning="La section est là, et son contenu n'a pas la forme prévue pour ce type de fiche : par exemple une liste numérotée, pour qu'on puisse dire « j'en suis à l'étape 2 ».",
    remedy="Mettez le contenu de la section dans la forme que donne le message. Dans une liste numérotée, chaque ligne commence par son numéro, un point et une espace.",
    wrong="""\
---
titre: Ouvrir le fournil
---

## Étapes

Allumez le four, puis sortez le levain.
""",
    right="""\
---
titre: Ouvrir le fournil
---

## Étapes

1. Allumez le four.
2. Sortez le levain.
""",
    place="docs/demarches/exemple.md",
)

UNCLOSED_FENCE = Rule(
    code="ES403",
    name="bloc-de-code-ouvert",
    severity=Severity.ERROR,
    title="Un bloc de code n'est pas fermé",
    message="Ce bloc de code s'ouvre et ne se ferme pas : ajoutez une ligne « {fence} » à sa fin.",
    meaning="Un bloc de code, du texte montré exactement comme il est tapé, s'ouvre par une ligne d'accents graves ou de tildes et se ferme par une ligne pareille. Sans elle, toute la suite s'afficherait comme du code.",
    remedy="Ajoutez après le bloc une ligne avec les mêmes signes qu'à son début. Si vous ne vouliez pas de bloc de code, effacez la ligne qui l'ouvre.",
    wrong="""\
---
titre: Faire du pain
---

L'étiquette du sac :

```
FARINE T80 - 25 KG
""",
    right="""\
---
titre: Faire du pain
---

L'étiquette du sac :

```
FARINE T80 - 25 KG
```
""",
)

UNCLOSED_COMMENT = Rule(
    code="ES404",
    name="commentaire-ouvert",
    severity=Severity.ERROR,
    title="Un commentaire n'est pas fermé",
    message="Ce commentaire s'ouvre et ne se ferme pas : ajoutez « --> » à sa fin.",
    meaning="Le signe `<!--` ouvre un commentaire, que les lecteurs ne voient pas. Comme rien ne le ferme, toute la suite de la fiche serait cachée.",
    remedy="Ajoutez `-->` à la fin du commentaire.",
    wrong="""\
---
titre: Faire du pain
---

<!-- À relire avec Amina

Mélangez la farine et l'eau.
""",
    right="""\
---
titre: Faire du pain
---

<!-- À relire avec Amina -->

Mélangez la farine et l'eau.
""",
)

TOO_COMPLEX = Rule(
    code="ES405",
    name="texte-trop-complexe",
    severity=Severity.ERROR,
    title="Le texte est trop complexe pour être affiché",
    message="{what} : simplifiez ce passage.",
    meaning="Un passage emboîte ou répète tant de signes de mise en forme que le site ne pourrait pas l'afficher sans risque. C'est souvent le reste d'un copier-coller.",
    remedy="Simplifiez le passage : moins de citations ou de listes emboîtées, moins d'étoiles, de crochets ou de notes à la suite.",
    wrong="""\
---
titre: Faire du pain
---

>>>>>>>>>>>>>>>>>>>>> Le levain n'attend pas.
""",
    right="""\
---
titre: Faire du pain
---

> Le levain n'attend pas.
""",
)

UNKNOWN_VARIABLE = Rule(
    code="ES406",
    name="variable-inconnue",
    severity=Severity.WARNING,
    title="Cette variable n'existe pas",
    message="La variable « {name} » n'est pas dans « {file} ».",
    meaning="Un nom entre doubles accolades est remplacé par une valeur que la coopérative choisit une fois pour toutes, dans le fichier `_cae.yml`. Aucune valeur n'y porte ce nom.",
    remedy="Corrigez le nom, ou ajoutez la valeur dans `_cae.yml`.",
    wrong="""\
---
titre: Faire du pain
---

Notez vos achats avant {{ cae.frais.date }}.
""",
    right="""\
---
titre: Faire du pain
---

Notez vos achats avant {{ cae.frais.date_limite }}.
""",
)

EMPTY_VARIABLE = Rule(
    code="ES407",
    name="variable-a-remplir",
    severity=Severity.INFO,
    title="Cette variable n'a pas encore de valeur",
    message="La variable « {name} » est vide : le lecteur voit « à compléter par votre coopérative ».",
    meaning="La page cite une valeur que la coopérative n'a pas encore choisie. En attendant, le lecteur voit « à compléter par votre coopérative ».",
    remedy="Rien ne presse, la page est publiée. Quand c'est décidé, écrivez la valeur dans le fichier `_cae.yml` : toutes les pages qui la citent l'affichent aussitôt.",
    wrong="""\
nom: Le Fournil partagé
frais:
  date_limite: ""
""",
    right="""\
nom: Le Fournil partagé
frais:
  date_limite: le 25 du mois
""",
    place="docs/_cae.yml",
)

TIGHT_TITLE = Rule(
    code="ES408",
    name="titre-sans-espace",
    severity=Severity.WARNING,
    title="Il manque une espace après les dièses",
    message="Ce titre s'affichera comme du texte : mettez une espace après « {signs} ».",
    meaning="Un titre commence par un ou plusieurs dièses, puis une espace. Sans elle, la ligne est du texte, et les dièses se voient.",
    remedy="Ajoutez une espace entre les dièses et le titre. Si vous vouliez vraiment des dièses, écrivez `\\##`.",
    wrong="""\
---
titre: Faire du pain
---

##Pétrir

Mélangez la farine et l'eau.
""",
    right="""\
---
titre: Faire du pain
---

## Pétrir

Mélangez la farine et l'eau.
""",
)

ALL = (
    MISSING_SECTION_TITLE,
    SECTION_FORM,
    UNCLOSED_FENCE,
    UNCLOSED_COMMENT,
    TOO_COMPLEX,
    UNKNOWN_VARIABLE,
    EMPTY_VARIABLE,
    TIGHT_TITLE,
)
