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

FLAGGED = Rule(
    code="ES502",
    name="page-citee-signalee",
    severity=Severity.INFO,
    title="Une page citée est signalée",
    message="{message}",
    meaning="Cette page en cite une autre, et quelque chose est arrivé à l'autre : elle a été remplacée, ou devait être revue. Ce que dit la page peut donc ne plus être juste. Le message vient des personnes qui tiennent le dossier de la page citée.",
    remedy="Rien ne presse, la page est publiée. Relisez-la, corrigez ce qui a changé, puis citez ce qui vaut maintenant. Les signalements sont dans le fichier `_type.yml` du dossier de la page citée, sous `flags`.",
    wrong="""\
---
titre: Faire du pain
---

Suivez d'abord [[levain-dur]].
""",
    right="""\
---
titre: Faire du pain
---

Suivez d'abord [[levain]].
""",
)

ALL = (DECLARED_RULE, FLAGGED)
