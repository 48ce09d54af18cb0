"""What time does to a page."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

TO_REVIEW = Rule(
    code="ES410",
    name="a-reverifier",
    severity=Severity.INFO,
    title="La page est à revérifier",
    message="Cette page est à revérifier{since} : relisez-la, puis mettez la date du jour dans « verifie_le ».",
    meaning="Les fiches de ce type se relisent de temps en temps : `review_every`, dans le fichier `_type.yml`, dit au bout de combien de temps. On compte depuis la dernière vérification, ou depuis la dernière fois que quelqu'un a fait ce que dit la fiche.",
    remedy="Rien ne presse, la page est publiée. Relisez-la, corrigez ce qui a changé, puis mettez la date du jour dans `verifie_le`. Si vous venez de faire ce qu'elle décrit, le dire dans la fiche suffit aussi.",
    wrong="""\
---
titre: Nettoyer le four
verifie_le: 2024-03-12
---

Laissez refroidir, puis brossez la sole.
""",
    right="""\
---
titre: Nettoyer le four
verifie_le: 2026-11-20
---

Laissez refroidir, puis brossez la sole.
""",
    place="docs/entretien/exemple.md",
)

ALL = (TO_REVIEW,)
