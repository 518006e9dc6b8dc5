"""Two nights a year the clock jumps, and a shift must still be the hours that people mean."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from leanto.desk.rota.queries import days, standing_shifts
from leanto.desk.rota.times import NoSuchTime, instant
from leanto.rules.rota import Shift, Tier, fewest_by_hour

CHICAGO = ZoneInfo("America/Chicago")
SPRING = date(2027, 3, 14)  # 02:00 becomes 03:00
AUTUMN = date(2026, 11, 1)  # 02:00 becomes 01:00


def at(day: date, hour: int, minute: int = 0, *, later: bool = False) -> datetime:
    """The instant a coordinator means by this time in Chicago."""
    return instant(day=day, clock=time(hour, minute), zone=CHICAGO, later=later)


def test_the_hour_that_is_skipped_is_refused() -> None:
    """Half past two in that night does not exist; guessing would put a peer on at a wrong hour."""
    with pytest.raises(NoSuchTime):
        at(SPRING, 2, 30)
    assert at(SPRING, 3) - at(SPRING, 1) == timedelta(hours=1)


def test_in_the_hour_that_comes_twice_a_shift_covers_both() -> None:
    """From one o'clock means the first one, until one o'clock the second: nobody is left alone."""
    assert at(AUTUMN, 1) == datetime(2026, 11, 1, 6, tzinfo=UTC)
    assert at(AUTUMN, 1, later=True) == datetime(2026, 11, 1, 7, tzinfo=UTC)


def test_a_night_shift_is_as_long_as_the_night() -> None:
    """Ten to six is seven hours in spring and nine in autumn."""
    assert _hours_of_night(SPRING) == 7
    assert _hours_of_night(AUTUMN) == 9


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 11, 2), 24)])
def test_a_day_shows_all_its_hours(day: date, hours: int) -> None:
    """No hour of cover is hidden or counted twice."""
    shifts = standing_shifts(now=datetime(2026, 11, 1, tzinfo=UTC))
    [shown] = days(first=day, count=1, zone=CHICAGO, shifts=shifts)
    assert len(shown.hours) == hours


def _hours_of_night(day: date) -> int:
    start, until = at(day - timedelta(days=1), 22), at(day, 6, later=True)
    night = [Shift(person="Ben", start=start, until=until, tier=Tier.ON_DUTY)]
    counts = [number for _, number in fewest_by_hour(shifts=night, start=start, until=until)]
    assert set(counts) == {1}
    return len(counts)
