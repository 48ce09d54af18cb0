"""The server of a wiki that is being written: the one of MkDocs, told of each change as soon as it is there."""

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

_SETTLED = 0.01
"""Seconds without another change after which those that came are taken in: a file is written in several steps."""
_WRITTEN = (
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
)
_HERE = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
"""The names of this machine that only itself can say."""


class Server(LiveReloadServer):
    """Serves a folder, and has it brought up to date when a file of the wiki changes. Browsers then read it again."""

    def __init__(self, host: str, port: int, site: Path) -> None:
        super().__init__(self._take, host, port, str(site))
        self.build_delay = _SETTLED
        observer: Any = Observer()  # told by the system: to read all folders again takes longer
        self.observer = observer
        self._on_changes: Callable[[set[Path]], None] = lambda changed: None
        self._changed: set[Path] = set()
        self._names = {host, *_HERE} if host in _HERE else None
        """What this server is called, None when others may come, by whatever name they know it."""
        self._watches: dict[Path, ObservedWatch] = {}
        self._lock = Lock()
        self.error_handler = self._error_page

    def listen(self) -> None:
        """Take the port. Raises OSError when it cannot be had."""
        self.server_bind()
        self.server_activate()

    def follow(self, take: Callable[[set[Path]], None]) -> None:
        """Serve until interrupted; `take` is given the files that changed, none when it was only called for."""
        self._on_changes = take
        self.observer.start()
        self.serve_thread.start()
        self._build_loop()

    def watch_folders(self, folders: Iterable[tuple[Path, bool]]) -> None:
        """Watch folders for what is written there, each with those in it if told; those that are watched stay so.

        What is only read changes nothing, and building reads.
        """
        for folder, recursive in folders:
            known = self._watches.get(folder)
            if not folder.is_dir() or (known is not None and known.is_recursive == recursive):
                continue
            if known is not None:
                self.observer.unschedule(known)
            self._watches[folder] = self.observer.schedule(
                _Handler(folder, self._note), str(folder), recursive=recursive, event_filter=list(_WRITTEN)
            )
            self._watched_paths[str(folder)] = 1  # pages of a server that watches ask for what changes

    def serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """Answer, unless another site had its own name lead here, to read what only this machine may."""
        name = urlsplit(f"//{environ.get('HTTP_HOST', '')}").hostname or ""
        if self._names is not None and name not in self._names:
            start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
            return [f"Ce wiki se lit à l'adresse {self.url}, sur cette machine.".encode()]
        answer: Iterable[bytes] = super().serve_request(environ, start_response)
        return answer

    def call(self) -> None:
        """Have what follows called, from any thread."""
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def _note(self, path: Path) -> None:
        with self._lock:
            self._changed.add(path)
        self.call()

    def _take(self) -> None:
        with self._lock:
            changed, self._changed = self._changed, set()
        for folder in changed & self._watches.keys():  # it went, and another may have its name: watched anew
            self.observer.unschedule(self._watches.pop(folder))
        coming = self._wanted_epoch
        with self._epoch_cond:  # the host would have readers wait; each page is whole at any moment, old or new
            self._wanted_epoch = self._visible_epoch
            self._epoch_cond.notify_all()
        self._on_changes(changed)
        self._wanted_epoch = coming

    def _error_page(self, code: int) -> bytes | None:
        page = Path(self.root) / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


class _Handler(FileSystemEventHandler):
    """Notes what was written below a folder, and where it was moved from; what is hidden is of other programs."""

    def __init__(self, folder: Path, note: Callable[[Path], None]) -> None:
        self._folder, self._note = folder, note

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note one event."""
        for path in [Path(str(path)) for path in (event.src_path, event.dest_path) if path]:
            inside = path.relative_to(self._folder).parts if path.is_relative_to(self._folder) else path.parts[-1:]
            if not any(part.startswith(".") for part in inside) and not path.name.endswith("~"):
                self._note(path)
