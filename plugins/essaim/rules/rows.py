"""What can go wrong with the rows that pages take from a file of the wiki."""

from essaim.diagnostics import Severity
from essaim.rules.model import Rule

UNKNOWN_ROW = Rule(
    code="ES230",
    name="ligne-inconnue",
    severity=Severity.ERROR,
    title="Cette ligne partagée n'existe pas",
    message="Aucune ligne de « {file} » ne s'appelle « {id} ».",
    meaning="""\
Ce champ prend ses lignes dans un fichier que plusieurs fiches se partagent : chaque ligne y est écrite une fois, sous un
nom court. Aucune ne porte le nom que cite la fiche.""",
    remedy="""\
Corrigez le nom, ou ajoutez la ligne au fichier que nomme le message. Si elle ne sert qu'à cette fiche, vous pouvez aussi
l'écrire ici en entier, entre accolades.""",
    wrong="""\
---
titre: Faire du pain
sources: [grand-livr]
---
""",
    right="""\
---
titre: Faire du pain
sources: [grand-livre]
---
""",
)

UNUSED_ROW = Rule(
    code="ES231",
    name="ligne-inutilisee",
    severity=Severity.INFO,
    title="Aucune fiche ne cite cette ligne partagée",
    message="Aucune fiche ne cite « {id} ».",
    meaning="Ce fichier garde des lignes que plusieurs fiches se partagent, et celle-ci ne sert nulle part.",
    remedy="""\
Rien ne presse. Citez-la dans une fiche, ou effacez-la : personne n'aura plus à vérifier qu'elle est encore juste.""",
    wrong="""\
grand-livre: {texte: "Le grand livre du pain"}
petit-livre: {texte: "Le petit livre du pain"}
""",
    right="""\
grand-livre: {texte: "Le grand livre du pain"}
""",
    place="docs/_sources.yml",
)

BAD_ROW_NAME = Rule(
    code="ES232",
    name="nom-de-ligne",
    severity=Severity.ERROR,
    title="Ce nom de ligne partagée ne convient pas",
    message="« {id} » ne peut pas être le nom d'une ligne : il faut des lettres, des chiffres et des traits d'union.",
    meaning="""\
Le nom d'une ligne partagée sert à la citer dans les fiches, et fait partie d'une adresse sur le site : il n'a ni espace,
ni ponctuation.""",
    remedy="Donnez à la ligne un nom court, comme `trav-l7331-2`, et le même dans les fiches qui la citent.",
    wrong="""\
grand-livre: {texte: "Le grand livre du pain"}
petit livre: {texte: "Le petit livre du pain"}
""",
    right="""\
grand-livre: {texte: "Le grand livre du pain"}
""",
    place="docs/_sources.yml",
)

ALL = (UNKNOWN_ROW, UNUSED_ROW, BAD_ROW_NAME)
