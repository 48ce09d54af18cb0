"""The menu in groups in a real Chromium: on a phone, by keyboard, with script and without."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import run_module, write_files

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        "ESSAIM_BROWSER" not in os.environ, reason="./scripts/test names the browser, a bare pytest does not"
    ),
]
FILES = {
    "mkdocs.yml": "site_name: Fournil\nuse_directory_urls: false\n"
    "theme: {name: material, language: fr, font: false}\nplugins:\n"
    "  - essaim\n  - essaim-views:\n      order:\n        - Cuire: [pain, j-arrive.md]\n",
    "docs/_type.yml": "type: page\nfields: {titre: text}\n",
    "docs/index.md": "# Accueil\n",
    "docs/j-arrive.md": "# J'arrive\n",
    "docs/pains/_type.yml": "type: pain\nlabel: {one: pain, many: pains}\nindex: {view: list}\n"
    "fields: {titre: text}\n",
    "docs/pains/seigle.md": "# Seigle\n",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build the wiki; return the address of its home page."""
    root = write_files(tmp_path_factory.mktemp("wiki"), FILES)
    run_module("mkdocs", "build", "-q", "-d", "site", cwd=root, status=0)
    return Path(root / "site/index.html").as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser once."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=os.environ["ESSAIM_BROWSER"], args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


def opened(browser: Browser, home: str, *, width: int, script: bool) -> Page:
    page = browser.new_context(
        viewport={"width": width, "height": 844}, java_script_enabled=script, reduced_motion="reduce"
    ).new_page()
    page.goto(home)
    return page


def press_until(page: Page, selector: str) -> None:
    """Go forward by keyboard until something has the focus."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_opens_a_group_and_its_page(browser: Browser, home: str, width: int, script: bool) -> None:
    page = opened(browser, home, width=width, script=script)
    page.locator(".md-header label[for=__drawer]").click()
    page.locator("label.md-nav__link", has_text="Cuire").click()
    page.get_by_role("link", name="J'arrive").click()
    expect(page).to_have_title("J'arrive - Fournil")
    assert "md-nav__item--active" in (page.locator(".md-nav__item--nested").first.get_attribute("class") or "")


@pytest.mark.parametrize(
    ("script", "stop", "key"),
    [(True, "label.md-nav__link", "Enter"), (False, ".md-nav__item--nested > .md-nav__toggle", " ")],
)
def test_a_group_opens_by_keyboard(browser: Browser, home: str, script: bool, stop: str, key: str) -> None:
    page = opened(browser, home, width=1280, script=script)
    entry = page.get_by_role("link", name="Pains")
    expect(entry).not_to_be_visible()
    press_until(page, stop)
    page.keyboard.press(key)
    expect(entry).to_be_visible()


def test_the_drawer_opens_by_keyboard_without_script(browser: Browser, home: str) -> None:
    page = opened(browser, home, width=390, script=False)
    press_until(page, "#__drawer")
    page.keyboard.press(" ")
    expect(page.locator("label.md-nav__link", has_text="Cuire")).to_be_in_viewport()
