"""The events of a site, read once: each by its page, and those that each group holds."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from essaim.folding import fold
from essaim.views.events.event import Event, event_of
from essaim.views.events.occurrences import settled
from essaim.views.site import Site


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownEvents:
    """Events by the path of their page, then by the path of the page of each group that holds some; by title.

    `shared_ids` are the ids that several of these groups bear, or a group and an event of the folder `agenda`: the
    calendars of both would stand at one address.
    """

    by_path: Mapping[str, Event]
    by_group: Mapping[str, tuple[Event, ...]]
    shared_ids: frozenset[str]


def known_events(site: Site) -> KnownEvents:
    """Gather the events that the audience of a site may know of."""
    by_path: dict[str, Event] = {}
    by_group: dict[str, list[Event]] = defaultdict(list)
    pages = (page for page in site.graph.pages.values() if page.type.event is not None)
    for page in sorted(pages, key=lambda page: (fold(page.title), page.path)):
        told = event_of(page, site)
        event = settled(told) if told else None
        if event is not None:
            by_path[page.path] = event
            for group in event.groups:
                by_group[group].append(event)
    ids = Counter(site.graph.pages[path].id.id for path in by_group)
    ids.update(name for name in ids if f"{site.docs_dir}/agenda/{name}.md".removeprefix("./") in by_path)
    return KnownEvents(
        by_path=by_path,
        by_group={path: tuple(events) for path, events in by_group.items()},
        shared_ids=frozenset(name for name, count in ids.items() if count > 1),
    )
