"""What can be told of the values that hold for a time: dated facts."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

CITED_OUT_OF_DATE = Rule(
    code="ES420",
    name="valeur-hors-date",
    severity=Severity.INFO,
    title="La valeur citée ne vaut pas aujourd'hui",
    message="« {name} » : {remark}. Le lecteur le voit aussi.",
    meaning="""\
La page cite une valeur datée, comme un taux ou un plafond, en dehors de sa période. Le lecteur voit la valeur, suivie
d'une remarque qui le dit.""",
    remedy="""\
La page est publiée, et sa phrase n'est pas en cause. Quand la nouvelle valeur est connue, écrivez-la dans le fichier des
valeurs, avec ses dates : la remarque disparaît de toutes les pages.""",
    wrong="""\
---
titre: Faire du pain
---

Une baguette coûte {{ faits.prix_du_pain_2027 }}.
""",
    right="""\
---
titre: Faire du pain
---

Une baguette coûte {{ faits.prix_du_pain }}.
""",
)

EXPIRED_FACT = Rule(
    code="ES421",
    name="valeur-expiree",
    severity=Severity.INFO,
    title="Cette valeur a expiré",
    message="« {name} » a expiré le {day} : écrivez la nouvelle valeur.",
    meaning="""\
La date écrite après `valable_au` est passée. Le lecteur voit toujours la valeur, suivie de la date à laquelle elle a
expiré.""",
    remedy="""\
Cherchez la nouvelle valeur, à la source que dit la ligne s'il y en a une. Puis changez `valeur`, `valable_du` et
`valable_au`.""",
    wrong="""\
prix_du_pain: {valeur: "1,20 €", valable_du: 2025-01-01, valable_au: 2025-12-31}
""",
    right="""\
prix_du_pain: {valeur: "1,30 €", valable_du: 2026-01-01, valable_au: 2026-12-31}
""",
    place="docs/_faits.yml",
)

ALL = (CITED_OUT_OF_DATE, EXPIRED_FACT)
