"""The build of a site: as MkDocs builds it, but only what is not as it was."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from jinja2 import FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from essaim.views.tracing import Trace
from essaim.workspace.kept import state_of
from mkdocs_essaim.building.environment import environment_digest
from mkdocs_essaim.building.guests import guests
from mkdocs_essaim.building.maker import Ground, Maker
from mkdocs_essaim.building.memory import Entry, Memory, remember
from mkdocs_essaim.building.order import Order
from mkdocs_essaim.building.others import add_pages, add_search, copy_files, made_files, make_templates
from mkdocs_essaim.building.progress import Progress
from mkdocs_essaim.building.publication import Publication
from mkdocs_essaim.building.since import past_of, unaffected
from mkdocs_essaim.building.work import Answer, Work, search_of, stands
from mkdocs_essaim.building.workers import Crew
from mkdocs_essaim.generated import content_of
from mkdocs_essaim.search.index import SearchIndex


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a build leaves to the next, how many pages it made, and what on, unless the host did it."""

    memory: Memory
    rendered: int
    ground: Ground | None


def build_pages(
    order: Order, config: MkDocsConfig, publication: Publication, memory: Memory, crew: Crew, progress: Progress
) -> Outcome:
    """Build a site whose pages only our plugins take part in; it is gathered in `publication`.

    The events of the host come in its order, but for `on_env`, which comes before the pages: each is made at once.
    """
    counter = CountHandler(level=logging.WARNING)
    with progress.phase("analysis"), _counting(counter):
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
    with progress.phase("files"), _counting(counter):
        ground = prepare(order, config, publication)
        pages = {page.file.src_uri: page for page in _pages(ground, Maker(ground))}
        environment = environment_digest(config, ground.nav, _told(ground))
    content, search = content_of(config, "essaim"), search_of(config)
    with progress.phase("pages"):
        same = unaffected(content, memory, environment)
        kept = {
            uri for uri in pages if uri in same.pages and stands(pages[uri], memory.entries[uri], publication, search)
        }
        answers = {uri: Answer(uri=uri, trace=memory.entries[uri].trace) for uri in kept}
        asked = [uri for uri in pages if uri not in kept]
        progress.expect(len(asked))
        begin = partial(Work, ground, publication, memory, environment)
        learn = partial(_learn, order, publication, memory, environment)
        for answer in crew.share_out(asked, begin, learn):
            answers[answer.uri] = answer
            progress.step()
    if search is not None:
        for uri, page in pages.items():  # in their order, whoever was first
            searched = answers[uri].searched
            if searched is not None:
                search.take(page.file.dest_uri, searched)
    entries = {uri: answers[uri].entry or _with_trace(memory.entries[uri], answers[uri].trace) for uri in pages}
    with crew.meanwhile(_shards(search)) as wait:
        with progress.phase("files"), _counting(counter):
            add_pages(pages, entries, ground, publication)
            copy_files(ground, publication, memory.made, same.of_all)
            make_templates(ground)
            for page in pages.values():
                page.validate_anchor_links(files=ground.files, log_level=config.validation.links.anchors)
            left = Memory(
                environment=environment,
                state=state_of(content.analysis),
                left_out=frozenset(content.site.left_out),
                past=past_of(content.site.history),
                entries={uri: entry for uri, entry in entries.items() if not answers[uri].warnings},
                made={path: publication.fresh[path].digest for path in made_files(ground)},
            )
            content.keep()
            if left != memory:
                remember(order.room, left, memory)
            publication.look()
        with progress.phase("search"), _counting(counter):
            wait()
            if search is not None:
                add_search(search, publication)
            config.plugins.on_post_build(config=config)
    warnings = sum(answer.warnings for answer in answers.values()) + sum(counter.counts.values())
    if config.strict and warnings:
        raise Abort(f"Aborted with {warnings} warnings in strict mode!")
    rendered = sum(answer.entry is not None for answer in answers.values())
    return Outcome(memory=left, rendered=rendered, ground=ground)


@contextmanager
def _counting(counter: CountHandler) -> Iterator[None]:
    """Count what a strict build stops on."""
    logger = logging.getLogger("mkdocs")
    logger.addHandler(counter)
    try:
        yield
    finally:
        logger.removeHandler(counter)


def prepare(order: Order, config: MkDocsConfig, publication: Publication) -> Ground:
    """Learn all that pages are made on."""
    config.site_dir = str(publication.staging)
    files = get_files(config)
    env = config.theme.get_env()
    compiled = order.compiled()
    env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    content_of(config, "essaim").renderer.keep_in(compiled)
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    env = config.plugins.on_env(env, config=config, files=files)
    env = env.overlay(auto_reload=False, cache_size=-1)  # each page asks for some thirty templates
    return Ground(config=config, files=files, nav=nav, env=env)


def _told(ground: Ground) -> Iterator[str]:
    """Yield what all pages stand on beside settings, theme and navigation."""
    for guest in guests(ground.config):
        yield from guest.stands_on()
    yield from sorted(file.src_uri for file in ground.pages if file.generated_by is not None)


def _pages(ground: Ground, maker: Maker) -> list[Page]:
    """Return the pages; those that the navigation names without a title are read, for others show it."""
    pages = [file.page or Page(None, file, ground.config) for file in ground.pages]
    for page in ground.nav.pages:
        if page.title is None:
            maker.read(page)
    return pages


def _learn(order: Order, publication: Publication, memory: Memory, environment: str) -> Callable[[str], Answer]:
    """Return what makes a page, in a process that knows nothing yet."""
    logging.disable()  # all this was told already
    config, _ = order.begin()
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    ground = prepare(order, config, publication)
    _pages(ground, Maker(ground))
    logging.disable(logging.NOTSET)
    return Work(ground, publication, memory, environment)


def _with_trace(entry: Entry, trace: Trace) -> Entry:
    return entry if entry.trace is trace else entry._replace(trace=trace)


def _shards(search: SearchIndex | None) -> list[Callable[[], object]]:
    """Return what makes each index of the search that is to be made, on disk, where it is found made."""
    return [] if search is None else [partial(search.make_shard, number) for number in search.unmade()]
