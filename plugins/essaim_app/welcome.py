"""The first texts of a new wiki for who opens its folder."""

from essaim.workspace.swarm import Answers

_README = """\
# {name} : notre wiki

Qui sait faire quoi, comment une chose se fait vraiment, ce que le groupe décide. Chaque page est un fichier de
texte ; un dossier qui contient un `_type.yml` est une collection de fiches.

{serve}

- `docs/_cae.yml` : ce que notre coopérative a décidé. Une valeur vide s'affiche « à compléter ».
- `docs/` et les autres dossiers : les pages. L'aide pour les écrire est dans `docs/aide`.

Les textes repris d'une autre coopérative sont sous licence Creative Commons BY-SA 4.0.
"""
_SERVE = """\
Avec Python 3.11 ou plus récent, et git :

```console
./scripts/serve     # prépare tout, puis montre le wiki sur http://127.0.0.1:8000
./scripts/check     # vérifie toutes les fiches et leurs liens
```"""
_INSTALLED = """\
Là où Essaim est installé :

```console
essaim serve        # montre le wiki sur http://127.0.0.1:8000
essaim check        # vérifie toutes les fiches et leurs liens
```"""
_CONTRIBUTING = """\
# Contribuer

1. Ouvrez la page à changer, ou commencez une fiche : `essaim new TYPE "Titre"`.
2. Écrivez. Seuls les champs obligatoires le sont ; le reste peut venir plus tard.
3. Lancez `{check}` : chaque message dit où, quoi, et comment corriger.
4. Enregistrez dans git, ou envoyez votre texte à qui anime le wiki.

Ce que la coopérative a décidé (dates, taux, outils) s'écrit une seule fois, dans `docs/_cae.yml`.
Une personne n'a de page que si elle l'a voulu, et elle peut la retirer.
"""
_IGNORED = """\
/site/
/site-membres/
.essaim_cache/
"""


def welcome_texts(answers: Answers, *, has_scripts: bool) -> dict[str, str]:
    """Return path → text of what a new wiki has at its root; `has_scripts` is whether the program comes with it."""
    return {
        "README.md": _README.format(name=answers.name, serve=_SERVE if has_scripts else _INSTALLED),
        "CONTRIBUTING.md": _CONTRIBUTING.format(check="./scripts/check" if has_scripts else "essaim check"),
        ".gitignore": _IGNORED,
    }
