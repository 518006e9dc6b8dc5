"""What stories and walls share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.mailroom import Mailroom, running_mailroom


@pytest.fixture
def mailroom(tmp_path: Path) -> Iterator[Mailroom]:
    """A mailroom of its own for one story, with nothing on its board."""
    with running_mailroom(tmp_path) as started:
        yield started
