"""The chart of cold builds: bars drawn as SVG, one group a size, readable on its own ground in both schemes."""

from html import escape

from benchmark.french import seconds, thousands
from benchmark.peers import ESSAIM, PEERS
from benchmark.results import Results

_WIDTH, _LABELS, _VALUES, _LINE, _MARGIN = 720, 250, 80, 24, 16
_STYLE = """\
.fond { fill: #ffffff } text { fill: #1d1d1f; font: 14px sans-serif } .taille { font-weight: bold }
.autre { fill: #8a8f98 } .essaim { fill: #00796b }
@media (prefers-color-scheme: dark) { .fond { fill: #1e2129 } text { fill: #e8e9ed } .essaim { fill: #4db6ac } }
"""
_TITLE = "Construction à froid : le temps de chaque générateur, en secondes"


def render_chart(results: Results) -> str:
    """Return the drawing; each group has its own scale, the longest bar the whole width."""
    y, drawn, told = _MARGIN, list[str](), list[str]()
    for size in results.sizes():
        measured = [(peer, results.middle(size, peer.name, "cold")) for peer in PEERS]
        known = [(peer, value) for peer, value in measured if value is not None]
        drawn.append(_text(_MARGIN, y + 16, f"{thousands(size)} pages", "taille"))
        y += _LINE
        longest = max((value for _, value in known), default=1.0)
        for peer, value in known:
            length = max((_WIDTH - _LABELS - _VALUES - 2 * _MARGIN) * value / longest, 1)
            name = "essaim" if peer is ESSAIM else "autre"
            drawn.append(_text(_MARGIN, y + 16, peer.label))
            left, high = _LABELS + _MARGIN, _LINE - 8
            drawn.append(f'<rect class="{name}" x="{left}" y="{y + 4}" width="{length:.1f}" height="{high}"/>')
            drawn.append(_text(round(left + length + 6), y + 16, seconds(value)))
            told.append(f"{thousands(size)} pages, {peer.label} : {seconds(value)}")
            y += _LINE
        y += _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y}" width="{_WIDTH}" height="{y}" '
        'role="img" aria-labelledby="titre valeurs">\n'
        f'<title id="titre">{_TITLE}</title>\n<desc id="valeurs">{escape(". ".join(told))}.</desc>\n'
        f'<style>\n{_STYLE}</style>\n<rect class="fond" width="{_WIDTH}" height="{y}" rx="6"/>\n'
        + "\n".join(drawn)
        + "\n</svg>\n"
    )


def _text(x: int, y: int, text: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x}" y="{y}">{escape(text)}</text>'
