"""A copy of the project, for one file of breaks after the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sabotage.runner import copied_tree


@pytest.fixture(scope="module")
def tree() -> Iterator[Path]:
    """Whole again after each break."""
    with copied_tree() as copy:
        yield copy
