"""What runs in a copy of the process that is ready runs as it does in a new one."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.processes import Done, run_copy, run_from_nothing

PROGRAM = """
import atexit, os, random, sys, time, warnings
from pathlib import Path
atexit.register(print, "the end")
print(__name__, sys.argv[1:], sys.argv[0] == __file__, Path.cwd(), sys.path[0])
print(sorted(os.environ), time.tzname, os.environ["SAID"], os.popen("echo $SAID").read())
print(sys.stdin.read(), sys.stdout.isatty(), sys.stdout.encoding, sys.flags.utf8_mode)
print("déjà", file=sys.stderr)
os.system("echo from a shell")
print([name for name in ("mkdocs", "properdocs", "git", "essaim_app", "essaim_git") if name in sys.modules])
if sys.argv[1:] == ["killed"]:
    sys.stdout.flush()
    os.kill(os.getpid(), 9)
if sys.argv[1:] == ["wrong"]:
    1 / 0
sys.exit(len(sys.argv))
"""

Run = Callable[[list[str], Path, Mapping[str, str]], Done]


def shown(run: Run, folder: Path, *arguments: str) -> tuple[int, list[str], str]:
    """Run the program; return its status, the lines it printed, and the last line of what it printed on the other."""
    environment = {**os.environ, "SAID": "un\ndeux é", "TZ": "Asia/Kathmandu", "PYTHONUTF8": "1"}
    done = run([sys.executable, "-m", "program", *arguments], folder, environment)
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()[-1]


@pytest.mark.parametrize("arguments", [(), ("a b", "é"), ("killed",), ("wrong",)])
def test_a_copy_is_as_a_new_one(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "program.py").write_text(PROGRAM, "utf-8")
    assert shown(run_copy, tmp_path, *arguments) == shown(run_from_nothing, tmp_path, *arguments)


def test_a_copy_knows_nothing_of_the_one_before(tmp_path: Path) -> None:
    code = (
        "import essaim, sys\nprint(hasattr(essaim, 'mark'), 'other' in sys.modules)\nessaim.mark = 1\nimport other\n"
    )
    for name, text in (("program", code), ("other", "")):
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
    for _ in range(2):
        done = run_copy([sys.executable, "-m", "program"], tmp_path, os.environ)
        assert (done.stdout, done.stderr) == ("False False\n", "")
