"""What the engine resolves is what the site renders: each link of a body, as often as it is written, and no other."""

import re
from collections import Counter
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from markdown import Markdown

from essaim.views.audience import Audience
from essaim.views.inputs import PageInputs, page_inputs
from essaim.views.markdown import WikiExtension
from essaim.views.markdown.dialect import DIALECT
from essaim.views.markdown.rendering import key_of
from essaim.workspace.site import site_of
from tests.conftest import read_wiki
from tests.engine.test_markdown_agreement import BODIES, EXTENSIONS, PAGES, ROOT

PATH = "docs/page.md"
OPTIONS = {name: dict(options) for name, options in DIALECT.items()}


def read(text: str) -> PageInputs:
    """Return a page alone in its wiki, with each of its links leading to a place of its own."""
    analysis = read_wiki({PATH: text})
    site = site_of(analysis, Audience.PUBLIC)
    found = page_inputs(site.graph.pages[PATH], site)
    numbers: dict[object, int] = {}
    links = []
    for link in found.links:
        number = numbers.setdefault(key_of(link.kind, link.target, link.section), len(numbers))
        links.append(replace(link, status="page", path=f"place-{number}", anchor="", address="", piece=None))
    return replace(found, links=tuple(links))


def assert_agreement(text: str) -> None:
    inputs = read(text)
    extension = WikiExtension(lambda: Markdown())
    extension.begin(inputs, lambda path: path)
    names = list(dict.fromkeys([*EXTENSIONS, *OPTIONS]))
    html = Markdown(extensions=[*names, extension], extension_configs=OPTIONS).convert(inputs.text)
    rendered = Counter(unescape(path) for path in re.findall(r'(?:href|src)="(place-\d+)"', html))
    written = Counter(link.path for link in inputs.links)
    labelled = {link.path for link in inputs.links if not link.whole}  # several may share one definition
    assert rendered.keys() == written.keys()
    assert {path: count for path, count in rendered.items() if path not in labelled} == {
        path: count for path, count in written.items() if path not in labelled
    }
    assert re.search(r"=\"essaim:\d", html) is None


@pytest.mark.parametrize("path", PAGES, ids=[path.relative_to(ROOT).as_posix() for path in PAGES])
def test_pages(path: Path) -> None:
    assert_agreement(path.read_text("utf-8"))


@pytest.mark.parametrize("body", [body for _, body in BODIES], ids=[name for name, _ in BODIES])
def test_bodies(body: str) -> None:
    assert_agreement(f"\n{body}" if body.startswith("---") else body)
