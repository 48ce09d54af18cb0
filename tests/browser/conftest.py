"""What all tests in a browser share."""

import pytest
from playwright.sync_api import expect


@pytest.fixture(scope="session", autouse=True)
def _patient() -> None:
    """Give a page on a busy machine three times as long to become what is expected of it."""
    expect.set_options(timeout=15_000)
