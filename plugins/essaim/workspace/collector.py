"""The search for garbage, held back while an analysis is made: none of it is any, and looking costs as much again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
