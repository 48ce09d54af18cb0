"""French-looking text, made of a few hundred words with a lot of accents; the same for the same chance."""

from random import Random

FIRST = (
    "Élodie Théo Inès Loïc Maëlle Noémie Jérôme Zoé Gaël Anaïs Benoît Chloé Désiré Ève François Géraldine Hélène "
    "Joël Léa Mickaël Nadège Océane Rémi Sélim Aïcha Yaël Solène Fabien Karim Lucile"
).split()
LAST = (
    "Béranger Thévenot Lefèvre Müller Garçon Noël Çelik Prévost Guérin Faÿ Hébert Léger Mercier Núñez Royère Sébille "
    "Vallée Zérah Bénard Chaïb Dupré Forêt Hervé Maître Pagès Rivière Tréguier Évrard Auclair Delahaye"
).split()
VERBS = (
    "Déclarer Préparer Négocier Clôturer Vérifier Réserver Demander Organiser Transmettre Évaluer Renouveler Étaler "
    "Décaler Corriger Compléter Présenter"
).split()
OBJECTS = (
    "un congé|une avance de trésorerie|un devis|le bilan de l'année|une note de frais|un contrat d'appui|une salle|"
    "l'assurance d'un chantier|un atelier à plusieurs|la visite médicale|un acompte|une facture à l'étranger|"
    "le matériel partagé|un entretien d'étape|une réponse collective|la fin d'un marché"
).split("|")
PLACES = "Crest|Valence|Privas|Die|Aubenas|Romans-sur-Isère|Montélimar|Annonay|Le Teil|Dieulefit".split("|")
CRAFTS = "menuiserie|céramique|graphisme|maraîchage|traduction|formation|couture|photographie|écriture".split("|")
KEYWORDS = "trésorerie|contrat|congés|accueil|matériel|salaire|marché|réunion|assurance|métier".split("|")
SUBJECTS = (
    "La coopérative|L'équipe d'appui|Chaque entrepreneur·e|Le groupe local|La personne qui accompagne|Un·e associé·e|"
    "Le conseil coopératif|Votre parrain ou marraine|La comptabilité|Le collectif"
).split("|")
ACTIONS = (
    "relit|prépare|vérifie|complète|présente à la réunion|met à jour|enregistre|explique|partage|améliore avec vous|"
    "conserve|rappelle"
).split("|")
THINGS = (
    "le compte d'activité|la première étape|les pièces demandées|le calendrier de l'été|la répartition des frais|"
    "ce qui a été décidé|l'échéance suivante|les congés déjà posés|la contribution coopérative|le modèle de devis|"
    "la règle commune|l'état des dépenses|le contrat signé|la liste des présent·es"
).split("|")
WHENS = (
    "avant la fin du mois|dès que possible|même à distance|au début de l'année|quand le client a répondu|"
    "une fois par trimestre|où que vous soyez|après la réunion du lundi|sans délai particulier|très simplement"
).split("|")


def sentence(chance: Random) -> str:
    """Return one sentence of ten to twenty words."""
    said = f"{chance.choice(SUBJECTS)} {chance.choice(ACTIONS)} {chance.choice(THINGS)}"
    if chance.random() < 0.6:
        said += f" et {chance.choice(ACTIONS)} {chance.choice(THINGS)}"
    return f"{said}, {chance.choice(WHENS)}."


def paragraph(chance: Random, least: int = 3, most: int = 6) -> str:
    """Return a few sentences on one line."""
    return " ".join(sentence(chance) for _ in range(chance.randint(least, most)))


def bullets(chance: Random, count: int, mark: str = "-") -> str:
    """Return a list, one sentence an item."""
    return "\n".join(f"{mark} {sentence(chance)}" for _ in range(count))


def table(chance: Random) -> str:
    """Return a table of three columns."""
    rows = "\n".join(
        f"| {chance.choice(THINGS)} | {chance.choice(WHENS)} | {chance.randint(5, 900)} € |"
        for _ in range(chance.randint(3, 6))
    )
    return f"| Quoi | Quand | Combien |\n| --- | --- | --- |\n{rows}"
