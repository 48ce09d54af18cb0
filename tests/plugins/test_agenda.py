"""The agenda in a real build: its page, the dates of events and groups, and the calendars of each audience."""

import re
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.conftest import run_module, write_files
from tests.engine.test_events import GROUP, TYPE

MKDOCS = """\
site_name: Essai
site_url: https://wiki.exemple.invalid/
plugins:
  - essaim: {{audience: {audience}}}
  - essaim-views
theme: {{name: mkdocs}}
"""
POINT = """\
---
titre: Point du lundi
resume: On se parle.
debut: 2020-01-06 12:00
fin: 2020-01-06 12:45
revient: chaque lundi
lieu: "<b>Au siège</b>"
visio: https://visio.exemple.invalid/secret
groupe: [pilotage]
---
"""
WIKI = {
    "docs/index.md": "# Accueil\n\n```requete\nde: evenement\nvue: agenda\nmois: 1\n```\n\n[[point]] [[pilotage]]\n",
    "docs/evenements/_type.yml": TYPE,
    "docs/evenements/point.md": POINT,
    "docs/groupes/_type.yml": GROUP,
    "docs/groupes/pilotage.md": "---\ntitre: Pilotage\n---\n",
}


@pytest.fixture(scope="module", params=["public", "members"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Build the wiki for an audience; return its folder and the audience."""
    root = write_files(tmp_path_factory.mktemp("wiki"), WIKI)
    write_files(root, {"mkdocs.yml": MKDOCS.format(audience=request.param)})
    run_module("mkdocs", "build", "-q", cwd=root, status=0)
    return root / "site", request.param


def test_the_agenda_is_a_list_then_a_table(built: tuple[Path, str]) -> None:
    html = (built[0] / "index.html").read_text("utf-8")
    assert html.index('<ol class="essaim-agenda-jours"') < html.index('<table class="essaim-mois">')
    assert re.search(r"<caption>\w+ \d{4}</caption>", html)
    assert html.count('<th scope="col">') == 7
    assert 'href="evenements/point/"' in html
    assert 'href="agenda.ics" type="text/calendar">Tout l\'agenda</a>' in html.replace("&#39;", "'")


def test_what_people_write_is_text(built: tuple[Path, str]) -> None:
    html = (built[0] / "index.html").read_text("utf-8")
    assert "&lt;b&gt;Au siège&lt;/b&gt;" in html
    assert "<b>Au siège</b>" not in html


def test_an_event_and_its_group_lead_to_their_calendars(built: tuple[Path, str]) -> None:
    point = (built[0] / "evenements/point/index.html").read_text("utf-8")
    group = (built[0] / "groupes/pilotage/index.html").read_text("utf-8")
    assert point.count("<li><time datetime=") == 5
    assert group.count("<li><time datetime=") == 1
    for html, address in ((point, "../point.ics"), (point, "../../agenda/pilotage.ics"), (group, "../../agenda.ics")):
        assert f'href="{address}"' in html
    assert '<a href="../../evenements/point/">Point du lundi</a>' in group


def test_every_link_to_a_calendar_leads_to_one(built: tuple[Path, str]) -> None:
    found = 0
    for page in built[0].rglob("*.html"):
        for address in re.findall(r'href="([^"]+\.ics)"', page.read_text("utf-8")):
            own = address.removeprefix("webcal://wiki.exemple.invalid/")
            path = page.parent / address if own == address else built[0] / own
            calendar = Calendar.from_ical(path.read_bytes())
            assert calendar.walk("VEVENT")
            found += 1
    assert found >= 12  # each once to copy, once to click


def test_calendars_are_as_programs_expect_them_to_the_byte(built: tuple[Path, str]) -> None:
    for path in built[0].rglob("*.ics"):
        data = path.read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n") > 10
        assert max(map(len, data.split(b"\r\n"))) <= 75
    (event,) = Calendar.from_ical((built[0] / "agenda.ics").read_bytes()).walk("VEVENT")
    assert str(event["URL"]) == "https://wiki.exemple.invalid/evenements/point/"
    assert str(event["UID"]) == "evenement-point@wiki.exemple.invalid"


def test_what_is_for_members_is_only_theirs(built: tuple[Path, str]) -> None:
    site, audience = built
    found = [path for path in site.rglob("*") if path.is_file() and b"visio.exemple.invalid" in path.read_bytes()]
    assert bool(found) == (audience == "members")


def test_what_is_not_published_is_in_no_calendar(tmp_path: Path) -> None:
    root = write_files(
        tmp_path, {**WIKI, "mkdocs.yml": MKDOCS.format(audience="public") + "exclude_docs: evenements/point.md\n"}
    )
    run_module("mkdocs", "build", "-q", cwd=root)
    assert "Point du lundi" not in "".join(path.read_text("utf-8") for path in (root / "site").rglob("*.ics"))


def test_a_wiki_without_events_has_no_calendar(tmp_path: Path) -> None:
    wiki = {name: text for name, text in WIKI.items() if "evenements" not in name and name != "docs/index.md"}
    root = write_files(tmp_path, {**wiki, "docs/index.md": "# A\n", "mkdocs.yml": MKDOCS.format(audience="public")})
    run_module("mkdocs", "build", "-q", cwd=root, status=0)
    assert [*(root / "site").rglob("*.ics")] == []


def test_a_plain_tree_holds_the_same_calendars(tmp_path: Path) -> None:
    root = write_files(tmp_path, {**WIKI, "mkdocs.yml": MKDOCS.format(audience="public")})
    run_module("essaim_app", "stage", "arbre", cwd=root, status=0)
    (event,) = Calendar.from_ical((root / "arbre/evenements/point.ics").read_bytes()).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Point du lundi"
    assert "Tout l'agenda](agenda.ics)" in (root / "arbre/index.md").read_text("utf-8")
