"""Nothing of somebody who left is in any byte of either site: a canary in each such place, then a search for it."""

import subprocess
from pathlib import Path

import pytest

from tests.conftest import run_module, write_files
from tests.plugins.leaks import Canaries
from tests.plugins.test_leaks import found

CONFIG = """\
site_name: Départs
site_url: https://departs.exemple.invalid/
theme: {name: material, language: fr, font: false}
plugins:
  - essaim
  - essaim-links
  - essaim-history
  - essaim-views
  - essaim-search: {filters: [type, profil, statut]}
extra: {generator: false}
"""
TYPE = """\
type: profil
label: {one: profil, many: profils}
title: nom
share: commons
index: {view: cards, facets: [statut, ville]}
linked_data: {type: Person, properties: {name: nom, description: resume}}
review_every: 1 month
departed: {when: "statut = ancien", as: role}
fields:
  nom: {type: text, required: true}
  statut: {type: choice, of: {membre: Membre, ancien: Partie}}
  role: text
  resume: text
  ville: {type: text, required: true}
  photo: image
  verifie_le: date
  marraine: {type: reference, to: profil}
  parrain: {type: reference, to: profil, many: true, inverse: {name: filleuls, label: A parrainé}}
"""
EVENT = """\
type: atelier
label: {one: atelier, many: ateliers}
index: {view: table, columns: [debut, titre, par]}
event: {start: debut, group: par}
linked_data: {type: Event, properties: {organizer: par}}
fields: {titre: text, debut: date, par: {type: reference, to: profil, inverse: {name: anime, label: A animé}}}
"""


def write_wiki(root: Path, canaries: Canaries, status: str) -> Path:
    """Write a wiki where everything names somebody, and record it in git under their name."""
    word = canaries.word
    title, alias = f"{word('first name')} {word('last name')}", word("alias")
    files = {
        "mkdocs.yml": CONFIG,
        "docs/_type.yml": "type: page\nextra: allow\nfields: {titre: text}\n",
        "docs/profils/_type.yml": TYPE,
        "docs/profils/p3.md": (
            f"---\nnom: {title}\nalias: [{alias}]\nstatut: {status}\nrole: une ancienne comptable\n"
            f"resume: {word('summary')}\nville: {word('field')}\nphoto: {word('image')}.png\nverifie_le: 2026-01-01\n"
            f"parrain: [ada]\n---\n\n# {title}\n\n## {word('heading')}\n\n{word('sentence')} cite [[ada]]. "
            f"[[{word('wanted page')}]]\n"
        ),
        "docs/profils/ada.md": (
            f"---\nnom: Ada\nstatut: membre\nville: Die\nparrain: [{title}]\n---\n\n"
            f"Merci à [[{title}]], [[p3|{word('words of a link')}]], ![[{alias}]], "
            f"[{word('words of a path')}](p3.md '{word('title of a path')}') et [{word('words by reference')}][1], "
            f"<a href='p3.md' title='{word('title of an anchor')}'>{word('words of an anchor')}</a>.\n\n"
            f"## Avec [[{alias}]]\n\n![[p3#{title}]]\n\n"
            f"```requete\nde: profil\nvue: tableau\ncolonnes: [nom, parrain, cite, filleuls]\n```\n\n"
            f"```requete\nde: profil\nvue: compteur\ngroupe_par: parrain\n```\n\n"
            f"[1]: p3.md '{word('title of a definition')}'\n"
        ),
        **{
            f"docs/profils/v{number}.md": f"---\nnom: V{number}\nville: Die\nparrain: [p3]\n---\n\nOui.\n"
            for number in range(6)
        },
        "docs/profils/z-faux.md": f"---\nnom: Faux\nville: Die\nalias: [{alias}]\ncouleur: non\n---\n",
        "docs/profils/eve.md": f"---\nnom: Ève\nville: Die\nmarraine: {alias}\n---\n\nÈve.\n",
        "docs/ateliers/_type.yml": EVENT,
        "docs/ateliers/un.md": f"---\ntitre: Atelier\ndebut: 2026-11-20\npar: p3\n---\n\nAvec [[{title}]] hier.\n",
        "docs/note.md": f'---\ntitre: Note\nauthor: "[[{alias}]]"\n---\n\nNote de [[{title}]].\n',
        "docs/_redirections.yml": f"docs/profils/{word('old path')}.md: p3\n",
        "docs/index.md": "# Accueil\n\n[[p3]]\n",
    }
    write_files(root, files)
    image = next(name for name, place in canaries.places.items() if place == "image")
    (root / f"docs/profils/{image}.png").write_bytes(word("content of an image").encode())
    identity = ["-c", f"user.name={title}", "-c", f"user.email={word('address')}@exemple.invalid"]
    for arguments in (["init"], ["add", "--all"], ["commit", "--message", f"Ajoute {title}"]):
        command = ["git", *identity, "-c", "init.defaultBranch=main", *arguments]
        subprocess.run(command, cwd=root, check=True, capture_output=True)
    return root


@pytest.mark.parametrize("audience", ["public", "members"])
def test_nothing_of_somebody_who_left_is_in_a_site(tmp_path: Path, audience: str) -> None:
    canaries = Canaries()
    root = write_wiki(tmp_path / "wiki", canaries, "ancien")
    site = tmp_path / "site"
    run_module("essaim_app", "build", "--audience", audience, "--site-dir", str(site), cwd=root, status=1)
    assert found(site, canaries) == {}
    page = (site / "profils/p3/index.html").read_text("utf-8")
    assert "Cette personne a quitté la coopérative." in page
    assert '<meta name="robots" content="noindex">' in page
    assert '"Person"' not in page
    assert "une ancienne comptable" in (site / "profils/ada/index.html").read_text("utf-8")
    assert "p3" not in (site / "profils/index.html").read_text("utf-8")
    run_module("essaim_app", "stage", "--audience", audience, str(tmp_path / "plain"), cwd=root, status=1)
    assert found(tmp_path / "plain", canaries) == {}


def test_before_they_leave_the_canaries_are_there(tmp_path: Path) -> None:
    """Else they would be missing for another reason."""
    canaries = Canaries()
    root = write_wiki(tmp_path / "wiki", canaries, "membre")
    site = tmp_path / "site"
    run_module("essaim_app", "build", "--audience", "members", "--site-dir", str(site), cwd=root, status=1)
    missing = set(canaries.places.values()) - found(site, canaries).keys()
    assert missing == {"address", "title of an anchor", "title of a definition"} & missing
