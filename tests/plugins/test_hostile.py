# ruff: noqa: E501 - hostile pages stay whole, to be read as they are written
"""Bad pages, line by line of the catalogue of bad inputs (1 to 53), on one site built once with many extensions.

Each is a page of the same site: what it holds is inert there, its author is told where a mistake is, and every
other page is published. A page is read by a parser of our own here, then opened in a real browser.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Dialog, Request, sync_playwright
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.conftest import run_module

MARK = "window.__xss=1"
"""What hostile code does when it runs: the browser looks for it."""


class Case(NamedTuple):
    """A page, by its line in the catalogue; `shown` is text that its reader sees, `hidden` what is nowhere on it.

    `told` is a place and a code that its author is told, `shape` a pattern in its article.
    """

    line: int
    name: str
    source: str | bytes
    shown: str = ""
    hidden: str = ""
    told: str = ""
    shape: str = ""
    typed: bool = False
    """Whether the page is one of a type with declared fields."""

    @property
    def stem(self) -> str:
        return f"l{self.line:02}-{self.name}"

    @property
    def path(self) -> str:
        return f"fiches/{self.stem}.md" if self.typed else f"docs/{self.stem}.md"


def fiche(line: int, name: str, front: str | bytes, **holds: str) -> Case:
    """Return a case that is the front matter of a typed page."""
    data = front if isinstance(front, bytes) else front.encode()
    return Case(line, name, b"---\n" + data + b"\n---\n\nTexte.\n", typed=True, **holds)


DEEP = 150
CASES = (
    # --- HTML and links ---------------------------------------------------------------------------------------------
    Case(1, "script", f"Avant <script>{MARK}</script> après.\n\n<script>\n{MARK}\n</script>\n\nFin.", "Fin.", MARK),
    Case(1, "script-ouvert", f"Avant.\n\n<script>{MARK}\n\nSuite.", "Avant."),
    Case(1, "script-adresse", '<script src="https://e.invalid/x.js"></script>\n\nFin.', "Fin.", "e.invalid"),
    Case(2, "image-onerror", f'<img src="x" onerror="{MARK}"> <IMG SRC=x OnError={MARK}> Fin.', "Fin."),
    Case(2, "barres", f'<img/src="x"/onerror={MARK}> <svg/onload={MARK}></svg> Fin.', "Fin."),
    Case(3, "javascript", f"[mot](javascript:{MARK}) Fin.", "mot", "javascript", "3:7 ES315"),
    Case(4, "casse", f"[mot](JaVaScRiPt:{MARK}) <a href='jAvascript:{MARK}'>là</a>", "mot", MARK, "3:7 ES315"),
    Case(5, "entite-13", f"[mot](java&#13;script:{MARK}) <a href='java&#13;script:{MARK}'>là</a>", "là", MARK),
    Case(5, "entite-0", f"<a href='java&#0;script:{MARK}'>là</a> <a href='&#1;javascript:{MARK}'>ici</a>", "ici"),
    Case(
        6,
        "sans-point-virgule",
        f"<a href='&#106avascript:{MARK}'>là</a> <a href='&#x6Aavascript:{MARK}'>ici</a>",
        "ici",
    ),
    Case(
        7,
        "tab-newline",
        f"[mot](java&Tab;script&colon;{MARK}) <a href='java&NewLine;script:{MARK}'>là</a>",
        "là",
        MARK,
    ),
    Case(
        8,
        "data-html",
        "[mot](data:text/html,<script>x</script>) <a href='data:text/html;base64,PHNj'>là</a>",
        "là",
        "data:text",
    ),
    Case(
        9,
        "data-svg",
        "![mot](data:image/svg+xml;base64,PHN2) <img src='data:image/svg+xml,<svg onload=x>'> Fin.",
        "Fin.",
        "data:image",
    ),
    Case(
        10,
        "vbscript",
        "[mot](vbscript:x) [là](file:///etc/passwd) <a href='blob:x'>ici</a>",
        "ici",
        "vbscript",
        "3:7 ES315",
    ),
    Case(11, "reference", f"[mot][r] ![image][r]\n\n[r]: javascript:{MARK}", "mot", f'="javascript:{MARK}'),
    Case(12, "autolien", f'<https://e.invalid/"onmouseover="{MARK}> <https://e.invalid/\' onclick=x> Fin.', "Fin."),
    Case(
        12,
        "adresse-illisible",
        "[mot](http://[) <http://[> [là](http://℀.invalid) ![](//[a) Fin.",
        "Fin.",
        "",
        "3:7 ES315",
    ),
    Case(13, "svg-onload", f"<svg onload={MARK}><script>{MARK}</script><a href='x'>a</a></svg>\n\nFin.", "Fin."),
    Case(
        14,
        "svg-use",
        '<svg><use href="https://e.invalid/x.svg#a"/><image href="https://e.invalid/y"/></svg> Fin.',
        "Fin.",
        "e.invalid",
    ),
    Case(
        15,
        "mutation-math",
        f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={MARK}&gt;"></style></mglyph></table></mtext></math>\n\nFin.',
        "Fin.",
    ),
    Case(
        15,
        "mutation-svg",
        f'<svg></p><style><a id="</style><img src=1 onerror={MARK}>"></style></svg>\n\nFin.',
        "Fin.",
        f"onerror={MARK}",
    ),
    Case(
        15,
        "mutation-table",
        f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={MARK}></style></form>\n\nFin.",
        "Fin.",
    ),
    Case(16, "noscript", f'<noscript><p title="</noscript><img src=x onerror={MARK}>"></noscript>\n\nFin.', "Fin."),
    Case(
        17,
        "style",
        "<style>body{display:none}</style>\n\n<p style='background:url(https://e.invalid/x)'>Fin.</p>",
        "Fin.",
        "e.invalid",
    ),
    Case(
        18,
        "cadres",
        "<iframe src='https://e.invalid'></iframe><object data='x'></object><embed src='x'>\n<form action='https://e.invalid'><button>b</button></form>\n\nFin.",
        "Fin.",
        "e.invalid",
    ),
    Case(18, "iframe-srcdoc", f'<iframe srcdoc="<script>parent.{MARK}</script>"></iframe>\n\nFin.', "Fin.", "srcdoc"),
    Case(
        18,
        "entete",
        "<meta http-equiv=refresh content='0;url=https://e.invalid'><base href='https://e.invalid/'><link rel=stylesheet href='https://e.invalid/x.css'>\n\n[lien](index.md) Fin.",
        "Fin.",
        "e.invalid",
    ),
    Case(
        18,
        "template",
        f"<template><img src=x onerror={MARK}></template>\n\nFin.\n\n<plaintext>\n\nReste.",
        "Fin.",
        MARK,
    ),
    Case(
        19,
        "ontoggle",
        f"<details open ontoggle={MARK}><summary>Titre</summary>Texte</details>\n\n<textarea autofocus onfocus={MARK}>x</textarea>\n\n<p tabindex=1 autofocus onfocus={MARK} contenteditable>Fin.</p>",
        "Fin.",
        MARK,
    ),
    Case(
        19,
        "video",
        f"<video autoplay src=x onerror={MARK}></video><audio src='https://e.invalid/a.ogg' autoplay></audio> Fin.",
        "Fin.",
        MARK,
        shape=r'<a [^>]*href="https://e\.invalid/a\.ogg">son d\'un autre site</a>',
    ),
    Case(
        20,
        "input",
        "<input type=image src='https://e.invalid/x' formaction=javascript:x> <input type=password name=p> <select><option>o</option></select> Fin.",
        "Fin.",
        "password",
    ),
    Case(
        20,
        "case-a-cocher",
        "<input type=checkbox checked onclick=x>\n\n- [x] fait",
        "fait",
        shape=r'<input type="checkbox" disabled="" checked="">',
    ),
    Case(
        21,
        "ids",
        '<p id="__palette" name="cookie">Un</p><form name="body"></form><img name="getElementById" src=x><a id="__search" name="__config">Deux</a>\n\n# Trois {#__drawer}\n\n## Quatre {id=\'" onmouseover="'
        + MARK
        + "'}",
        "Quatre",
        MARK,
    ),
    Case(
        21,
        "id-de-sommaire",
        f'## Un {{#"><img/src=x/onerror={MARK}>}}\n\n## Deux {{id=\'"><script>{MARK}</script>\'}}\n\n## Trois {{data-toc-label="<img src=x onerror={MARK}>"}}',
        "Trois",
    ),
    Case(
        22,
        "md-component",
        '<div data-md-component="search" data-md-toggle="x" class="md-dialog md-overlay md-button">Un</div><label for="__search">Deux</label>\n\nTrois\n{: data-md-component=palette .md-overlay }',
        "Trois",
        'md-dialog"',
        shape='<div class="md-button">Un',
    ),
    Case(23, "imbrique", f"<scr<script>ipt>{MARK}</scr</script>ipt> <<script>script>{MARK}//<</script> Fin.", "Fin."),
    Case(
        24,
        "commentaire",
        f"<!-- <script>{MARK}</script> --><!--> <script>{MARK}</script> --> <![CDATA[<script>{MARK}</script>]]> <?php echo 1 ?> <!DOCTYPE x> Fin.",
        "Fin.",
    ),
    Case(24, "prive", "Avant.\n\n<!-- le code est 1234 -->\n\nAprès.", "Après.", "1234"),
    Case(
        25,
        "gabarit",
        "---\ntags: ['{{7*7}}']\n---\n\n# {{7*7}} {% raise %}\n\nTexte {{ config }} {{7*7}} {% include 'x' %} ${7*7}",
        "{{7*7}}",
        ">49<",
    ),
    Case(26, "lien-long", "[" + "a" * 200_000 + f"](b.md) [mot]({'c/' * 90_000}d.md)", "a" * 100),
    Case(26, "trop-long", "[" + "a" * 500_000 + "](b.md)", "ES004", told="1:1 ES004"),
    Case(
        26, "sens-inverse", "---\ntitre: x\n---\n\n# Fichier \u202egpj.exe\n\nTexte.", "ES003", "\u202e", "5:11 ES003"
    ),
    Case(26, "largeur-nulle", "# Deux\u200b mots\u200d\n\nTexte.", "Texte."),
    # --- Extensions of Markdown -------------------------------------------------------------------------------------
    Case(
        27,
        "attributs",
        f'Un\n{{: onclick="{MARK}" .vu }}\n\n## Deux {{ onclick="{MARK}" #deux }}\n\n![i](x.png){{ onerror="{MARK}" }} [l](index.md){{ onclick="{MARK}" href="javascript:{MARK}" target=_top ping=https://e.invalid }} *e*{{ onclick={MARK} }}',
        "Deux",
        shape='<p class="vu">Un',
    ),
    Case(27, "icone", f':smile:{{ onclick="{MARK}" }} Fin.', "Fin.", MARK),
    Case(
        28,
        "voile",
        'Un\n{: style="position:fixed;inset:0" }\n\n<div style="position:fixed;top:0">Deux</div>\n\n| a |\n|--:|\n| b |',
        "Deux",
        "position",
        shape='<td style="text-align: right;">b</td>',
    ),
    Case(
        29,
        "titres",
        f'```python title="<img src=x onerror={MARK}>"\nx\n```\n\n!!! note "<img src=x onerror={MARK}>"\n    Un\n\n??? tip "<script>{MARK}</script>"\n    Deux\n\n=== "<img src=x onerror={MARK}>"\n    Trois\n\n=== "Onglet"\n    Quatre\n',
        "Quatre",
        shape=r'<input [^>]*type="radio"',
    ),
    Case(
        29,
        "fence",
        f'``` {{.python #__palette onclick="{MARK}" data-md-component=search}}\nx = 1\n```\n\n```html\n<script>{MARK}</script>\n```\n',
        "x = 1",
        f"<script>{MARK}",
    ),
    Case(
        30,
        "abreviation",
        f"CAE et <b>CAE</b>\n\n*[CAE]: \"><img src=x onerror={MARK}> ' onmouseover='{MARK}",
        "CAE",
        shape='<abbr title="',
    ),
    Case(
        30,
        "infobulle",
        f'<abbr title="&lt;img src=x onerror={MARK}&gt;">mot</abbr> [l](index.md "<img src=x onerror={MARK}>") Fin.',
        "Fin.",
        f"&lt;img src=x onerror={MARK}",
    ),
    Case(
        31,
        "note",
        f"Mot[^1] et[^<script>].\n\n[^1]: <script>{MARK}</script> <img src=x onerror={MARK}> note\n[^<script>]: b\n",
        "note",
        f"<script>{MARK}",
    ),
    Case(
        32,
        "cellule",
        f"| a | b |\n|---|---|\n| <script>{MARK}</script> | <img src=x onerror={MARK}> fin |\n",
        "fin",
        f"<script>{MARK}",
    ),
    Case(
        33,
        "markdown",
        f'<div markdown onclick="{MARK}">\n\n**gras** <span markdown="1" onclick={MARK}>*fin*</span>\n\n</div>\n\n<section markdown="block" onmouseover="{MARK}">\n## Titre {{ onclick={MARK} }}\n</section>',
        "gras",
    ),
    Case(
        34,
        "touches",
        f'++"<img src=x onerror={MARK}>"++ ++ctrl+"<script>{MARK}</script>"++ Fin.',
        "Fin.",
        f"<script>{MARK}",
    ),
    Case(
        35,
        "extraits",
        '--8<-- "mkdocs.yml"\n\n--8<-- "../mkdocs.yml"\n\n--8<-- "/etc/passwd"\n\n--8<-- "../../../../../../etc/passwd"\n\n--8<-- "https://e.invalid/x.md"\n\n--8<-- "bon.md"\n\nFin.',
        "Extrait voulu",
        "root:",
    ),
    Case(36, "boucle", '--8<-- "boucle.md"\n\nFin.', "Début de la boucle"),
    Case(36, "inclusion", "Texte.\n\n![[l36-inclusion]]\n\n![[l36-inclusion-b]]\n\nFin.", "Fin."),
    Case(36, "inclusion-b", "Autre.\n\n![[l36-inclusion]]\n\nFin.", "Fin."),
    Case(
        37,
        "mermaid",
        f'```mermaid\ngraph TD\nA["<img src=x onerror={MARK}>"] --> B\nclick A href "javascript:{MARK}"\n```\n\n<pre class="mermaid"><code>graph TD</code></pre>\n\n<div class="mermaid">graph LR</div>',
        "graph TD",
        'class="mermaid"',
    ),
    *(
        Case(38, name, source, f"ES{code}", told=f"ES{code}")
        for name, source, code in (
            ("crochets", "[" * 5000, 405),
            ("images", "![" * 5000, 405),
            ("etoiles", "*" * 10_000, 405),
            ("commentaires", "<!--" * 3000, 405),
            ("listes", "\n".join("    " * level + "- mot" for level in range(120)), 405),
            ("notes", "".join(f"mot[^{n}]\n\n[^{n}]: note\n\n" for n in range(1500)), 405),
            ("citations", ">" * DEEP + "mot", 405),
            ("encadres", "\n".join("    " * level + "!!! note" for level in range(DEEP)), 405),
            ("replis", "\n".join("    " * level + "??? note" for level in range(DEEP)), 405),
            ("notes-dans-notes", "mot[^a]\n\n[^a]: note\n\n    [^b]: autre\n\n[^c]: fin", 405),
            ("balises", "<b>" * 5000, 405),
            ("blocs", "<div>\n" * 3000, 405),
            ("blocs-markdown", '<div markdown="1">\n' * DEEP + "mot\n" + "</div>\n" * DEEP, 405),
            (
                "reprises",
                "<p>" + "".join(f"<b id={n}>" for n in range(900)) + "</p>\n\n" + "<p>x</p>\n\n" * 9000,
                405,
            ),
            ("reprises-longues", f"<p><b class={'x' * 100_000}>\n\n" + "<p>x\n\n" * 9000, 405),
        )
    ),
    *(
        Case(38, name, source + "\n\nFin.", "Fin.")
        for name, source in (
            ("emphases", "*_" * DEEP + "mot" + "_*" * DEEP),
            ("liens", "[a " * 30 + "](x)" * 30),
            ("blocs-peu", "<div>\n" * DEEP + "mot\n" + "</div>\n" * DEEP),
            ("blocs-ouverts", "<div>\n" * DEEP + "mot"),
            ("tables", "<table><tr><td>\n" * DEEP + "mot\n" + "</td></tr></table>\n" * DEEP),
            ("details", "<details>\n" * DEEP + "mot\n" + "</details>\n" * DEEP),
            ("accents-graves", "mot " + "`" * 5000),
            ("listes-plates", "- a\n" * 3000),
        )
    ),
    Case(39, "sml", "```sml\n" + "exception x" * 500 + "\n```\n\n``` sml\nexception\n```\n\nFin.", "Fin."),
    *(
        Case(39, name, f"```{language}\n" + text * (60_000 // len(text)) + "\n```\n\nFin.", "Fin.")
        for name, language, text in (
            ("amdgpu", "amdgpu", "a"),
            ("ng2", " {.ng2}", "("),
            ("autoit", "autoit", "\t\n"),
            ("aspectj", "aspectj", "<a b"),
        )
    ),
    Case(
        40,
        "adresses-internes",
        "![a](http://169.254.169.254/latest/meta-data) ![b](http://127.0.0.1:8000/x.png) ![c](//e.invalid/y.png) <img src='\\\\e.invalid/z.png' alt='d'> <img srcset='https://e.invalid/w.png 2x' alt='e'> <img src='/\t/e.invalid/v.png'>",
        "a (image d'un autre site)",
        "srcset",
        "3:6 ES316",
    ),
    Case(
        40,
        "image-dans-un-lien",
        "[![badge](https://e.invalid/b.svg)](index.md) Fin.",
        "badge (image d'un autre site)",
    ),
    # --- YAML -------------------------------------------------------------------------------------------------------
    fiche(41, "code-postal", "titre: A1\ncp: 01000", shown="01000"),
    fiche(41, "siret", "titre: A2\nmot: 010", shown="010"),
    fiche(41, "heure", "titre: A3\nmot: 12:30", shown="12:30"),
    fiche(41, "pays", "titre: A4\nmot: no", shown="no"),
    fiche(41, "deux-points", "titre: Procédure : accueil", shown="ES104", told="2:18 ES104"),
    fiche(41, "insecable", "titre:\u00a0A5", shown="ES105", told="2:7 ES105"),
    fiche(41, "diese", "titre: Atelier #3", shown="ES106", told="2:16 ES106"),
    fiche(41, "doublon", "titre: A6\nmot: un\nmot: deux", shown="ES107", told="4:1 ES107"),
    fiche(42, "bombe", "titre: &a [x, x]\n" + "".join(f"m{n}: &b{n} [*a, *a]\n" for n in range(9)), told="2:8 ES108"),
    fiche(43, "boucle", "titre: B\nmot: &m [*m]", told="3:6 ES108"),
    fiche(44, "etiquette", "titre: C\nmot: !!python/object/apply:os.system [ls]", told="3:6 ES109"),
    fiche(45, "crochets", "titre: D\nmot: " + "[" * 20_000, told="3:"),
    fiche(45, "accolades", "titre: D2\nmot: " + "{a: " * 20_000, told="3:"),
    fiche(46, "tabulation", "titre: E\nmots:\n\t- x", told="4:1 ES110"),
    fiche(47, "nul", "titre: F\x00G", told="2:9 ES003"),
    fiche(47, "nel", "titre: F\u0085G", told="2:9 ES003"),
    fiche(47, "substitut", b"titre: F\xed\xa0\x80G", told="2:9 ES001"),
    Case(47, "marque", b"\xef\xbb\xbf---\ntitre: Avec marque\n---\n\nTexte.", "Texte.", told="1:1 ES002", typed=True),
    Case(48, "second", "---\ntitre: H\n---\n---\nmot: x\n---\n", "ES112", told="4:1 ES112", typed=True),
    Case(49, "ouvert", "---\ntitre: I\n\nTexte.", "ES102", told="1:1 ES102", typed=True),
    fiche(50, "champs", "titre: J\n" + "".join(f"k{n}: x\n" for n in range(60_000)), told="ES"),
    fiche(50, "grand-champ", "titre: K\n" + "k" * 2_000_000 + ": x", told="ES"),
    fiche(51, "infini", "titre: L\nmot: .inf\nmots: [.nan, -.Inf]", shown=".inf"),
    fiche(51, "nombre", "titre: L2\nnombre: .nan", told="3:9 ES"),
    *(
        fiche(52, name.strip("_"), f"titre: M\n{name}: x", shown="ES115", told="3:1 ES115")
        for name in ("__proto__", "constructor", "prototype", "template")
    ),
    fiche(
        53,
        "titre",
        f"titre: \"</title><script>{MARK}</script> <img src=x onerror={MARK}> & 'q'\"\nresume: '\"><script>{MARK}</script>'",
        shown="</title><script>",
    ),
    Case(
        53,
        "titre-du-texte",
        f"# </title><script>{MARK}</script> `<img src=x onerror={MARK}>` &lt;svg onload={MARK}&gt;\n\nCorps `<img src=x onerror={MARK}>` &lt;b&gt;.",
        "Corps",
    ),
)

CONFIG = """\
site_name: Hostile
site_url: https://wiki.invalid/
extra: {generator: false}
theme:
  name: material
  language: fr
  font: false
  features: [content.tooltips, content.footnote.tooltips, content.code.copy, content.code.annotate, search.highlight,
    search.suggest, navigation.indexes, toc.follow]
plugins: [essaim, essaim-links, essaim-history, essaim-views, search]
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.blocks.html
  - pymdownx.caret
  - pymdownx.critic
  - pymdownx.details
  - pymdownx.emoji
  - pymdownx.inlinehilite
  - pymdownx.keys
  - pymdownx.magiclink
  - pymdownx.mark
  - pymdownx.snippets: {base_path: [extraits]}
  - pymdownx.superfences:
      custom_fences:
        - {name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format }
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist
  - pymdownx.tilde
"""
TYPE = """\
type: fiche
label: {one: fiche, many: fiches}
fields:
  titre: {type: text, required: true}
  resume: {type: text}
  cp: {type: text}
  mot: {type: text}
  mots: {type: text, many: true}
  nombre: {type: number}
index: {view: table, columns: [titre, cp, mot, nombre]}
"""
FILES = {
    "mkdocs.yml": CONFIG,
    "fiches/_type.yml": TYPE,
    "docs/index.md": "# Accueil\n\nUne page sage.\n",
    "extraits/bon.md": "Extrait voulu.\n",
    "extraits/boucle.md": 'Début de la boucle.\n\n--8<-- "boucle.md"\n\n--8<-- "boucle-b.md"\n',
    "extraits/boucle-b.md": '--8<-- "boucle.md"\n',
}


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def source_of(case: Case) -> bytes:
    """Return the text of a page: those that do not begin by themselves are given a title."""
    data = case.source if isinstance(case.source, bytes) else case.source.encode()
    begins = data.startswith((b"---", b"\xef\xbb\xbf", b"# "))
    return data if begins or case.typed else f"# {case.stem}\n\n".encode() + data


class Built(NamedTuple):
    """The site and what was said while it was built."""

    folder: Path
    printed: str

    def html(self, case: Case) -> str:
        folder = "fiches/" if case.typed else ""
        return (self.folder / folder / case.stem / "index.html").read_text("utf-8")

    def article(self, case: Case) -> str:
        match = re.search(r"<article.*?</article>", self.html(case), re.DOTALL)
        assert match
        return match[0]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the site once, in a process of its own that must end."""
    folder = tmp_path_factory.mktemp("hostile")
    files: dict[str, str | bytes] = {**FILES}
    write(folder, files | {case.path: source_of(case) for case in CASES})
    done = run_module("mkdocs", "build", "-q", "-d", str(folder / "site"), cwd=folder)
    assert done.returncode == 0, done.stderr[-3000:]
    return Built(folder / "site", done.stdout + done.stderr)


each_case = pytest.mark.parametrize("case", [pytest.param(case, id=case.stem) for case in CASES])


def test_each_line_of_the_catalogue_has_its_pages() -> None:
    assert sorted({case.line for case in CASES}) == list(range(1, 54))
    assert len({case.stem for case in CASES}) == len(CASES)


def test_nothing_was_raised(built: Built) -> None:
    assert "Traceback" not in built.printed
    assert "RecursionError" not in built.printed


class Reader(HTMLParser):
    """What a page holds, by a parser that knows nothing of how it was cleaned."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


TAGS = frozenset(
    """
    a abbr article aside b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img input ins kbd
    label li mark nav ol p pre s section span strong sub summary sup table tbody td th thead tr u ul audio video source
    """.split()
)
ATTRIBUTES = frozenset(
    """
    alt aria-hidden aria-label checked class colspan controls dir disabled for height href id lang name open rel
    role rowspan scope src start style title type value width datetime data-label
    data-search-exclude
    """.split()
)
"""A list of its own, shorter than what is allowed: what these pages need."""
ADDRESS = re.compile(r"(?:https?:|mailto:|tel:|(?![a-z][a-z0-9+.-]*:)).*", re.DOTALL)


def harm_in(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    """Yield what could act in an element of an article."""
    if tag not in TAGS:
        yield f"<{tag}>"
    for name, value in attributes.items():
        plain = re.sub(r"^[\x00-\x20]+|[\t\r\n]", "", value).lower()
        if name not in ATTRIBUTES:
            yield f"{name}={value}"
        if name in ("href", "src") and not ADDRESS.fullmatch(plain):
            yield f"{name}={value}"
        if name == "src" and re.match(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", plain):
            yield f"elsewhere: {value}"
        if name == "style" and not re.fullmatch(r"text-align: (?:left|center|right);", value):
            yield f"style={value}"
        if name in ("id", "for", "name") and value.startswith("__"):
            lines = re.fullmatch(r"__(?:tabbed_\d+(?:_\d+)?|(?:span|codelineno)-[\d-]+)", value)
            if not lines:
                yield f"{name}={value}"
        if name == "class" and re.search(r"(?:^|\s)(?:md-(?!button|content)|mermaid)", value):
            yield f"class={value}"
        if name == "title" and "<" in value:
            yield f"title={value}"
    if tag == "input" and attributes.get("type") not in ("radio", "checkbox"):
        yield f"<input {attributes}>"
    if attributes.get("type") == "checkbox" and "disabled" not in attributes:
        yield "a box that can be ticked"


@each_case
def test_a_page_is_inert(built: Built, case: Case) -> None:
    reader = read(built.article(case))
    svg = ("svg", "path")  # the theme's own: the pencil and the like stand in the article
    own = [(tag, attributes) for tag, attributes in reader.tags if tag not in svg]
    own = [(tag, attributes) for tag, attributes in own if not attributes.get("class", "").startswith("md-content__")]
    assert [harm for tag, attributes in own for harm in harm_in(tag, attributes)] == []


@each_case
def test_what_surrounds_a_page_is_that_of_any_page(built: Built, case: Case) -> None:
    """Nothing gets out of the article: into the title, the navigation, the table of contents."""
    around = read(re.sub(r"<article.*?</article>", "", built.html(case), flags=re.DOTALL))
    sage = read(re.sub(r"<article.*?</article>", "", (built.folder / "index.html").read_text(), flags=re.DOTALL))
    active = ("script", "iframe", "object", "embed", "base", "style", "form", "img", "svg", "link")
    count = {tag: sum(found == tag for found, _ in around.tags) for tag in active}
    usual = {tag: sum(found == tag for found, _ in sage.tags) for tag in active}
    assert {tag for tag in active if count[tag] > usual[tag] + (2 if tag in ("link", "svg") else 0)} == set()
    assert [name for _, attributes in around.tags for name in attributes if name.startswith("on")] == []
    links = [attributes.get("href", "") for _, attributes in around.tags]
    assert [link for link in links if not ADDRESS.fullmatch(link.lower())] == []


@each_case
def test_its_reader_sees_what_can_be_seen(built: Built, case: Case) -> None:
    article = built.article(case)
    text = " ".join("".join(read(article).text).split())
    assert case.shown in text
    assert not case.hidden or case.hidden not in article.replace(f"{case.stem}", "")
    assert re.search(case.shape, article)
    assert len(article) < 5 * len(source_of(case)) + 20_000


@pytest.fixture(scope="module")
def told(built: Built) -> dict[str, list[str]]:
    """Return what the authors of each page are told, each as `line:column code`."""
    options = ("check", "--info", "--format", "json")
    report = json.loads(run_module("essaim_app", *options, cwd=built.folder.parent, status=1).stdout)
    found: dict[str, list[str]] = {}
    for said in report["diagnostics"]:
        assert said["message"]
        found.setdefault(said["path"], []).append(f"{said['line']}:{said['column']} {said['code']}")
    return found


@each_case
def test_its_author_is_told(told: dict[str, list[str]], case: Case) -> None:
    assert not case.told or any(case.told in place for place in told[case.path]), told[case.path]


def test_other_pages_and_files_are_whole(built: Built) -> None:
    assert "Une page sage." in (built.folder / "index.html").read_text("utf-8")
    index = (built.folder / "fiches/index.html").read_text("utf-8")
    rows = read(index[index.index("essaim-table") :])
    text = " ".join("".join(rows.text).split())
    for words in ("01000", "010", "12:30", "no", ".inf"):
        assert words in text
    assert "</title><script>" in text
    assert f"<script>{MARK}" not in index


def test_json_is_strict_and_holds_no_markup_that_acts(built: Built) -> None:
    def refuse(word: str) -> float:
        raise AssertionError(word)

    for path in built.folder.rglob("*.json"):
        json.loads(path.read_text("utf-8"), parse_constant=refuse)
    entries = json.loads((built.folder / "search/search_index.json").read_text("utf-8"))["docs"]
    assert len(entries) > 100
    for entry in entries:  # the theme writes both as HTML
        found = read(entry["title"]).tags + read(entry["text"]).tags
        assert [tag for tag, _ in found if tag not in ("p", "code", "pre", "li", "ol", "ul", "sub", "sup")] == []
        assert [attributes for _, attributes in found if attributes] == []


# --- What a page tells its theme ------------------------------------------------------------------------------------

FRONT = {
    "icon": "\U0001f3e0",
    "icone": "../../../mkdocs",
    "status": "[a, b]",
    "hide": "3",
    "tags": "{a: b}",
    "title": "{}",
    "description": "[x]",
    "author": "'\"><script>window.__xss=1</script>'",
    "search": "[exclude]",
    "image": "{x: y}",
    "location": "javascript:x",
    "subtitle": "<script>window.__xss=1</script>",
    "revision_date": "<script>window.__xss=1</script>",
    "git_revision_date_localized": "<script>window.__xss=1</script>",
    "comments": "true",
    "render_macros": "true",
    "date": "2026-99-99",
    "categories": "3",
    "authors": "{}",
    "social": "3",
    "inherit": "x",
}
SHAPES = (
    "search: {boost: .nan, exclude: [x]}",
    "search: {boost: 1e999}",
    "search: 3",
    "hide: [navigation, <script>, 3]",
    "status: '\"><script>window.__xss=1</script>'",
    "tags: ['<script>window.__xss=1</script>', R&D, [a], {b: c}]",
    "tags: ''",
    "author: [a]",
    "title: '<script>window.__xss=1</script>'",
    "description: '\"><script>window.__xss=1</script>'",
    "titre: [a, b]",
)


def test_a_foreign_front_matter_neither_stops_nor_enters_the_theme(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "mkdocs.yml": "site_name: x\nextra: {generator: false}\ntheme: {name: material, font: false}\n"
        "plugins: [essaim, essaim-links, essaim-views, search, tags]\n",
        "_type.yml": "type: note\nextra: allow\n",
        "docs/index.md": "# Accueil\n",
        "docs/tout.md": "---\n" + "".join(f"{key}: {value}\n" for key, value in FRONT.items()) + "---\n\nTexte.\n",
    }
    for key, value in FRONT.items():
        pages[f"docs/{key}/index.md"] = f"---\n{key}: {value}\n---\n\n# Note {key}\n\nTexte.\n"
    for number, line in enumerate(SHAPES):
        pages[f"docs/forme-{number}.md"] = f"---\n{line}\n---\n\n# Forme {number}\n\nTexte.\n"
    pages["docs/bonne.md"] = (
        "---\nhide: [toc]\ntags: [Devis, R&D]\nsearch: {boost: 2}\nauthor: Zoé\nstatus: new\n---\n\n# Bonne\n\nTexte.\n"
    )
    done = run_module("mkdocs", "build", "-d", str(tmp_path / "out"), cwd=write(tmp_path / "site", pages))
    assert done.returncode == 0, done.stderr[-3000:]
    published = list((tmp_path / "out").rglob("*.html"))
    assert len(published) > len(FRONT) + len(SHAPES)
    for path in published:
        page = path.read_text("utf-8")
        assert "<script>window" not in page, path
        assert "javascript:x" not in page, path
    good = (tmp_path / "out/bonne/index.html").read_text("utf-8")
    assert '<meta name="author" content="Zoé">' in good
    assert re.search(r'data-md-type="toc" *hidden', good)
    assert "R&amp;D" in good
    entries = json.loads((tmp_path / "out/search/search_index.json").read_text("utf-8"))["docs"]
    assert [entry["boost"] for entry in entries if entry["location"] == "bonne/"] == [2.0]


# --- What a site may let pages copy ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("", "les réglages du site"),
        (": {base_path: [.]}", "les réglages du site"),
        (": {base_path: docs}", "a des fiches"),
        (": {base_path: [extraits, ..]}", "les réglages du site"),
        (": {base_path: [.git]}", "les réglages du site"),
        (": {base_path: [/etc]}", "les réglages du site"),
        (": {base_path: [extraits], url_download: true}", "url_download"),
        (": {base_path: [extraits], restrict_base_path: false}", "restrict_base_path"),
    ],
)
def test_a_site_whose_pages_could_copy_any_file_is_refused(tmp_path: Path, options: str, reason: str) -> None:
    config = f"site_name: x\nplugins: [essaim]\nmarkdown_extensions:\n  - pymdownx.snippets{options}\n"
    write(tmp_path, {"mkdocs.yml": config, "docs/index.md": '--8<-- "mkdocs.yml"\n', "extraits/a.md": "x\n"})
    done = run_module("mkdocs", "build", "-d", str(tmp_path / "out"), cwd=tmp_path, status=1)
    assert reason in done.stderr
    assert "extraits" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


# --- In a browser ---------------------------------------------------------------------------------------------------


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


def refuse_dialog(wrong: list[str], dialog: Dialog) -> None:
    wrong.append(dialog.message)
    dialog.dismiss()


def note_request(wrong: list[str], address: str, request: Request) -> None:
    if not request.url.startswith((address, "data:")):
        wrong.append(request.url)


@pytest.fixture(scope="module")
def opened(built: Built) -> Iterator[tuple[BrowserPage, str, list[str]]]:
    """Return a page of a browser, the site's address, and what goes wrong: it grows as pages are opened."""
    wrong: list[str] = []
    options = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-renderer-backgrounding",
    ]
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(built.folder))) as server,
        sync_playwright() as playwright,
    ):
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        browser = playwright.chromium.launch(executable_path=os.environ["ESSAIM_BROWSER"], args=options)
        page = browser.new_page()
        page.on("dialog", partial(refuse_dialog, wrong))
        page.on("request", partial(note_request, wrong, address))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        yield page, address, wrong
        browser.close()
        server.shutdown()


HOVER = """
for (const element of document.querySelectorAll("article [title], article .footnote-ref"))
  for (const name of ["pointerenter", "mouseenter", "mouseover", "focus"]) element.dispatchEvent(new Event(name))
"""
"""Opens every bubble: the theme writes some of them as HTML."""
browser_only = pytest.mark.skipif(
    "ESSAIM_BROWSER" not in os.environ, reason="./scripts/test names the browser, a bare pytest does not"
)


@pytest.mark.browser
@browser_only
@each_case
def test_nothing_runs_and_nobody_else_is_asked(opened: tuple[BrowserPage, str, list[str]], case: Case) -> None:
    page, address, wrong = opened
    wrong.clear()
    place = f"{address}/{'fiches/' if case.typed else ''}{case.stem}/"
    page.goto(place)
    page.evaluate(HOVER)
    page.wait_for_timeout(100)
    assert page.evaluate("window.__xss") is None
    assert page.url.partition("#")[0] == place
    assert wrong == []
    assert page.locator("[data-md-component=search]").count() == 1
    assert page.evaluate("document.getElementById('__palette') === null")


@pytest.mark.browser
@browser_only
def test_what_is_searched_for_is_shown_as_text(opened: tuple[BrowserPage, str, list[str]]) -> None:
    page, address, wrong = opened
    wrong.clear()
    found = page.locator(".md-search-result__item")
    for seconds in (2, 4, 8, 16, 32):  # what is typed before the index is there is not searched: begin again
        page.goto(address)
        page.locator(".md-search__input").click()
        page.wait_for_timeout(500 * seconds)
        page.locator(".md-search__input").press_sequentially("script")  # the theme listens to keys
        with suppress(PlaywrightTimeout):
            found.first.wait_for(timeout=1000 * seconds)
            break
    assert found.count()
    for words in ("onerror", "img", "Corps", "svg onload"):
        page.locator(".md-search__input").fill("")
        page.locator(".md-search__input").press_sequentially(words)
        page.wait_for_timeout(400)
    assert page.evaluate("window.__xss") is None
    assert (
        page.locator(".md-search-result img, .md-search-result script, .md-search-result svg:not([viewBox])").count()
        == 0
    )
    assert wrong == []
