"""Each guarantee is broken on purpose, and its test must notice; `make sabotage` tries all."""

from itertools import groupby

import pytest

from tests.sabotage.breaks import ROOT, Break, every_break
from tests.sabotage.runner import why_unnoticed

BREAKS = every_break()


@pytest.mark.parametrize("one", [b for b in BREAKS if b.in_check], ids=lambda one: one.name)
def test_a_broken_guarantee_is_noticed(one: Break) -> None:
    """A test that passes on a broken Leanto proves nothing."""
    assert not why_unnoticed(one)


def test_every_guarantee_is_broken_in_every_check() -> None:
    """No guarantee waits for the long run to be tried."""
    by_guarantee = groupby(sorted(BREAKS, key=_guarantee), key=_guarantee)
    untried = [name for name, breaks in by_guarantee if not any(b.in_check for b in breaks)]
    assert not untried


def test_every_break_still_finds_what_it_breaks() -> None:
    """A break whose text has moved on would break nothing, and its test would seem strong."""
    lost = [b.name for b in BREAKS if (ROOT / b.file).read_text("utf-8").count(b.find) != 1]
    assert not lost
    assert len({b.name for b in BREAKS}) == len(BREAKS)


def _guarantee(one: Break) -> str:
    return one.guarantee
