"""What stories and walls share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.mailroom import Mailroom, running_mailroom

# Long stories first, so that no core waits for the other's last one.
LONG = ("tests/journeys", "tests/sabotage", "tests/linkability", "tests/power", "tests/contract")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Orders the folders; within a file nothing moves."""
    items.sort(key=lambda item: next((n for n, one in enumerate(LONG) if one in item.nodeid), 9))


@pytest.fixture
def mailroom(tmp_path: Path) -> Iterator[Mailroom]:
    """A mailroom of its own for one story, with nothing on its board."""
    with running_mailroom(tmp_path) as started:
        yield started
