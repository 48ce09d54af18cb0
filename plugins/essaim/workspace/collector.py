"""The search for garbage: what a wiki holds in memory is none, and looking through it costs as much as making it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW_OBJECTS = 20_000
"""How many objects are made before garbage is looked for: often enough for memory, seldom enough for time."""


@contextmanager
def without_collector(*, lasting: bool = False) -> Iterator[None]:
    """Hold back the search for garbage; what is there in the end is never searched if it is `lasting`."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        if lasting:
            gc.freeze()
    finally:
        if was_enabled:
            gc.enable()


def collect_seldom() -> None:
    """Search for garbage now and then: a host leaves rings behind, which would take half as much memory again."""
    gc.enable()
    gc.set_threshold(_NEW_OBJECTS)


def keep_what_is_there() -> None:
    """Let go all garbage now, and never look through what is left again, until the next call."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
