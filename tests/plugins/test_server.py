"""The server of a wiki: readers have whole pages while others are made, and are told when all are there."""

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from mkdocs_essaim.serving.server import Server


class Slow:
    """Takes changes in when it is let to."""

    def __init__(self) -> None:
        self.began, self.may_end = threading.Event(), threading.Event()

    def __call__(self, changed: set[Path]) -> None:
        self.began.set()
        assert self.may_end.wait(30)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "index.html").write_text("<p>avant</p></body>")
    server = Server("127.0.0.1", 0, tmp_path)
    server.listen()
    yield server
    server.shutdown()


def test_a_page_is_read_while_changes_are_taken_in_and_readers_are_told_at_the_end(
    server: Server, tmp_path: Path
) -> None:
    slow = Slow()
    follows = threading.Thread(target=server.follow, args=(slow,))
    follows.start()
    address = f"http://127.0.0.1:{server.server_port}/"
    server.call()
    assert slow.began.wait(30)
    try:
        (tmp_path / "index.html").write_text("<p>après</p></body>")
        with urlopen(address, timeout=30) as answer:  # the host would wait for the end
            assert "après" in answer.read().decode()
        told = threading.Thread(target=lambda: urlopen(f"{address}livereload/{server._visible_epoch}/1").close())
        told.start()
        told.join(0.2)
        assert told.is_alive()
    finally:
        slow.may_end.set()
    told.join(30)
    assert not told.is_alive()
    server.shutdown()
    follows.join(30)
