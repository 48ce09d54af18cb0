# ruff: noqa: E501 - fragments stay whole, to be read as they are written
"""What of rendered HTML stays, what goes, and that nothing hostile comes out whatever the text is made of."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from essaim.syntax.markdown.tangles import find_tangle
from essaim.views.elsewhere import is_elsewhere
from essaim.views.sanitise import is_safe_id, sanitise

KEPT = (
    '<h2 id="étape-1">Étape<a class="headerlink" href="#étape-1" title="Lien">¶</a></h2>',
    '<p>Mot<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>',
    '<div class="footnote"><ol><li id="fn:1"><p>note</p></li></ol></div>',
    '<table><thead><tr><th style="text-align: right;">a</th></tr></thead></table>',
    '<pre><code><span class="k">def</span> <a id="__codelineno-0-1"></a><span id="__span-0-1">x</span></code></pre>',
    '<details class="tip" open=""><summary>Titre</summary><p>x</p></details>',
    '<div class="admonition note"><p class="admonition-title">Note</p></div>',
    '<div class="tabbed-set"><input checked="checked" id="__tabbed_1_1" name="__tabbed_1" type="radio">'
    '<div class="tabbed-labels"><label for="__tabbed_1_1">Un</label></div></div>',
    '<li class="task-list-item"><input type="checkbox" disabled="" checked=""> fait</li>',
    '<p><abbr title="Coopérative">CAE</abbr> <kbd>Ctrl</kbd> <mark>a</mark> <del>b</del> <ins>c</ins> H<sub>2</sub></p>',
    '<figure><img src="a.png" alt="Un chat" title="x" width="3" height="2" loading="lazy"><figcaption>a</figcaption></figure>',
    '<video src="a.mp4" poster="a.png" controls=""><track src="a.vtt" label="Français : a" default=""></video>',
    "<dl><dt>a</dt><dd>b</dd></dl>",
    '<p><a href="https://a.exemple/?x=1&amp;y=2#z">a</a> <a href="mailto:a@b.fr">b</a> <a href="tel:+33">c</a></p>',
    '<p><a class="md-button md-button--primary" href="../x/">d</a></p>',
    '<p><span class="essaim-manquant" title="Page à écrire">e</span> <mark class="essaim-a-completer">f</mark></p>',
    '<div class="essaim-inclus"><section id="inclus-1-fn:a"><p>g</p></section></div>',
    '<p>1 &lt; 2 &amp; "3" — é 🐝 <span class="arithmatex">\\(x\\)</span></p>',
)
GONE = (
    ("<script>x</script>", ""),
    ("<SCRIPT\n>x</SCRIPT\t>y", "y"),
    ("<p onclick=x>a</p>", "<p>a</p>"),
    ("<p ONCLICK='x' /onfocus=x>a</p>", "<p>a</p>"),
    ("<svg><p>a</p></svg>b", "b"),
    ("<svg>a", "a"),
    ("<style>a", "a"),
    ("<iframe src=x>a</iframe>b", "b"),
    ("<form action=x><button>a</button></form>", "a"),
    ("<!-- a --><!--> b --><![CDATA[c]]><?d?>e", " b --&gt;e"),
    ("<!-- a", "&lt;!-- a"),
    ("a < b <3 </3> < /p>", "a &lt; b &lt;3  &lt; /p&gt;"),
    ('<p data-md-component="search" tabindex=1 contenteditable hidden accesskey=s>a</p>', "<p>a</p>"),
    ('<p style="text-align: right;">a</p>', "<p>a</p>"),
    ('<p class="md-overlay a mermaid md-button">a</p>', '<p class="a md-button">a</p>'),
    ('<p id="__palette">a</p><p id="mkdocs_search_modal">b</p><p id=\'a"b\'>c</p>', "<p>a</p><p>b</p><p>c</p>"),
    ('<a name="x" id="__tabbed_1_1" target="_blank" ping="x">a</a>', "<a>a</a>"),
    ('<label for="__drawer">a</label>', "<label>a</label>"),
    ("<input type=image src=x><input type=password><input><input type=radio>", ""),
    ('<input type="radio" name="__palette" id="__palette_0">', ""),
    ("<input type=checkbox onclick=x>", '<input type="checkbox" disabled="">'),
    ('<p title="<img src=x>">a</p>', '<p title="‹img src=x&gt;">a</p>'),
    (
        "<a href='javascript:x'>a</a><a href='java\nscript:x'>b</a><a href=' vbscript:x'>c</a>",
        "<a>a</a><a>b</a><a>c</a>",
    ),
    ("<img src='data:image/svg+xml,x' alt=a>", '<img alt="a">'),
    ("<video autoplay src=a.mp4 onerror=x></video>", '<video src="a.mp4" controls=""></video>'),
    ("<p>a", "<p>a</p>"),
    ("</div></article>a", "a"),
)
ELSEWHERE = (
    (
        "<img src='https://e/x.png' alt='a'>",
        '<a class="essaim-autre-site" href="https://e/x.png">a (image d\'un autre site)</a>',
    ),
    ("<img src='//e/x.png'>", '<a class="essaim-autre-site" href="//e/x.png">image d\'un autre site</a>'),
    ("<a href='/y'><img src='https://e/x.png' alt='a'></a>", '<a href="/y">a (image d\'un autre site)</a>'),
    ("<img class='emojione' src='https://e/x.png' alt='😄'>", "😄"),
    (
        "<audio src='https://e/x'>a</audio>",
        '<span><a class="essaim-autre-site" href="https://e/x">son d\'un autre site</a> a</span>',
    ),
    (
        "<video><source src='https://e/x'></video>",
        '<span><a class="essaim-autre-site" href="https://e/x">vidéo d\'un autre site</a> </span>',
    ),
    ("<video src=a.mp4 poster='//e/x'><source src='//e/y'></video>", '<video src="a.mp4" controls=""></video>'),
    ("<video><track src='https://e/x'></video>", '<video controls=""><track></video>'),
    ("<img srcset='https://e/x 2x' src=a.png>", '<img src="a.png">'),
)


@pytest.mark.parametrize("html", KEPT)
def test_what_people_use_is_kept(html: str) -> None:
    assert read(sanitise(html)) == read(html)


@pytest.mark.parametrize(("html", "left"), GONE)
def test_what_could_act_goes(html: str, left: str) -> None:
    assert sanitise(html) == left


@pytest.mark.parametrize(("html", "left"), ELSEWHERE)
def test_nothing_is_asked_of_another_site(html: str, left: str) -> None:
    assert sanitise(html) == left


@pytest.mark.parametrize("html", [*KEPT, *(html for html, _ in (*GONE, *ELSEWHERE))])
def test_what_is_clean_stays_as_it_is(html: str) -> None:
    once = sanitise(html)
    assert sanitise(once) == once


@pytest.mark.parametrize(
    ("address", "elsewhere"),
    [
        *((address, False) for address in ("a.png", "/a.png", "../a:b.png", "#a", "?a=//b", "", "é.png", "./c:d")),
        *(
            (address, True)
            for address in ("//e", "\\\\e", "/\\e", "/\t/e", "\x01//e", " https://e", "ht\ntp:e", "data:x")
        ),
    ],
)
def test_addresses_of_other_sites(address: str, elsewhere: bool) -> None:
    assert is_elsewhere(address) is elsewhere


def test_ids_of_the_theme_are_its_own() -> None:
    assert all(is_safe_id("p", name) for name in ("a", "été", "fn:1", "fnref2:note a", "^bloc", "toc", "c'est"))
    assert not any(
        is_safe_id("p", name) for name in ("", "__toc", "__tabbed_1_1", "a<b", 'a"b', "a\nb", "a&b", "\u202ea")
    )
    assert is_safe_id("input", "__tabbed_1_1")
    assert not is_safe_id("input", "__palette_1")


# --- Time, size and depth -------------------------------------------------------------------------------------------

TANGLES = (
    ("<div>" * 30_000, True),
    ("<b>" * 2000 + "<p>x" * 2000, True),
    ("<p>" + "".join(f"<b id={n}>" for n in range(2000)) + "<p>x" * 2000, True),
    ("<p><b class=" + "x" * 100_000 + ">" + "<p>x" * 20_000, True),
    ("<div><object></div></object>" * 20_000, True),
    ("<p><b class=" + "x" * 9000 + "><i title='</i></b>'><!-- </i></b> --><p>x" * 400, True),
    ("<table><b class=x><td></li></b></table>" * 5000 + "<p>x" * 5000, True),
    ("<p><em>x</em> <a href=y>z</a>" * 20_000, False),
    ("<table>" + "<tr><td>a<td>b" * 10_000 + "</table>", False),
    ("<ul>" + "<li>a" * 10_000 + "</ul>", False),
    ("<dl>" + "<dt>a<dd>b" * 10_000 + "</dl>", False),
    ("<p>a" * 20_000, False),
    ("<a " * 100_000, False),
    ("<a b='" * 50_000, False),
    ("<!--" * 100_000, False),
    ("<svg>" * 80_000, False),
    ("<script>" * 40_000, False),
    ("</" * 200_000, False),
    ("<a name=ancre>x" * 5000, False),
    ("<a href=x><p>" * 4000, True),
    ("<video>" * 900 + "<source src=//e/x>" * 900, False),
)


@pytest.mark.parametrize(("html", "tangled"), [pytest.param(*case, id=case[0][:20]) for case in TANGLES])
def test_size_is_bounded(html: str, tangled: bool) -> None:
    """What takes long never ends here: the worst of these is a fraction of a second."""
    clean = sanitise(html)
    assert len(clean) < 25 * len(html) + 200_000
    assert clean.startswith("<pre>&lt;") is tangled


def test_what_stays_open_is_found_where_it_is_too_much() -> None:
    assert find_tangle("<p>a</p>" * 1000) is None
    assert find_tangle("<div>" * 1001) == 5000
    assert find_tangle("<div>" * 1000) is None
    assert find_tangle("<b>" * 50 + "<p>" * 40_000) is not None


# --- Any text -------------------------------------------------------------------------------------------------------

RENDERER = Markdown(
    extensions=(
        "abbr admonition attr_list def_list footnotes md_in_html tables toc pymdownx.details pymdownx.superfences "
        "pymdownx.tasklist pymdownx.tabbed pymdownx.keys"
    ).split(),
    extension_configs={"pymdownx.tabbed": {"alternate_style": True}},
)
FRAGMENTS = (
    *(
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<svg",
        "<math><mtext>",
        "<table>",
        "<mglyph>",
        "<title>",
        "-->",
    ),
    *(
        "<!--",
        "]]>",
        "<![CDATA[",
        "<noscript>",
        "<p title='",
        '<a id="',
        "<img src=",
        "<template>",
        "<textarea>",
        "/>",
    ),
    *(
        " onerror=alert(1)",
        " onload='alert(1)'",
        " style='position:fixed'",
        " href='javascript:alert(1)'",
        ">",
        "'",
        '"',
    ),
    *(
        "&lt;img src=x onerror=alert(1)&gt;",
        "&#106;avascript:",
        "java&Tab;script:",
        "&quot;",
        "&#0;",
        "\x00",
        "`",
        "<",
    ),
    *(
        "[a](javascript:x)",
        "![a](data:image/svg+xml,x)",
        "![a](//e/x)",
        "[a]: javascript:x\n",
        "[a]",
        "<http://e/",
        "](",
        "\n",
    ),
    *(
        "\n\n",
        "    ",
        "{: onclick=x }",
        "{ #__palette .md-overlay }",
        "\n{: style=x id=__search }\n",
        '!!! note "<b>"\n',
        "| a |\n|--|\n",
    ),
    *(
        '=== "<i>"\n    x\n',
        "[^1]",
        "\n[^1]: <b>\n",
        '*[a]: "><i>\n',
        "++<b>++",
        "- [ ] x\n",
        "# ",
        '<div markdown="1">',
        "</div>",
    ),
    *(
        "<input type=image>",
        "<input type=radio id=__tabbed_1_1 name=__tabbed_1>",
        "<base href=//e>",
        "<form>",
        "<select>",
    ),
    *(
        "<video poster=//e>",
        "<source src=//e>",
        "<iframe srcdoc='",
        "<plaintext>",
        "<details ontoggle=x open>",
        "é",
        "\u202e",
        "x",
    ),
)
TAGS = frozenset(
    """
    a abbr aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption
    figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q rp rt ruby s samp section small source span
    strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr
    """.split()
)
REFUSED = re.compile(
    r"on.*|data-.*|style|srcset|srcdoc|action|formaction|background|ping|target|xlink.*|hidden|tabindex|autofocus|"
    r"autoplay|accesskey|contenteditable|http-equiv|is|slot|part|popover.*|nonce|content|rel|download|usemap|form"
)


class Reader(HTMLParser):
    """Elements and text, by a parser that knows nothing of how they were cleaned."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, frozenset[tuple[str, str]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        flags = {"checked", "disabled", "open", "controls", "default"}
        self.found.append((tag, frozenset((name, "" if name in flags else value or "") for name, value in attrs)))

    def handle_data(self, data: str) -> None:
        self.found.append(("", frozenset({("text", data)})))

    def handle_comment(self, data: str) -> None:
        self.found.append(("!", frozenset()))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("!", frozenset()))

    def handle_pi(self, data: str) -> None:
        self.found.append(("!", frozenset()))


def read(html: str) -> list[tuple[str, frozenset[tuple[str, str]]]]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def harm_in(html: str) -> Iterator[str]:
    """Yield what in some HTML is not on the list."""
    for tag, attributes in read(html):
        if tag and tag not in TAGS:
            yield tag
        for name, value in attributes if tag else ():
            plain = re.sub(r"^[\x00-\x20]+|[\t\r\n]", "", value).lower()
            if REFUSED.fullmatch(name) and (name, tag) != ("style", "td") and (name, tag) != ("style", "th"):
                yield f"{tag} {name}={value}"
            if name in ("href", "src", "poster") and re.match(r"(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:", plain):
                yield f"{tag} {name}={value}"
            if name in ("src", "poster") and re.match(r"[/\\]{2}|[a-z][a-z0-9+.-]*:", plain):
                yield f"{tag} {name}={value}"
            if name in ("id", "name", "for") and value.startswith("__") and not value.startswith("__tabbed_"):
                yield f"{tag} {name}={value}"
            if "md-" in value and name == "class" and not value.startswith("md-button"):
                yield f"{tag} {name}={value}"
            if name == "title" and "<" in value:
                yield f"{tag} {name}={value}"
            if tag == "input" and name == "type" and value not in ("checkbox", "radio"):
                yield f"{tag} {name}={value}"


pieces = st.sampled_from(FRAGMENTS) | st.text(st.characters(codec="utf-8"), max_size=4)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(text=st.lists(pieces, max_size=20).map("".join))
def test_any_text_comes_out_harmless(text: str) -> None:
    for html in (RENDERER.reset().convert(text), text):
        clean = sanitise(html)
        assert list(harm_in(clean)) == []
        assert sanitise(clean) == clean
