"""What a collection's own rules say."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

DECLARED_RULE = Rule(
    code="ES501",
    name="regle-de-la-fiche",
    severity=Severity.ERROR,
    title="Une règle de ce type de fiche n'est pas suivie",
    message="{message}",
    meaning="Les personnes qui tiennent ce dossier de fiches lui ont donné des règles, et l'une d'elles n'est pas suivie ici. Le message est de leur main.",
    remedy="Faites ce que demande le message. La règle est dans le fichier `_type.yml` du dossier, sous `rules` : si elle tombe mal, parlez-en à ces personnes.",
    wrong="""\
---
titre: Faire du pain
niveau: difficile
---
""",
    right="""\
---
titre: Faire du pain
niveau: difficile
auteur: Amina Diop
---
""",
)

ALL = (DECLARED_RULE,)
