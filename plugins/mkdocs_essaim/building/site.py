"""The build of a site: as MkDocs builds it, but only what is not as it was."""

import logging
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from mkdocs.commands import build as host
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from essaim.views.tracing import Trace
from essaim.workspace.kept import state_of
from mkdocs_essaim.building.environment import environment_digest, state_of_file
from mkdocs_essaim.building.guests import guests
from mkdocs_essaim.building.maker import Ground, Maker
from mkdocs_essaim.building.memory import Entry, Memory, remember
from mkdocs_essaim.building.order import Order
from mkdocs_essaim.building.progress import Progress
from mkdocs_essaim.building.publication import Publication
from mkdocs_essaim.building.since import past_of, unaffected
from mkdocs_essaim.building.work import Answer, Work, search_of, stands
from mkdocs_essaim.building.workers import Crew
from mkdocs_essaim.generated import MadeFile, content_of
from mkdocs_essaim.search.index import FOLDER as SEARCH
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
            _add_pages(pages, entries, ground, publication)
            _copy_files(ground, publication, memory.made, same.of_all)
            _make_templates(ground)
            for page in pages.values():
                page.validate_anchor_links(files=ground.files, log_level=config.validation.links.anchors)
            left = Memory(
                environment=environment,
                state=state_of(content.analysis),
                left_out=frozenset(content.site.left_out),
                past=past_of(content.site.history),
                entries={uri: entry for uri, entry in entries.items() if not answers[uri].warnings},
                made={path: publication.fresh[path].digest for path in _made_files(ground)},
            )
            content.keep()
            if left != memory:
                remember(order.room, left)
        with progress.phase("search"), _counting(counter):
            wait()
            if search is not None:
                _add_search(search, publication)
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


def _add_pages(
    pages: Mapping[str, Page], entries: Mapping[str, Entry], ground: Ground, publication: Publication
) -> None:
    """Publish the pages that gave something to write."""
    for uri, page in pages.items():
        _attach(page, entries[uri], ground)
        if entries[uri].file:
            publication.add(page.file.dest_uri, entries[uri].file)


def _attach(page: Page, entry: Entry, ground: Ground) -> None:
    """Give a page what its links, and those of others, are checked with."""
    page.present_anchor_ids = set(entry.anchors)
    named = {ground.files.src_uris.get(uri): dict(anchors) for uri, anchors in entry.links.items()}
    page.links_to_anchors = {file: anchors for file, anchors in named.items() if file is not None}


def _copy_files(ground: Ground, publication: Publication, made: Mapping[str, str], same: Set[str]) -> None:
    """Publish what is no page.

    A file that did not change on disk since it was published is not read again; one that is made from what is the
    `same` is not made again, if it stands as it was, by its digest in `made`.
    """
    for file in ground.files:
        place = file.dest_uri
        if file.is_documentation_page() or not file.inclusion.is_included():
            continue
        if isinstance(file, MadeFile) and file.stands_on <= same and publication.stands(place, made.get(place, "")):
            publication.add(place, made[place])
        elif file.generated_by is None and file.abs_src_path is not None:
            source = Path(file.abs_src_path)
            publication.add_file(place, source, state_of_file(source))
        else:
            publication.add_data(place, file.content_bytes)


def _made_files(ground: Ground) -> Iterator[str]:
    """Yield where the files stand that are made from all pages."""
    return (file.dest_uri for file in ground.files if isinstance(file, MadeFile) and file.inclusion.is_included())


def _shards(search: SearchIndex | None) -> list[Callable[[], object]]:
    """Return what makes each index of the search that is to be made, on disk, where it is found made."""
    return [] if search is None else [partial(search.make_shard, number) for number in search.unmade()]


def _add_search(search: SearchIndex, publication: Publication) -> None:
    """Publish the search. A folder that an index was made in is named by what it was made of."""
    for name, content in search.files().items():
        path = f"{SEARCH}/{name}"
        if isinstance(content, bytes):
            publication.add_data(path, content)
        else:
            publication.add_kept(path, content)


def _make_templates(ground: Ground) -> None:
    """Have the host write what the theme and the settings add."""
    config = ground.config
    for name in config.theme.static_templates:
        host._build_theme_template(name, ground.env, ground.files, config, ground.nav)
    for name in config.extra_templates:
        host._build_extra_template(name, ground.files, config, ground.nav)
