"""Guarantees of the rooms are broken on purpose and noticed; `make sabotage` tries them all."""

from pathlib import Path

import pytest

from tests.sabotage.breaks import Break, every_break
from tests.sabotage.runner import why_unnoticed

TRIED = [one for one in every_break() if one.in_check and not one.by_vitest]


@pytest.mark.parametrize("one", TRIED, ids=lambda one: one.name)
def test_a_broken_guarantee_is_noticed(one: Break, tree: Path) -> None:
    """A test that passes on a broken Leanto proves nothing."""
    if not one.can_be_tried:
        pytest.skip(f"{one.needs} is not installed")
    assert not why_unnoticed(one, tree)
