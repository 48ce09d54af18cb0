"""Everything that a site will be, gathered beside the one that is published, until it is told to take its place."""

from dataclasses import dataclass

from mkdocs.commands.build import build as build_whole
from mkdocs.config.defaults import MkDocsConfig

from essaim.workspace.collector import without_collector
from mkdocs_essaim.building.memory import NOTHING, recall
from mkdocs_essaim.building.order import Order
from mkdocs_essaim.building.progress import Progress
from mkdocs_essaim.building.publication import Counts, Publication
from mkdocs_essaim.building.site import Outcome, build_pages
from mkdocs_essaim.building.strangers import strangers
from mkdocs_essaim.building.tree import untouched
from mkdocs_essaim.building.trees import Trees, recall_trees, remember_trees
from mkdocs_essaim.building.workers import Crew, collecting
from mkdocs_essaim.content.plugin import ContentPlugin


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """A site that is ready: `strangers` are the plugins for which all its pages were made anew."""

    order: Order
    config: MkDocsConfig
    content: ContentPlugin
    publication: Publication
    known: Trees
    outcome: Outcome
    strangers: tuple[str, ...]

    @without_collector()
    def publish(self) -> Counts:
        """Put it in place of the one before, and keep how it stands."""
        try:
            self.publication.take_all()
            counts = self.publication.commit()
        except BaseException:
            self.publication.abandon()
            raise
        done = self.publication
        trees = Trees(manifest=done.fresh, origins=done.fresh_origins, spare=done.spare)
        if trees != self.known:
            remember_trees(self.order.room, trees)
        done.end()
        return counts


@without_collector()
def gather(order: Order, crew: Crew, progress: Progress) -> Gathered:
    """Build a site from what changed since the last time. The plugins are started: `on_shutdown` is the caller's."""
    with progress.phase("analysis"):
        config, content = order.begin()
        memory, trees, others = recall(order.room), recall_trees(order.room), tuple(strangers(config))
        publication = Publication(
            site=order.folder,
            beside=order.room,
            standing=untouched(order.folder, trees.manifest),
            spare=trees.spare,
            origins=trees.origins,
        )
        publication.begin()
    try:
        if others:
            outcome = _build_whole(config, publication, progress)
        else:
            outcome = build_pages(order, config, publication, memory, crew, progress)
    except BaseException:
        publication.abandon()
        config.plugins.on_shutdown()
        raise
    return Gathered(
        order=order,
        config=config,
        content=content,
        publication=publication,
        known=trees,
        outcome=outcome,
        strangers=others,
    )


def _build_whole(config: MkDocsConfig, publication: Publication, progress: Progress) -> Outcome:
    """Have the host build everything, for a plugin that may keep something from one page to the next."""
    with progress.phase("pages"), collecting():
        config.site_dir = str(publication.staging)
        build_whole(config)
        rendered = sum(1 for _ in publication.staging.rglob("*.html"))
    return Outcome(memory=NOTHING, rendered=rendered, ground=None)
