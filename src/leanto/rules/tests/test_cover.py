"""An alarm says what the rota says: in time, once, and never for anything else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leanto.rules.cover import (
    AHEAD,
    Alarm,
    Kind,
    Level,
    Standing,
    Wanted,
    alarms,
    is_told_again,
    stranded,
)
from leanto.rules.rota import ANYBODY, Shift, Span, Tier, gaps

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at(hour: float) -> datetime:
    return NOW + hour * HOUR


def shift(start: float, until: float, tier: Tier = Tier.ON_DUTY, person: str = "Ben") -> Shift:
    return Shift(person=person, start=at(start), until=at(until), tier=tier)


def standing(*shifts: Shift, night: tuple[float, float] = (900, 901)) -> Standing:
    """Everything else as it should be."""
    nights = [Span(start=at(night[0]), until=at(night[1]))]
    wanted = Wanted(by_day=1, by_night=2, nights=nights)
    return Standing(shifts=shifts, wanted=wanted, backstops=2, keys_run_out=0, bulletin_waits=False)


def told(*shifts: Shift, hours_later: float = 0) -> dict[Kind, Level]:
    found = alarms(standing=standing(*shifts), now=at(hours_later))
    return {one.kind: one.level for one in found}


def test_a_hole_is_told_as_it_comes_nearer() -> None:
    """At three days, at one, and when it is there; before that nobody is troubled."""
    rota = (shift(-48, 80), shift(81, 400), shift(-48, 400, Tier.RESERVE, "Dev"))
    levels = [told(*rota, hours_later=hour).get(Kind.NOBODY_ON_DUTY) for hour in (7, 9, 57, 80, 81)]
    assert levels == [None, Level.SOON, Level.DAY, Level.NOW, None]


def test_a_time_at_which_no_phone_rings_is_seen_two_weeks_ahead() -> None:
    """Somebody in reserve is a phone that rings; nobody at all is another matter."""
    assert told(shift(-48, 400)) == {}
    assert told(shift(-48, 330)) == {Kind.NOBODY_RINGS: Level.AHEAD}
    net = shift(-48, 400, Tier.BACKSTOP, "Cleo")
    assert told(shift(-48, 330), net) == {}


def test_a_thin_night_is_told_and_an_empty_one_is_not_called_thin() -> None:
    """One where two are wanted is thin; none is worse, and has its own word."""
    thin = standing(shift(-48, 400), night=(10, 18))
    (alarm,) = alarms(standing=thin, now=NOW)
    assert (alarm.kind, alarm.span) == (Kind.THIN, Span(start=at(10), until=at(18)))
    both = replace(thin, shifts=[*thin.shifts, shift(10, 18, person="Dev")])
    assert alarms(standing=both, now=NOW) == []


def test_a_hole_whose_beginning_is_out_of_sight_is_told_from_now() -> None:
    """A program begun this minute had nobody on duty yesterday: no page says so."""
    spans = {one.span.start for one in alarms(standing=standing(), now=NOW) if one.span}
    assert spans == {NOW}
    (hole, _) = alarms(standing=standing(shift(-48, -3), shift(1, 400)), now=NOW)
    assert hole.span == Span(start=at(-3), until=at(1))


def test_one_hole_keeps_its_mark_and_another_has_its_own() -> None:
    """So that each is told once, however often somebody looks."""
    rota = (shift(-48, -1), shift(5, 400), shift(-48, 400, Tier.RESERVE, "Dev"))
    marks = {
        one.mark for n in range(5) for one in alarms(standing=standing(*rota), now=at(n * 0.9))
    }
    assert len(marks) == 1
    later = (shift(-48, 0), *rota[1:])
    assert marks.isdisjoint(one.mark for one in alarms(standing=standing(*later), now=at(1)))
    old = {
        one.mark
        for n in range(5)
        for one in alarms(standing=standing(shift(-400, 400, Tier.RESERVE)), now=at(n))
    }
    assert len(old) == 1


def test_an_alarm_is_told_again_after_a_day_and_whenever_the_clock_went_back() -> None:
    """A machine that was a year ahead for an hour is not silent for a year."""
    alarm = Alarm(kind=Kind.FEW_BACKSTOPS, level=Level.SOON, mark="few")
    cases = {None: True, at(-1): False, at(-23.9): False, at(-24): True, at(9000): True}
    for told_at, again in cases.items():
        assert is_told_again(alarm=alarm, told_at=told_at, now=NOW) is again


hours_of_two_weeks = st.integers(-24, 14 * 24 + 24)
shifts = st.lists(
    st.tuples(hours_of_two_weeks, st.integers(1, 200), st.sampled_from(Tier)).map(
        lambda one: shift(one[0], one[0] + one[1], one[2], person=f"{one}")
    ),
    max_size=8,
)


@given(before=shifts, after=shifts)
def test_a_change_strands_exactly_the_time_that_nobody_covers_any_more(
    before: list[Shift], after: list[Shift]
) -> None:
    """Hour by hour: somebody was there before, nobody is after."""
    lost = stranded(before=before, after=after, now=NOW)

    def there(some: list[Shift], moment: datetime) -> bool:
        return any(one.start <= moment < one.until for one in some)

    for n in range(int(AHEAD / HOUR)):
        moment = at(n)
        gone = there(before, moment) and not there(after, moment)
        assert any(one.start <= moment < one.until for one in lost) is gone
    if not gaps(shifts=after, start=NOW, until=NOW + AHEAD, tiers=ANYBODY):
        assert Kind.NOBODY_RINGS not in told(*after)
    elif lost:
        assert Kind.NOBODY_RINGS in told(*after)
