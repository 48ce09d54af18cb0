"""`docs/moteur/performances.md`: the results told in French, nothing left out that does not flatter."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmark.aims import aims
from benchmark.french import NONE, number, seconds, thousands, times
from benchmark.peers import ESSAIM, PEERS, Peer
from benchmark.results import RESUMED, Results

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
    runs = max((results.runs(size, ESSAIM.name, "cold") for size in results.sizes()), default=0)
    return (
        f"Mesuré le {about['date']}, {how}, sur une machine à {about['cores']} cœurs "
        f"({about['machine']}). "
        f"Chaque temps de construction est la médiane de {runs} mesure(s).\n\nVersions : {versions}.\n"
    )


def _aims(results: Results) -> str:
    rows = ((aim.what, aim.size, aim.aim, aim.reached, aim.verdict) for aim in aims(results))
    return _table(("Quoi", "Pages", "But", "Mesuré", "Atteint"), rows)


def _size(results: Results, size: int) -> str:
    head = ("Générateur", "À froid", "Essaim / lui", "Après une modification", "Servi, médiane", "Poids sans contenu")
    return _table(head, (_row(results, size, peer) for peer in PEERS if not _absent(results, peer)))


def _row(results: Results, size: int, peer: Peer) -> tuple[str, ...]:
    cold, ours = results.middle(size, peer.name, "cold"), results.middle(size, ESSAIM.name, "cold")
    if size > peer.until:
        return (peer.label, "plus de six minutes : pas lancé", *(NONE,) * 4)
    weight = results.middle(size, peer.name, "weight", "kilobytes")
    return (
        peer.label,
        _or_error(results, size, peer, "cold"),
        times(ours / cold) if cold and ours else NONE,
        _or_error(results, size, peer, "edited"),
        _or_error(results, size, peer, "served"),
        NONE if weight is None else f"{number(weight)} ko",
    )


def _or_error(results: Results, size: int, peer: Peer, what: str) -> str:
    value = results.middle(size, peer.name, what)
    error = results.error(size, peer.name, what)
    return f"échec ({error.replace('|', '/')})" if value is None and error else seconds(value)


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
