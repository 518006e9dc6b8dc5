"""Drills come as agreed, and say how soon people answer without saying it of anybody."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from leanto.rules.drills import (
    BANDS_MINUTES,
    CANNOT_SAY,
    DrillKind,
    answered_within_minutes,
    band_of,
    counted,
    drill_is_due,
    drill_moment,
)

chances = st.floats(0, 1, exclude_max=True)


@given(st.sampled_from(DrillKind), chances, st.integers(0, 700))
def test_a_drill_a_month_by_day_and_one_a_quarter_by_night(
    kind: DrillKind, chance: float, period: int
) -> None:
    """Ben is rung as often as he was told, at the hours he was told, whatever chance says."""
    days = {DrillKind.BY_DAY: 30, DrillKind.BY_NIGHT: 91}[kind]
    day, minute = drill_moment(kind=kind, period=period, chance=chance)
    assert period * days <= day < (period + 1) * days
    assert (7 * 60 <= minute < 23 * 60) == (kind is DrillKind.BY_DAY)
    assert 0 <= minute < 24 * 60


@given(chances, st.integers(0, 20_000), st.integers(0, 1439))
def test_a_drill_is_due_at_its_minute_and_not_at_another(
    chance: float, wall_day: int, wall_minute: int
) -> None:
    """Five minutes to begin in; a drill by night only for who agreed to that."""
    of_day, of_night = (
        drill_moment(kind=kind, period=wall_day // days, chance=chance)
        for kind, days in ((DrillKind.BY_DAY, 30), (DrillKind.BY_NIGHT, 91))
    )
    for (day, minute), by_night in ((of_day, False), (of_night, True)):
        assert due(day, minute, by_night=by_night, chance=chance)
    assert not due(*of_night, by_night=False, chance=chance)
    near = [day == wall_day and 0 <= wall_minute - minute < 5 for day, minute in (of_day, of_night)]
    assert due(wall_day, wall_minute, by_night=True, chance=chance) == any(near)


def due(day: int, minute: int, *, by_night: bool, chance: float) -> bool:
    return drill_is_due(
        wall_day=day, wall_minute=minute, by_night=by_night, chance=lambda *_: chance
    )


def test_nine_of_ten_drills_decide_what_is_told() -> None:
    """One slow answer in ten does not count, two do; one in ten not answered at all may be."""
    assert answered_within_minutes(cells=_cells([500] + [40] * 9), people=4) == 1
    assert answered_within_minutes(cells=_cells([290, 290] + [40] * 8), people=4) == 5
    assert answered_within_minutes(cells=_cells([None] + [40] * 9), people=4) == 1
    assert answered_within_minutes(cells=_cells([None] * 3 + [40] * 7), people=4) == CANNOT_SAY


def test_few_drills_or_few_people_say_nothing() -> None:
    """A number about two people would be about each of them."""
    assert answered_within_minutes(cells=_cells([40] * 4), people=4) == CANNOT_SAY
    assert answered_within_minutes(cells=_cells([40] * 5), people=2) == CANNOT_SAY
    assert answered_within_minutes(cells=_cells([40] * 5), people=3) == 1
    assert answered_within_minutes(cells={}, people=9) == CANNOT_SAY


def test_what_took_longer_than_a_quarter_of_an_hour_was_not_answered() -> None:
    """The cells are coarse: no second of anybody's answer is kept."""
    bands = {band_of(answered_after_seconds=seconds) for seconds in range(901)}
    assert bands == set(BANDS_MINUTES)
    assert band_of(answered_after_seconds=901) == band_of(answered_after_seconds=None)


def _cells(answers: Sequence[int | None]) -> dict[int, float]:
    cells: dict[int, float] = {}
    for seconds in answers:
        cells = counted(cells=cells, band=band_of(answered_after_seconds=seconds))
    return cells
