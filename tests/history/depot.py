"""Real repositories, made commit by commit at fixed dates."""

import os
import subprocess
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

START = datetime.fromisoformat("2026-03-01T10:00:00+01:00")
ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
"""What keeps the configuration of whoever runs the tests out of them."""


class Depot:
    """A repository in a folder; each commit comes one day after the last."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.day = START
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, **environment: str) -> str:
        """Run git in the repository; return what it printed."""
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(
            ["git", "-c", "user.name=Nobody", "-c", "user.email=nobody@exemple.invalid", *arguments],
            cwd=self.root,
            env=surroundings | ALONE | environment,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, files: Mapping[str, str | None]) -> None:
        """Write files, or remove those that are None."""
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, "utf-8")

    def commit(
        self, author: str, files: Mapping[str, str | None] | None = None, subject: str = "Une modification"
    ) -> str:
        """Write files and record everything; return the id of the commit."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", subject, **self.as_(author))
        return self.git("rev-parse", "HEAD")

    def move(self, old: str, new: str) -> None:
        """Move a file, in the work tree and the index."""
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        self.git("mv", "--", old, new)

    def merge(self, branch: str, author: str, *options: str) -> None:
        """Merge a branch with a commit of its own."""
        self.git("merge", "--quiet", "--no-ff", "--message", f"Merge {branch}", *options, branch, **self.as_(author))

    def as_(self, author: str) -> dict[str, str]:
        """Return the environment of the next commit by a person."""
        self.day += timedelta(days=1)
        moment = self.day.isoformat()
        return {
            "GIT_AUTHOR_NAME": author,
            "GIT_AUTHOR_EMAIL": "canari-adresse@exemple.invalid",
            "GIT_AUTHOR_DATE": moment,
            "GIT_COMMITTER_NAME": "La machine",
            "GIT_COMMITTER_EMAIL": "machine@exemple.invalid",
            "GIT_COMMITTER_DATE": moment,
        }


def page(title: str, *lines: str) -> str:
    """Return a page long enough for its moves to be seen."""
    return "\n".join((f"# {title}", "", *(f"{title}, ligne {number}." for number in range(12)), *lines, ""))
