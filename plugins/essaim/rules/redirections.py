"""What the file of redirections can get wrong, and links that need one."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

_PLACE = "docs/_redirections.yml"

UNKNOWN_TARGET = Rule(
    code="ES320",
    name="redirection-sans-arrivee",
    severity=Severity.ERROR,
    title="Une redirection ne mène à aucune page",
    message="{problem} : donnez le nom de la page qui remplace « {old} ».",
    meaning="Le fichier des redirections dit quelle page remplace une page déplacée ou supprimée. Le nom donné ici ne désigne aucune page, ou peut en désigner plusieurs.",
    remedy="Écrivez le chemin de la page d'arrivée, ou son identifiant : le nom de son fichier, sans `.md`. Si plus aucune page ne remplace l'ancienne, effacez la ligne.",
    wrong="docs/fiches/cuisson-au-four.md: cuir\n",
    right="docs/fiches/cuisson-au-four.md: cuire\n",
    place=_PLACE,
)

UNUSED = Rule(
    code="ES321",
    name="redirection-inutile",
    severity=Severity.WARNING,
    title="Une page existe encore à l'ancien chemin",
    message="La page « {old} » existe : cette redirection ne sert pas.",
    meaning="Une redirection mène d'un ancien chemin à la page qui le remplace. Ici, une page existe encore à l'ancien chemin : c'est elle que le site montre.",
    remedy="Si cette page doit rester, effacez la ligne. Si l'autre la remplace, supprimez la page.",
    wrong="docs/fiches/petrir.md: cuire\n",
    right="docs/fiches/petrir-a-la-main.md: petrir\n",
    place=_PLACE,
)

RING = Rule(
    code="ES322",
    name="redirection-en-boucle",
    severity=Severity.ERROR,
    title="Des redirections tournent en rond",
    message="« {old} » ne mène nulle part : les redirections tournent en rond ({trail}).",
    meaning="Une redirection peut mener à un ancien chemin, qui mène à son tour à une autre page. Ici, en les suivant, on revient au point de départ : le lecteur n'arrive jamais.",
    remedy="Donnez à l'une des lignes le nom d'une page qui existe.",
    wrong="""\
docs/fiches/cuisson.md: docs/fiches/four.md
docs/fiches/four.md: docs/fiches/cuisson.md
""",
    right="""\
docs/fiches/cuisson.md: docs/fiches/four.md
docs/fiches/four.md: cuire
""",
    place=_PLACE,
)

MALFORMED = Rule(
    code="ES323",
    name="redirection-mal-ecrite",
    severity=Severity.ERROR,
    title="Une redirection est mal écrite",
    message="« {old} » : {problem}.",
    meaning="Chaque ligne de ce fichier donne l'ancien chemin d'une page, deux-points, puis le nom de la page qui la remplace. Le chemin part du haut du dépôt, le dossier commun où tout est rangé.",
    remedy="Écrivez le chemin que la page avait, sans barre au début et sans `..`, avec `.md` à la fin ; puis une seule page d'arrivée.",
    wrong="fiches/cuisson-au-four: cuire\n",
    right="docs/fiches/cuisson-au-four.md: cuire\n",
    place=_PLACE,
)

OLD_PATH = Rule(
    code="ES324",
    name="lien-par-l-ancien-chemin",
    severity=Severity.INFO,
    title="Le lien donne l'ancien chemin d'une page",
    message="Le chemin « {target} » a changé : la page est maintenant « {path} ».",
    meaning="La page a été déplacée ou remplacée, et le lien donne encore son ancien chemin. Le lecteur arrive au bon endroit, mais sur la forge le lien ne mène plus à rien.",
    remedy="Rien ne presse : le site suit la redirection. Pour mettre le nouveau chemin sans rien taper : `essaim fix`.",
    wrong="""\
---
titre: Faire du pain
---

Passez ensuite à [la cuisson](cuisson-au-four.md).
""",
    right="""\
---
titre: Faire du pain
---

Passez ensuite à [la cuisson](cuire.md).
""",
)

ALL = (UNKNOWN_TARGET, UNUSED, RING, MALFORMED, OLD_PATH)
