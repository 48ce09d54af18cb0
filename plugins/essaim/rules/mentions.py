"""Words that could lead further: pages named without a link, acronyms that nothing explains."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

MENTION = Rule(
    code="ES411",
    name="mention-sans-lien",
    severity=Severity.INFO,
    title="Une page est nommée sans lien",
    message="« {words} » est un nom de la page « {title} » : pour y mener, écrivez « {link} ».",
    meaning="Ces mots sont le titre d'une autre page, ou l'un de ses autres noms. La page ne la cite nulle part : un lien ferait gagner du temps à qui lit.",
    remedy="Rien ne presse, et ce n'est qu'une proposition : laissez les mots tels quels s'ils parlent d'autre chose. Sinon, écrivez le lien que donne le message ; les mots affichés restent les mêmes. Pour l'accepter sans rien taper : `essaim fix --mentions`, suivi du nom du fichier.",
    wrong="""\
---
titre: Faire du pain
---

Demandez du levain à Amina Diop.
""",
    right="""\
---
titre: Faire du pain
---

Demandez du levain à [[Amina Diop]].
""",
)

UNDEFINED_ACRONYM = Rule(
    code="ES412",
    name="sigle-sans-definition",
    severity=Severity.INFO,
    title="Un sigle n'est expliqué nulle part",
    message="Le sigle « {acronym} » n'est expliqué nulle part{pages} : ajoutez-le au glossaire, ou dites-le en toutes lettres.",
    meaning="Ce wiki a un glossaire, et ce sigle n'y est pas. Il n'est pas non plus dans le titre d'une page, ni dit en toutes lettres à côté. Qui arrive ne peut pas le deviner.",
    remedy="Rien ne presse, la page est publiée. Écrivez une fiche de glossaire qui donne le sigle, ou dites-le une fois en toutes lettres, avec le sigle entre parenthèses. Il est signalé une seule fois, dans la première page qui l'emploie.",
    wrong="""\
---
titre: Faire du pain
---

Pour peser la farine, demandez au CRPV.
""",
    right="""\
---
titre: Faire du pain
---

Pour peser la farine, demandez au comité de répartition du pain de village (CRPV).
""",
)

DEPARTED_NAME = Rule(
    code="ES413",
    name="nom-d-une-personne-partie",
    severity=Severity.INFO,
    title="Le nom d'une personne partie est encore écrit",
    message="« {words} » : ce nom d'une personne partie est encore écrit ici. Dites plutôt ce qu'elle était, ou faites-en un lien vers sa fiche.",
    meaning="Cette personne a quitté la coopérative, et le site ne montre plus son nom là où une fiche y mène par un lien ou par un champ. Ici, le nom est écrit en toutes lettres : le site le montre encore.",
    remedy="Remplacez le nom par ce qu'était la personne, comme « une ancienne comptable ». Ou faites-en un lien vers sa fiche : le site montrera d'autres mots à sa place. Si ces mots parlent d'autre chose, laissez-les.",
    wrong="""\
---
titre: Faire du pain
---

Le levain vient de Zoé Martel.
""",
    right="""\
---
titre: Faire du pain
---

Le levain vient de [[zoe-martel]].
""",
)

ALL = (MENTION, UNDEFINED_ACRONYM, DEPARTED_NAME)
