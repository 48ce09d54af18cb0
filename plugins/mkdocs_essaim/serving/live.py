"""A site that follows the wiki: what a change touches at once, all the rest when the writing pauses."""

import logging
from collections.abc import Callable, Collection
from pathlib import Path
from threading import Lock, Thread, Timer
from time import perf_counter

from mkdocs.exceptions import MkDocsException

from essaim.views.addresses import published_path
from essaim.views.words import counted
from mkdocs_essaim.building.gather import Gathered, gather
from mkdocs_essaim.building.order import Order
from mkdocs_essaim.building.progress import Progress
from mkdocs_essaim.building.refusals import reason_of
from mkdocs_essaim.building.tree import write_over
from mkdocs_essaim.building.work import Work
from mkdocs_essaim.building.workers import Crew
from mkdocs_essaim.search.plugin import SearchPlugin

_PAUSE = 0.6
"""Seconds without a change after which the whole site is brought up to date: menu, lists, feeds, search."""
log = logging.getLogger("mkdocs.plugins.essaim")


class Live:
    """Keeps the published folder of an order up to date. `call` has `take` called again, from any thread."""

    def __init__(self, order: Order, first: Gathered, call: Callable[[], None], tell: Callable[[str], None]) -> None:
        self._order, self._call, self._tell = order, call, tell
        self._lock = Lock()
        self._timer: Timer | None = None
        self._working: Thread | None = None
        self._ready: Gathered | None = None
        self._since: set[Path] = set()
        """What changed since the whole site was begun to be made anew."""
        self._adopt(first)

    def _adopt(self, gathered: Gathered) -> None:
        """Take a site that was published as what changes are made on."""
        self._current, memory, content = gathered, gathered.outcome.memory, gathered.content
        ground = gathered.outcome.ground
        search = gathered.config.plugins.get("essaim-search")
        if isinstance(search, SearchPlugin):
            search.rest()
        self._work = Work(ground, gathered.publication, memory, memory.environment) if ground is not None else None
        self._keys = {uri: entry.key for uri, entry in memory.entries.items()}
        content.traces.update({content.path_of(uri): entry.trace for uri, entry in memory.entries.items()})

    @property
    def current(self) -> Gathered:
        """The site that is shown, as it was last made whole."""
        return self._current

    def take(self, changed: set[Path]) -> None:
        """Show some changes, and what was made meanwhile."""
        with self._lock:
            ready, self._ready = self._ready, None
            if ready is not None:
                self._current.config.plugins.on_shutdown()
                ready.publish()
                self._adopt(ready)
                changed, self._since = changed | self._since, set()
            if changed:
                self._since |= changed
                self._show(changed)
                self._put_off()

    def _show(self, changed: Collection[Path]) -> None:
        """Make the pages that some files touch, those that changed first."""
        began, made = perf_counter(), 0
        content, root = self._current.content, self._current.order.config_file.parent
        paths = {path.relative_to(root).as_posix() for path in changed if path.is_relative_to(root)}
        touched = content.renew(paths) if self._work is not None else None
        if touched is None or self._work is None:
            return
        for path in sorted(touched, key=lambda path: path not in paths):
            uri = published_path(path, content.site.docs_dir)
            page = self._work.page(uri)
            key = self._work.key(page)
            if self._keys.get(uri) != key:
                self._keys[uri] = key
                write_over(self._current.order.folder / page.file.dest_uri, self._work.make(page).data)
                made += 1
            content.forget(page)
        self._tell(f"{counted(made, 'page')} en {perf_counter() - began:.2f} s.")
        for line in content.wrong_in(paths):
            self._tell(line)

    def _put_off(self) -> None:
        """Bring the whole site up to date a moment later, unless another change comes."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = Timer(_PAUSE, self._catch_up)
        self._timer.daemon = True
        self._timer.start()

    def _catch_up(self) -> None:
        """Make the whole site anew, beside the one that is shown; one at a time."""
        with self._lock:
            is_busy = self._working is not None and self._working.is_alive()
            if is_busy or self._ready is not None:  # what is made and not yet shown stands where the next would
                self._put_off()
                return
            self._since = set()
            self._working = Thread(target=self._gather, daemon=True)
            self._working.start()

    def _gather(self) -> None:
        try:
            ready = gather(self._order, Crew(size=1), Progress())
        except (MkDocsException, OSError) as problem:
            self._tell(f"Le site reste comme il était : {reason_of(problem)}")
            return
        with self._lock:
            self._ready = ready
        self._call()
