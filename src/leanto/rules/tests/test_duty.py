"""Nobody is rung in their quiet hours, and everybody is when they said they may be."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leanto.rules.duty import Person, Quiet, hours, reachable
from leanto.rules.rota import Shift, Span, Tier

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
# Each from noon to noon around a night in which the clock jumps, and one plain night.
NIGHTS = [
    (BERLIN, datetime(2026, 10, 24, 10, tzinfo=UTC), 25),
    (BERLIN, datetime(2027, 3, 27, 11, tzinfo=UTC), 23),
    (NEW_YORK, datetime(2026, 10, 31, 16, tzinfo=UTC), 25),
    (NEW_YORK, datetime(2027, 3, 13, 17, tzinfo=UTC), 23),
    (BERLIN, datetime(2026, 11, 23, 11, tzinfo=UTC), 24),
]
minutes = st.integers(0, 1439)


@pytest.mark.parametrize(("zone", "noon", "length"), NIGHTS)
@settings(deadline=None)
@given(quiet=st.builds(Quiet, from_minute=minutes, until_minute=minutes))
def test_quiet_hours_stay_quiet_when_the_clock_jumps(
    zone: ZoneInfo, noon: datetime, length: int, quiet: Quiet
) -> None:
    """Whatever the wall clock shows twice or skips, no phone in reserve rings in a quiet hour; and
    outside of them, but for the hours around the jump, it may."""
    until = (noon.astimezone(zone) + timedelta(days=1)).astimezone(UTC)
    assert until - noon == length * HOUR
    person = Person(name="Ben", reserve=True, quiet=quiet)
    loud = hours(person=person, start=noon, until=until, zone=zone)
    assert not [one for one in loud if one.start >= one.until]
    moments = [noon + n * MINUTE for n in range(length * 60)]
    rung = [any(one.start <= at < one.until for one in loud) for at in moments]
    still = [is_quiet(quiet, at.astimezone(zone)) for at in moments]
    assert not [at for at, r, s in zip(moments, rung, still, strict=True) if r and s]
    more = sum(not r and not s for r, s in zip(rung, still, strict=True))
    assert more <= (0 if length == 24 else 120)


def test_a_shift_and_the_switch_ring_in_quiet_hours() -> None:
    """Who takes a night shift, or switches on at midnight, means that very night."""
    start = datetime(2026, 11, 23, 21, tzinfo=UTC)
    night = Span(start=start, until=start + 8 * HOUR)
    ben = Person(
        name="Ben",
        shifts=(Shift(person="Ben", tier=Tier.ON_DUTY, start=start, until=start + 2 * HOUR),),
        available=Span(start=start + 3 * HOUR, until=start + 4 * HOUR),
        backstop=True,
        quiet=Quiet(from_minute=22 * 60, until_minute=6 * 60),
    )
    found = hours(person=ben, start=start, until=night.until, zone=BERLIN)
    assert {one.tier for one in found} == {Tier.ON_DUTY, Tier.AVAILABLE}


def test_without_a_live_key_nobody_is_reached() -> None:
    """A name on the rota rings no phone: what is sealed to nobody is heard by nobody."""
    start = datetime(2026, 11, 23, tzinfo=UTC)
    key = Span(start=start, until=start + 7 * 24 * HOUR)
    ben = Person(name="Ben", reserve=True, live=(key,))
    found = reachable(people=[ben], start=start, until=start + 14 * 24 * HOUR, zone=BERLIN)
    assert [(one.start, one.until) for one in found] == [(key.start, key.until)]


def is_quiet(quiet: Quiet, local: datetime) -> bool:
    """Does the wall clock show a quiet minute? The plain reading, which knows of no jump."""
    minute = local.hour * 60 + local.minute
    if quiet.from_minute <= quiet.until_minute:
        return quiet.from_minute <= minute < quiet.until_minute
    return minute >= quiet.from_minute or minute < quiet.until_minute
