"""Programs run as their users run them, each in a process of its own.

Most of the time of a small site goes to reading the engine. A program is therefore a copy, made by `fork`, of a
process that has read the engine and ran nothing of it: its folder, environment, outputs and status are its own, and
it still imports the command, the host and the plugins. Some begin from nothing, as those whose bytes are compared:
all copies put a set in the same order.
"""

import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PATIENCE = 300
"""Seconds after which a program is stopped, and its test fails."""

Done = subprocess.CompletedProcess[str]


def run_from_nothing(command: list[str], cwd: Path, environment: Mapping[str, str]) -> Done:
    """Run a program in a new interpreter."""
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def run_copy(command: list[str], cwd: Path, environment: Mapping[str, str]) -> Done:
    """Run `python -m …` in a copy of the process that is ready."""
    ready = start_ready(os.getpid())
    assert ready.stdin is not None
    assert ready.stdout is not None
    with TemporaryDirectory() as folder:
        outputs = [Path(folder, name) for name in ("out", "err")]
        request = {
            "arguments": command[2:],
            "cwd": str(cwd),
            "environment": dict(environment),
            "outputs": [str(path) for path in outputs],
        }
        ready.stdin.write(json.dumps(request) + "\n")
        ready.stdin.flush()
        status = int(ready.stdout.readline())
        return subprocess.CompletedProcess(command, status, *(path.read_text("utf-8") for path in outputs))


@cache
def start_ready(_owner: int) -> subprocess.Popen[str]:
    """Start the process that is ready; it ends with its owner, who alone writes to it."""
    command = [sys.executable, __file__]
    environment = os.environ | {"PYTHONUTF8": "1"}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)


def serve_requests() -> dict[str, Any] | None:
    """Copy this process once for each request that is read; return it in the copy, and nothing at the end."""
    for line in sys.stdin:
        copy = os.fork()
        if not copy:
            request: dict[str, Any] = json.loads(line)
            return request
        _, status = os.waitpid(copy, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
    return None


def become(request: dict[str, Any]) -> None:
    """Be the program that is asked for, to its end."""
    signal.alarm(PATIENCE)
    for target, (path, mode) in enumerate([(os.devnull, os.O_RDONLY), *((o, os.O_RDWR) for o in request["outputs"])]):
        opened = os.open(path, mode | os.O_CREAT if mode else mode, 0o600)
        os.dup2(opened, target)
        os.close(opened)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    module, *arguments = request["arguments"]
    sys.argv = [module, *arguments]
    sys.path[0] = str(Path.cwd())
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def read_engine() -> None:
    """Import the engine, and nothing that knows a host or git."""
    import essaim

    for module in pkgutil.walk_packages(essaim.__path__, "essaim."):
        importlib.import_module(module.name)
    for name in ("babel", "click", "jinja2", "markdown", "pathspec", "pygments", "watchdog"):
        importlib.import_module(name)
    assert not {"mkdocs", "properdocs", "git"} & set(sys.modules)
    gc.freeze()  # what is shared by all copies is not looked through by any


if __name__ == "__main__":
    read_engine()
    asked = serve_requests()
    if asked:
        become(asked)
