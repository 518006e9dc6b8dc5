"""Cover is told as it is: a hole of one minute is a hole."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leanto.rules.rota import Shift, Span, Tier, fewest_by_hour, gaps, on_duty

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


def at(hour: float) -> datetime:
    """An instant that many hours after the first midnight."""
    return MIDNIGHT + timedelta(hours=hour)


def shift(person: str, start: float, until: float, tier: Tier = Tier.ON_DUTY) -> Shift:
    """Somebody's hours, counted from the first midnight."""
    return Shift(person=person, start=at(start), until=at(until), tier=tier)


def test_one_shift_that_ends_as_the_next_begins_leaves_no_gap() -> None:
    """A handover at midnight is cover, not a hole."""
    night = [shift("Ben", 18, 24), shift("Cleo", 24, 30)]
    assert gaps(shifts=night, start=at(18), until=at(30)) == []
    assert on_duty(shifts=night, at=at(24)) == ["Cleo"]


def test_reserve_and_available_do_not_count_as_cover() -> None:
    """An officer at 3 a.m. is promised somebody on duty, not somebody who may be."""
    soft = [shift("Ben", 0, 8, Tier.RESERVE), shift("Cleo", 0, 8, Tier.AVAILABLE)]
    assert gaps(shifts=soft, start=at(0), until=at(8)) == [Span(start=at(0), until=at(8))]


def test_an_hour_with_a_hole_is_not_a_covered_hour() -> None:
    """Ten minutes of nobody are shown, never averaged away."""
    holed = [shift("Ben", 0, 0.5), shift("Cleo", 0.75, 2)]
    counts = [count for _, count in fewest_by_hour(shifts=holed, start=at(0), until=at(2))]
    assert counts == [0, 1]


def test_the_same_person_twice_is_one_person() -> None:
    """Doubling one peer does not make two."""
    doubled = [shift("Ben", 0, 2), shift("Ben", 1, 3)]
    assert on_duty(shifts=doubled, at=at(1.5)) == ["Ben"]


spans = st.tuples(st.integers(0, 96), st.integers(1, 24)).map(lambda p: (p[0] / 4, sum(p) / 4))


@given(st.lists(spans, max_size=8))
def test_every_quarter_hour_is_a_gap_or_somebodys(
    hours: list[tuple[float, float]],
) -> None:
    """Gaps and duty together are the whole time, and never overlap."""
    rota = [shift(f"peer {n}", start, until) for n, (start, until) in enumerate(hours)]
    holes = gaps(shifts=rota, start=at(0), until=at(30))
    for quarter in range(120):
        moment = at(quarter / 4)
        in_a_hole = any(hole.start <= moment < hole.until for hole in holes)
        assert in_a_hole == (on_duty(shifts=rota, at=moment) == [])
