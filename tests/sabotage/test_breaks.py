"""The breaks themselves are sound: none is missing, none has lost what it breaks."""

from itertools import groupby

from tests.sabotage.breaks import ROOT, Break, every_break

BREAKS = every_break()


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
