"""A site that follows the wiki: what a change touches at once, all the rest when the writing pauses."""

from collections.abc import Callable, Collection
from pathlib import Path
from threading import Lock, Thread, Timer
from time import perf_counter

from mkdocs.exceptions import MkDocsException

from essaim.views.words import counted
from essaim.workspace.collector import keep_what_is_there
from mkdocs_essaim.building.gather import Gathered, gather
from mkdocs_essaim.building.lock import exchanging
from mkdocs_essaim.building.progress import Progress
from mkdocs_essaim.building.refusals import reason_of
from mkdocs_essaim.building.tree import write_over
from mkdocs_essaim.building.work import Work
from mkdocs_essaim.building.workers import Crew
from mkdocs_essaim.search.plugin import SearchPlugin
from mkdocs_essaim.serving.beside import Published, publish_beside, surroundings_of

_PAUSE = 0.6
"""Seconds without a change after which the whole site is brought up to date: menu, lists, feeds, search."""


class Live:
    """Keeps the published folder of a site up to date. `call` has `take` called again, from any thread."""

    def __init__(self, first: Gathered, call: Callable[[], None], tell: Callable[[str], None]) -> None:
        self._call, self._tell = call, tell
        self._lock = Lock()
        self._timer: Timer | None = None
        self._working: Thread | None = None
        self._ready: Gathered | None = None
        self._is_published = False
        """Whether another process published the site, and what was made meanwhile is not in it yet."""
        self._made: set[str] = set()
        """The pages that were made since the whole site was begun to be made anew."""
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
        self._surroundings = surroundings_of(content.analysis)  # edits that are taken in one by one leave them
        keep_what_is_there()
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
            again: set[str] = set()
            if self._is_published:
                self._is_published, again, self._made = False, self._made, set()
            if ready is not None:  # it may have begun before these
                changed, self._since, self._made = changed | self._since, set(), set()
            if changed or again:
                self._since |= changed
                self._show(changed, again)
                self._put_off()

    def _show(self, changed: Collection[Path], again: Collection[str]) -> None:
        """Make the pages that some files touch, those that changed first, and some that were made already."""
        if self._work is None:
            return
        began, made = perf_counter(), 0
        content, paths = self._current.content, self._paths(changed)
        touched, left = content.renew(paths) if paths else (), {*again}
        for path in touched or ():  # the first are shown before the others are found
            made += self._make(path, self._work, is_asked=path in left)
            left.discard(path)
        for path in sorted(left):
            made += self._make(path, self._work, is_asked=True)
        if touched is None and not made:
            return
        self._tell(f"{counted(made, 'page')} en {perf_counter() - began:.2f} s.")
        for line in content.wrong_in(paths):
            self._tell(line)

    def _make(self, path: str, work: Work, *, is_asked: bool) -> bool:
        """Make a page unless it would show the same and nobody asks for it; tell whether it was made."""
        content = self._current.content
        uri = content.uri_of(path)
        page = work.page(uri)
        key = work.key(page)
        is_other = self._keys.get(uri) != key or is_asked
        if is_other:
            self._keys[uri] = key
            self._write(page.file.dest_uri, work.make(page).data)
            if uri not in content.lists:  # what it lists is known when the whole site is made: that one is to stay
                self._made.add(path)
        content.forget(page)
        return is_other

    def _write(self, place: str, data: bytes) -> None:
        order = self._current.order
        with exchanging(order.room):
            write_over(order.folder / place, data)

    def _paths(self, changed: Collection[Path]) -> set[str]:
        """Return the paths of files from the root of the wiki; those outside are of the theme."""
        root = self._current.order.config_file.parent
        return {path.relative_to(root).as_posix() for path in changed if path.is_relative_to(root)}

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
            if is_busy or self._ready is not None or self._is_published:  # what is made is to be taken in first
                self._put_off()
                return
            self._since, self._made = set(), set()
            self._working = Thread(target=self._bring_up_to_date, daemon=True)
            self._working.start()

    def _bring_up_to_date(self) -> None:
        try:
            if self._work is not None:
                published = publish_beside(self._current.order)
                is_known = self._holds(published)
                self._call()
                if is_known:
                    return
            ready = gather(self._current.order, Crew(size=1), Progress())
        except (MkDocsException, OSError) as problem:
            keep_what_is_there()
            self._tell(f"Le site reste comme il était : {reason_of(problem)}")
            return
        with self._lock:
            self._ready = ready
        self._call()

    def _holds(self, published: Published) -> bool:
        """Whether what is in memory makes the pages that were published, but for those that were made since."""
        with self._lock:
            self._is_published = True
            memory, content = self._current.outcome.memory, self._current.content
            others = {uri for uri, key in published.keys.items() if self._keys.get(uri) != key} - content.lists.keys()
            moved = {content.path_of(uri) for uri in others} - self._made
            return (
                moved <= {""}  # a list is made with the whole site only
                and published.environment == memory.environment
                and published.left_out == memory.left_out
                and published.surroundings == self._surroundings
            )
