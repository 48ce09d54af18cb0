"""A past in git: each page written in several commits by several people, made in one stream."""

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

PEOPLE = tuple(
    (name, f"{number}@exemple.invalid")
    for number, name in enumerate(
        "Inès Béranger|Loïc Thévenot|Aïcha Noël|Rémi Guérin|Zoé Lefèvre|Gaël Prévost|Sélim Forêt|Ève Maître".split(
            "|"
        )
    )
)
START, END = 1_690_000_000, 1_790_000_000
"""The moments of the first and the last commit, in seconds."""


def plant(root: Path, pages: Mapping[str, str], others: Mapping[str, str]) -> int:
    """Make a repository whose last commit holds pages and other files, check it out; return how many commits it has.

    A page has one commit to five, three as a rule; those before the last lack the end of its text.
    """
    root.mkdir(parents=True)
    _git(root, "init", "--quiet", "--initial-branch=main")
    versions = _versions(pages)
    with subprocess.Popen(
        ["git", "fast-import", "--quiet", "--date-format=raw"], cwd=root, stdin=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        moment = START
        process.stdin.writelines(_commit(others, PEOPLE[0], moment))
        for number, (path, text) in enumerate(versions):
            moment = START + (END - START) * (number + 1) // len(versions)
            process.stdin.writelines(_commit({path: text}, PEOPLE[(number * 7 + len(path)) % len(PEOPLE)], moment))
    if process.returncode:
        raise SystemExit(f"git fast-import ended with {process.returncode}")
    _git(root, "reset", "--quiet", "--hard", "main")
    return len(versions) + 1


def restore(root: Path) -> None:
    """Undo every edit of the pages."""
    _git(root, "checkout", "--quiet", "--", ".")


def _versions(pages: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what is committed, in order: all first versions, then all second ones…"""
    chance = Random(len(pages))
    counts = {path: chance.randint(1, 5) for path in pages}
    order = sorted(pages)
    chance.shuffle(order)
    found = []
    for back in range(4, -1, -1):
        for path in order:
            if counts[path] > back:
                found.append((path, pages[path] if back == 0 else _shorter(pages[path], back)))
    return found


def _shorter(text: str, paragraphs: int) -> str:
    head, body = text.split("---\n\n", 1)
    return f"{head}---\n\n" + "\n\n".join(body.split("\n\n")[:-paragraphs]) + "\n"


def _commit(files: Mapping[str, str], author: tuple[str, str], moment: int) -> Iterator[bytes]:
    message = f"Mise à jour de {next(iter(files))}".encode()
    who = f"{author[0]} <{author[1]}> {moment} +0100"
    yield f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {len(message)}\n".encode() + message + b"\n"
    for path, text in files.items():
        data = text.encode()
        yield f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"
    yield b"\n"


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True)
