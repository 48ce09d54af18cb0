"""The section of the page that tells the floors: what no build with these parts can go below."""

from benchmark.floors import NAME, PARTS, floor
from benchmark.french import NONE, seconds, thousands
from benchmark.results import Results

_INTRO = """\
Essaim est fait de pièces qui existent : Python-Markdown rend les textes, Pagefind les indexe, le système crée les
fichiers. Voici ce que chacune coûte seule, sur le même wiki et sur la même machine, au cours des mêmes mesures.
"""
_READ = """\
Entre parenthèses : le temps de processeur. **Le plancher** est le démarrage, plus le temps de processeur des trois
autres pièces divisé par les {cores} cœurs, comme si tout se partageait sans perte. Aucune construction faite de ces
pièces, réglées ainsi, ne peut passer dessous sur cette machine : il lui faudrait faire tout le reste (lire, vérifier,
relier, mettre en page, dire l'histoire) en zéro seconde. Un but plus bas que le plancher demande d'autres pièces.
"""
_LABELS = {
    "markdown": "Python-Markdown seul, tous les textes sur un cœur",
    "pagefind": "Pagefind seul, tous les index l'un après l'autre",
    "files": "Créer autant de dossiers et de fichiers, de mêmes tailles",
    "start": "Démarrer : importer ce qu'il faut, lire les réglages",
}


def render_floors(results: Results) -> str:
    """Return the section; nothing when no floor was measured."""
    sizes = [size for size in results.sizes() if any(results.runs(size, NAME, part) for part in PARTS)]
    if not sizes:
        return ""
    rows = [[label, *(_part(results, size, part) for size in sizes)] for part, label in _LABELS.items()]
    rows.append(["**Le plancher**", *(f"**{seconds(floor(results, size))}**" for size in sizes)])
    for label, peer in (("Essaim, à froid", "essaim"), ("Hugo, gabarit minimal, à froid", "hugo")):
        colds = (
            f"{seconds(results.middle(size, peer, 'cold'))}{results.counted(size, peer, 'cold')}" for size in sizes
        )
        rows.append([label, *colds])
    head = ["Quoi", *(f"{thousands(size)} pages" for size in sizes)]
    lines = [head, ["---"] * len(head), *rows]
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return f"## Les planchers\n\n{_INTRO}\n{table}\n{_READ.format(cores=results.about['cores'])}"


def _part(results: Results, size: int, part: str) -> str:
    value, processor = (results.middle(size, NAME, part, name) for name in ("seconds", "processor"))
    if value is None:
        return NONE
    return f"{seconds(value)} ({seconds(processor)}){results.counted(size, NAME, part)}"
