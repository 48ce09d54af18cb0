"""What can go wrong with links to the wiki of another cooperative."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

BAD_NEIGHBOUR = Rule(
    code="ES330",
    name="voisin-mal-decrit",
    severity=Severity.ERROR,
    title="Une coopérative voisine est mal décrite",
    message="« {name} » ne se lit pas : {problem}.",
    meaning="""\
Le fichier `_voisins.yml` donne un nom court et une adresse à chaque coopérative dont vos fiches citent le wiki. Ici, une
ligne ne se lit pas : les liens vers cette coopérative ne mènent nulle part.""",
    remedy="""\
Écrivez le nom court en minuscules, sans accent ni espace, puis l'adresse de son site, qui commence par `https://`.
`nom` est facultatif : c'est ce que vos lecteurs voient à côté du lien.""",
    wrong="""\
coop-du-lac: {nom: Coop du Lac, adresse: wiki.coop-du-lac.example}
""",
    right="""\
coop-du-lac: {nom: Coop du Lac, adresse: "https://wiki.coop-du-lac.example/"}
""",
    place="docs/_voisins.yml",
)

NO_INVENTORY = Rule(
    code="ES331",
    name="inventaire-inutilisable",
    severity=Severity.WARNING,
    title="L'inventaire d'une coopérative voisine manque ou ne se lit pas",
    message="L'inventaire de « {name} » {problem} : lancez « essaim inventory update {name} ».",
    meaning="""\
L'inventaire est la liste des pages qu'une autre coopérative publie. Ce wiki en garde une copie, dans le dossier
`_voisins`, pour savoir où mènent les liens. Sans cette copie, aucun lien vers cette coopérative ne marche.""",
    remedy="""\
Lancez `essaim inventory update` sur une machine reliée à Internet, puis enregistrez le fichier qu'il écrit avec les
autres. N'écrivez pas ce fichier à la main. Si la commande échoue, son message dit pourquoi.""",
    wrong="""\
{"essaim":1,"nom":"Coop du Lac","pages":[
{"id":"fiche/barque","titre":"Louer la barque","chemin":"fiches/barque/"
""",
    right="""\
{"essaim":1,"nom":"Coop du Lac","pages":[
{"id":"fiche/barque","titre":"Louer la barque","chemin":"fiches/barque/"}
]}
""",
    place="docs/_voisins/coop-du-lac.json",
)

MISSING_ELSEWHERE = Rule(
    code="ES332",
    name="lien-voisin-introuvable",
    severity=Severity.WARNING,
    title="La coopérative voisine n'a pas cette page",
    message="Aucune page de « {place} » ne s'appelle « {target} », d'après la copie de son inventaire.",
    meaning="""\
Ce lien mène au wiki d'une autre coopérative, et la copie de son inventaire n'a pas de page de ce nom. La page a pu
changer de nom, être retirée, ou être plus récente que la copie.""",
    remedy="""\
Corrigez le nom. S'il vous semble juste, demandez une copie récente avec `essaim inventory update`. Si la page n'existe
plus, retirez le lien.""",
    wrong="""\
---
titre: Faire du pain
---

La farine arrive par [[coop-du-lac:barqe]].
""",
    right="""\
---
titre: Faire du pain
---

La farine arrive par [[coop-du-lac:barque]].
""",
)

ALL = (BAD_NEIGHBOUR, NO_INVENTORY, MISSING_ELSEWHERE)
