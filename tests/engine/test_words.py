"""Words around a page: labels keep their own capitals, and what is counted agrees."""

import pytest

from essaim.views.audience import Audience
from essaim.views.inputs import page_inputs
from essaim.views.words import capitalised, counted
from essaim.workspace.site import site_of
from tests.conftest import read_wiki

WIKI = {
    "docs/sigles/_type.yml": "type: sigle\nlabel: {one: sigle, many: sigles de la CAE}\nindex: {view: list}\n",
    "docs/sigles/cape.md": "# CAPE\n",
    "docs/notes/_type.yml": "type: note\nlabel: {one: note, many: notes}\n",
    "docs/notes/une.md": "# Une\n",
}


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("docs/sigles/cape.md", ("docs/sigles/index.md", "Sigles de la CAE")),
        ("docs/notes/une.md", ("", "")),
    ],
)
def test_the_way_up_leads_to_the_index_that_lists_the_page(path: str, way: tuple[str, str]) -> None:
    site = site_of(read_wiki(WIKI), Audience.PUBLIC)
    inputs = page_inputs(site.graph.pages[path], site)
    assert (inputs.index, inputs.index_label) == way


@pytest.mark.parametrize(("text", "shown"), [("élan", "Élan"), ("démarches CAE", "Démarches CAE"), ("", "")])
def test_a_first_letter_becomes_a_capital_and_no_other_changes(text: str, shown: str) -> None:
    assert capitalised(text) == shown


def test_a_noun_agrees_with_its_number() -> None:
    assert [counted(number, "page") for number in (0, 1, 2)] == ["0 page", "1 page", "2 pages"]
