"""`docs/moteur/performances.md`: the results told in French, nothing left out that does not flatter."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from benchmark.aims import aims
from benchmark.floors_page import render_floors
from benchmark.french import NONE, number, seconds, thousands, times
from benchmark.measures import NOT_YET
from benchmark.peers import ESSAIM, PEERS, Peer
from benchmark.results import RESUMED, Results
from essaim.schema.fieldtypes.times import MONTHS

_HEAD = """\
---
titre: "Performances"
resume: "Combien de temps prend une construction, à côté d'autres générateurs."
---
<!-- Page écrite par `./scripts/bench build` : ne la modifiez pas à la main. -->

"""
_METHOD = Path(__file__).with_name("methode.md")


def render_page(results: Results) -> str:
    """Return the whole page."""
    parts = [
        _HEAD + _intro(results),
        "![Le temps d'une construction à froid de chaque générateur ; les mêmes valeurs sont dans les tableaux.]"
        "(images/performances.svg)\n",
        "## Ce qu'on visait, ce qu'on atteint\n\n" + _aims(results),
    ]
    parts += [render_floors(results)] if results.sizes() else []
    parts += [f"## {thousands(size)} pages\n\n{_size(results, size)}" for size in results.sizes()]
    parts += ["## Ce que chacun ne fait pas\n\n" + _lacks(results), _METHOD.read_text("utf-8")]
    return "\n".join(parts)


def _intro(results: Results) -> str:
    about = results.about
    named = {"date", "machine", "cores", RESUMED}
    how = RESUMED if RESUMED in about else "d'une seule traite"
    versions = ", ".join(
        f"{name} {value}" for name, value in about.items() if name not in named and not name.endswith(": absent")
    )
    return (
        f"Mesuré le {_day(about['date'])}, {how}, sur une machine à {about['cores']} cœurs "
        f"({about['machine']}). "
        "Chaque temps est la médiane de trois mesures ou plus ; « une fois » ou « deux fois » dit qu'il y en a moins."
        "\n\n"
        f"Versions : {versions}.\n"
    )


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _aims(results: Results) -> str:
    rows = ((aim.what, aim.size, aim.aim, aim.reached, aim.verdict) for aim in aims(results))
    return _table(("Quoi", "Pages", "But", "Mesuré", "Atteint"), rows)


def _size(results: Results, size: int) -> str:
    head = ("Générateur", "À froid", "Après une modification", "Servi", "Poids sans contenu")
    rows = (_row(results, size, peer) for peer in PEERS if _measured(results, size, peer))
    told = "Entre parenthèses : le temps d'Essaim divisé par celui de ce générateur."
    return f"{_table(head, rows)}\n{told}\n\n{_details(results, size)}"


def _measured(results: Results, size: int, peer: Peer) -> bool:
    """Tell whether there is something to say of a generator: measures, or that it was too slow for any."""
    tried = results.runs(size, peer.name, "cold") or results.error(size, peer.name, "cold")
    return bool(tried) or (size > peer.until and not _absent(results, peer))


def _row(results: Results, size: int, peer: Peer) -> tuple[str, ...]:
    if size > peer.until:
        return (peer.label, "plus de six minutes : pas lancé", *(NONE,) * 3)
    weight = results.middle(size, peer.name, "weight", "kilobytes")
    return (
        peer.label,
        *(_time(results, size, peer, what) for what in ("cold", "edited", "served")),
        NONE if weight is None else f"{number(weight)} ko",
    )


def _time(results: Results, size: int, peer: Peer, what: str) -> str:
    """Return a median and what Essaim's is of it, or why there is none."""
    value, ours = (results.middle(size, name, what) for name in (peer.name, ESSAIM.name))
    error = results.error(size, peer.name, what)
    if value is None:
        return NOT_YET if error == NOT_YET else f"échec ({error.replace('|', '/')})" if error else NONE
    ratio = "" if peer is ESSAIM or ours is None else f" ({times(ours / value)})"
    return f"{seconds(value)}{ratio}{results.counted(size, peer.name, what)}"


_DETAILS = {
    "cold": "à froid",
    "unchanged": "rien n'a changé",
    "edited": "un texte modifié",
    "titled": "un titre cité modifié",
}


def _details(results: Results, size: int) -> str:
    """Return what Essaim said of its own builds."""
    rows = []
    for what, label in _DETAILS.items():
        counts = (results.middle(size, ESSAIM.name, what, name) for name in ("rendered", "written", "removed"))
        shown = (NONE if count is None else thousands(round(count)) for count in counts)
        processor = seconds(results.middle(size, ESSAIM.name, what, "processor"))
        time = f"{seconds(results.middle(size, ESSAIM.name, what))}{results.counted(size, ESSAIM.name, what)}"
        rows.append((f"Essaim, {label}", time, processor, *shown))
    return _table(("Construction", "Temps", "Processeur", "Pages rendues", "Fichiers écrits", "Fichiers ôtés"), rows)


def _absent(results: Results, peer: Peer) -> str | None:
    return results.about.get(f"{peer.name} : absent")


def _lacks(results: Results) -> str:
    rows = [(peer.label, _missing(results, peer) or peer.lacks) for peer in PEERS]
    return _table(("Générateur", "Ce qu'il ne fait pas"), rows)


def _missing(results: Results, peer: Peer) -> str | None:
    reason = _absent(results, peer)
    return f"pas mesuré, il ne s'installe pas ici : {reason.replace('|', '/')}" if reason else None


def _table(head: Sequence[str], rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
