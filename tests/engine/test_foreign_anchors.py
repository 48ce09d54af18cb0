"""Anchors as other tools make them of titles lead to these titles; one that only a link names is none."""

from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from essaim.workspace import Analysis, Workspace

TITLES = (
    # The title, and the anchor that an editor or a forge makes of it.
    ("✨ Nouveautés", "-nouveautés"),
    ("Où est l'été ?", "où-est-lété-"),
    ("`app.use()` — les relais", "appuse--les-relais"),
    ("Coût : 10 € / mois", "coût--10---mois"),
    ("Cœur de métier", "cœur-de-métier"),
    ("envoyer(forme | code, [type])", "envoyerforme--code-type"),
)


def analyse(root: Path, body: str, *, extra: str = "allow") -> Analysis:
    (root / "_type.yml").write_text(f"type: note\nlabel: {{one: note, many: notes}}\nextra: {extra}\n", "utf-8")
    (root / "a.md").write_text(body, "utf-8")
    return Workspace(root, date(2026, 5, 1)).refresh()


@pytest.mark.parametrize(("title", "anchor"), TITLES, ids=[title for title, _ in TITLES])
def test_the_anchor_of_another_tool(tmp_path: Path, title: str, anchor: str) -> None:
    analysis = analyse(tmp_path, f"[ici](#{quote(anchor)})\n\n## {title}\n")
    (target,) = analysis.graph.out["a.md"].links
    assert target.anchor == analysis.graph.pages["a.md"].document.headings[0].anchor
    assert analysis.graph.out["a.md"].diagnostics == ()


@pytest.mark.parametrize("extra", ["allow", "error"])
@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("[ici][r] et [là][r]\n\n[r]: #absent\n", 1),
        ("[ici](#absent)\n", 1),
        ("[ici](#absent) #absent\n", 1),
        ('[ici](#absent) <a href="#absent">b</a>\n', 1),
        ("[ici](#présent)\n\ntexte\n{: .a #présent }\n", 0),
        ("[ici](#présent)\n\n# Un titre {#présent}\n", 0),
        ('[ici](#présent)\n\n<a id="présent"></a>\n', 0),
        ("[ici](#présent)\n\n<a name=présent></a>\n", 0),
    ],
)
def test_an_anchor_is_where_something_bears_it(tmp_path: Path, body: str, told: int, extra: str) -> None:
    found = [d.code for d in analyse(tmp_path, body, extra=extra).diagnostics]
    assert found.count("ES308") == told
