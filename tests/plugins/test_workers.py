"""What a build has done beside: by threads or by copies of its process, while it goes on."""

import os
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from mkdocs_essaim.building.workers import Crew


def tasks_in(folder: Path) -> list[Callable[[], object]]:
    return [partial((folder / name).write_text, "fait") for name in "abcde"]


@pytest.mark.parametrize("crew", [Crew(size=2), Crew(size=1)])
def test_tasks_are_all_done_once_they_are_waited_for(crew: Crew, tmp_path: Path) -> None:
    with crew.meanwhile(tasks_in(tmp_path)) as wait:
        wait()
        assert sorted(file.name for file in tmp_path.iterdir()) == [*"abcde"]


def test_tasks_begin_before_they_are_waited_for() -> None:
    met = threading.Barrier(3)
    with Crew(size=2).meanwhile([lambda: met.wait(30)] * 2) as wait:
        met.wait(30)
        wait()


def test_a_task_that_fails_is_told_when_it_is_waited_for() -> None:
    def fail() -> None:
        raise OSError(28, "plus de place", "disque")

    with pytest.raises(OSError, match="plus de place"), Crew(size=2).meanwhile([fail, fail]) as wait:
        wait()


def test_what_the_first_piece_takes_is_at_hand_for_all() -> None:
    found: list[int] = []

    def begin() -> Callable[[int], tuple[int, int, int]]:
        begun = os.getpid()

        def work(number: int) -> tuple[int, int, int]:
            if not found:
                found.append(os.getpid())
            return number, begun, found[0]

        return work

    results = [*Crew(size=2, forks=True).share_out(range(100), begin, begin)]
    assert sorted(number for number, _, _ in results) == [*range(100)]
    assert {place for _, *places in results for place in places} == {os.getpid()}
