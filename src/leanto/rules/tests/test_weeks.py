"""When keys turn."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from leanto.rules.weeks import day_of, epoch, monday_of, published_epochs, running_epochs
from leanto.rules.weeks import sealing_epoch as sealing

DAYS = st.integers(1_000, 60_000)


def test_a_monday_is_a_monday() -> None:
    """Bundles turn on the day that everyone calls Monday."""
    monday = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    sunday = datetime(2026, 11, 22, 23, 59, tzinfo=UTC)
    assert monday_of(day_of(monday)) == day_of(monday)
    assert monday_of(day_of(sunday)) == day_of(monday) - 7


@given(DAYS)
def test_there_is_never_a_day_without_an_epoch(day: int) -> None:
    """One epoch runs, or two that overlap; the next one is published before it begins."""
    running = running_epochs(today=day)
    assert 1 <= len(running) <= 2
    assert all(one.first_day <= day <= one.last_day for one in running)
    assert published_epochs(today=day)[-1].first_day > day


@given(DAYS)
def test_an_epoch_lasts_90_days_and_the_next_starts_after_60(day: int) -> None:
    """Whoever draws on the last day of one epoch could have drawn from the next for a month."""
    one = running_epochs(today=day)[0]
    assert one.last_day - one.first_day == 89
    assert epoch(one.number + 1).first_day == one.first_day + 60


@given(DAYS)
def test_a_bulletin_is_sealed_under_an_epoch_that_pockets_have_drawn(day: int) -> None:
    """A pocket that draws in an epoch's first week is never locked out of the members' part."""
    chosen = epoch(sealing(today=day))
    assert chosen in running_epochs(today=day)
    assert chosen.first_day + 7 <= day
