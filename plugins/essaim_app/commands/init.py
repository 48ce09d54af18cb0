"""`essaim init`: begin the wiki of another cooperative from this one."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

from essaim.pages.history import Absence
from essaim.suggest import nearest
from essaim.syntax.characters import unwritable_in
from essaim.workspace import Workspace
from essaim.workspace.discover import CONFIG, VARIABLES_FILE
from essaim.workspace.swarm import Answers, UnclosedMark, known_keys, make_seed, plant
from essaim.workspace.swarm.planting import has_program
from essaim.workspace.swarm.settings import ALWAYS
from essaim_app.asking import USUAL, ask, territory_problem
from essaim_app.commands.base import Stop, require_wiki
from essaim_app.first_steps import tell
from essaim_app.welcome import welcome_texts


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("target", metavar="DOSSIER", help="où écrire : un dossier vide, ou qui n'existe pas encore")
    parser.add_argument("--name", metavar="NOM", help="le nom de votre coopérative")
    parser.add_argument("--form", metavar="FORME", help="sa forme juridique")
    parser.add_argument("--territory", metavar="CODE", help="son territoire, par exemple D:73")
    parser.add_argument(
        "--set",
        metavar="CLÉ=VALEUR",
        action="append",
        default=[],
        help="une valeur de « _cae.yml » ; peut se répéter",
    )
    parser.add_argument("--yes", action="store_true", help="ne pose pas de question")
    parser.add_argument("--no-git", action="store_true", help="ne crée pas de dépôt git")


def run(workspace: Workspace, options: Namespace) -> int:
    """Write the new wiki, check it, say what comes next."""
    require_wiki(workspace)
    target = _target(workspace, options.target)
    is_seen = sys.stderr.isatty()
    _say("Lecture de ce wiki…", is_seen)
    analysis = workspace.refresh()
    known = known_keys(analysis)
    values = _given(options, known)
    if sys.stdin.isatty() and is_seen and not options.yes:
        values |= ask(known, values, input)
    values = {key: words for key, words in USUAL.items() if known.get(key) and not values.get(key)} | {
        key: text for key, text in values.items() if text or key not in USUAL
    }
    _check_signs(values)
    _say("Préparation du nouveau wiki…", is_seen)
    try:
        seed = make_seed(analysis, workspace.source(CONFIG), Answers(values=values))
    except UnclosedMark as mark:
        sentence = "cette marque « demonstration » n'a pas sa pareille. Écrivez l'autre, ou effacez celle-ci."
        raise Stop(f"{mark.path}:{mark.line} {sentence}") from None
    others = welcome_texts(Answers(values=values), has_scripts=has_program(workspace.root))
    if (workspace.root / ".gitignore").is_file():
        others[".gitignore"] = (workspace.root / ".gitignore").read_text("utf-8")
    finish = _Finish(is_wanted=not options.no_git)
    plant(seed, workspace.root, target, others, finish)
    return tell(Workspace(target, workspace.today), options.target, seed, workspace, finish.told)


class _Finish:
    """Makes the folder a repository; `told` is what is to be said of it."""

    def __init__(self, *, is_wanted: bool) -> None:
        self._is_wanted = is_wanted
        self.told = ""

    def __call__(self, folder: Path) -> None:
        if not self._is_wanted:
            return
        from essaim_git.beginning import begin_repository  # loads GitPython
        from essaim_git.repository import UnreadableError

        try:
            begin_repository(folder)
        except UnreadableError as error:
            if error.absence is not Absence.NO_GIT:
                raise Stop(
                    f"git n'a pas pu commencer le dépôt, rien n'est écrit. Il dit : {error.detail.strip()}\n"
                    "Corrigez, ou ajoutez --no-git."
                ) from None
            self.told = "git n'est pas installé : le dossier n'a pas encore d'historique. Plus tard : git init."


def _target(workspace: Workspace, text: str) -> Path:
    target, root = Path(text).resolve(), workspace.root.resolve()
    if target == root or target.is_relative_to(root):
        raise Stop(f"« {text} » est dans ce wiki : choisissez un dossier ailleurs.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Stop(
            f"« {text} » contient déjà quelque chose : choisissez un dossier vide, ou qui n'existe pas encore."
        )
    if any(part.lower() == ".git" for part in target.parts):
        raise Stop(f"« {text} » est dans un dossier « .git », qui est à git : choisissez un autre dossier.")
    if any(parent.exists() and not parent.is_dir() for parent in target.parents):
        raise Stop(f"« {text} » passe par un fichier : choisissez un autre dossier.")
    return target


def _given(options: Namespace, known: Mapping[str, str]) -> dict[str, str]:
    """Return the values that the options give, by key."""
    given: dict[str, str] = {}
    for text in options.set:
        key, sign, value = text.partition("=")
        key = key.strip().removeprefix("cae.")
        if not sign:
            raise Stop(
                f'« {text} » n\'est pas de la forme clé=valeur, par exemple contacts.compta="la comptabilité".'
            )
        if key not in known and key not in ALWAYS:
            near = nearest(key, known)
            hint = f"Vouliez-vous dire « {near} » ?" if near else f"Voyez les clés dans « {VARIABLES_FILE} »."
            raise Stop(f"« {key} » n'est pas une clé de « {VARIABLES_FILE} ». {hint}")
        given[key] = " ".join(value.split())
    named = {"nom": options.name, "forme": options.form, "territoire": options.territory}
    given |= {key: " ".join(text.split()) for key, text in named.items() if text is not None}
    problem = territory_problem(given["territoire"]) if given.get("territoire") else None
    if problem is not None:
        hint = f" Vouliez-vous dire « {problem.suggestion} » ?" if problem.suggestion else ""
        raise Stop(f"« {given['territoire']} » n'est pas un territoire : {problem.problem}.{hint}")
    return given


def _check_signs(values: Mapping[str, str]) -> None:
    """Stop for a value that no file may hold as it is."""
    for key, text in values.items():
        sign = unwritable_in(text)
        if sign:
            raise Stop(f"la valeur de « {key} » contient un signe invisible, {sign} : écrivez-la sans lui.")


def _say(sentence: str, is_seen: bool) -> None:
    if is_seen:
        print(sentence, file=sys.stderr)
