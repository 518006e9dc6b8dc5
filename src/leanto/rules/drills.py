"""Drills: when whose next one is, and what they say about how soon somebody answers.

A drill is a ring that nobody asked for, to whoever agreed to it: once a month by day or in the
evening, once in a quarter at night as well. Answer times are told to officers from drills alone,
so that no real request leaves a trace in a number that everybody may read.
"""

from collections.abc import Callable, Mapping
from enum import IntEnum

HOUR_MINUTES = 60
DAY_MINUTES = 24 * HOUR_MINUTES
NIGHT_FROM_MINUTE = 23 * HOUR_MINUTES
NIGHT_MINUTES = 8 * HOUR_MINUTES

LASTS_SECONDS = 900
STARTS_WITHIN_MINUTES = 5

BANDS_MINUTES = (1, 2, 3, 4, 5, 6, 8, 10, 15)
NOT_ANSWERED = 255
KEEPS = 0.98
SHARE = 0.9
DRILLS_AT_LEAST = 5
PEOPLE_AT_LEAST = 3
CANNOT_SAY = 0


class DrillKind(IntEnum):
    BY_DAY = 0
    """Between 7 and 23 on the program's wall clock."""
    BY_NIGHT = 1


PERIOD_DAYS = {DrillKind.BY_DAY: 30, DrillKind.BY_NIGHT: 91}

type Chance = Callable[[DrillKind, int], float]
"""For a kind and the number of a period: one person's number in [0, 1), the same all through it."""


def drill_is_due(*, wall_day: int, wall_minute: int, by_night: bool, chance: Chance) -> bool:
    """Is now the time of this person's drill? At a random minute of each period, and for five.

    `wall_day` counts the days of the program's calendar, `wall_minute` those of its day. A minute
    that is missed, because the mailroom was down or the phone away, is not made up for.
    """
    for kind in DrillKind if by_night else (DrillKind.BY_DAY,):
        period = wall_day // PERIOD_DAYS[kind]
        day, minute = drill_moment(kind=kind, period=period, chance=chance(kind, period))
        if day == wall_day and 0 <= wall_minute - minute < STARTS_WITHIN_MINUTES:
            return True
    return False


def drill_moment(*, kind: DrillKind, period: int, chance: float) -> tuple[int, int]:
    """On which day, and in which minute of it, is the drill of this period?"""
    at_night = kind is DrillKind.BY_NIGHT
    minutes = NIGHT_MINUTES if at_night else DAY_MINUTES - NIGHT_MINUTES
    begins = NIGHT_FROM_MINUTE if at_night else NIGHT_FROM_MINUTE + NIGHT_MINUTES
    day, minute = divmod(int(chance * PERIOD_DAYS[kind] * minutes), minutes)
    return period * PERIOD_DAYS[kind] + day, (begins + minute) % DAY_MINUTES


def band_of(*, answered_after_seconds: int | None) -> int:
    """Into which cell one ended drill counts: the minutes within which it was answered."""
    if answered_after_seconds is None:
        return NOT_ANSWERED
    minutes = max(0, answered_after_seconds) / 60
    return next((band for band in BANDS_MINUTES if minutes <= band), NOT_ANSWERED)


def counted(*, cells: Mapping[int, float], band: int) -> dict[int, float]:
    """The cells of a part of day after one more drill; the older ones count a little less."""
    faded = {one: drills * KEEPS for one, drills in cells.items()}
    return faded | {band: faded.get(band, 0.0) + 1}


def answered_within_minutes(*, cells: Mapping[int, float], people: int) -> int:
    """Within how many minutes were nine of ten drills answered? 0: cannot be said.

    Not with fewer than five drills of three people: a number would then be about somebody. Nor
    where fewer than nine of ten were answered at all: there is nothing to promise.
    """
    total = sum(cells.values())
    five = sum(KEEPS**ago for ago in range(DRILLS_AT_LEAST))
    if people < PEOPLE_AT_LEAST or total < five - KEEPS**DRILLS_AT_LEAST / 2:
        return CANNOT_SAY
    within = 0.0
    for band in BANDS_MINUTES:
        within += cells.get(band, 0.0)
        if within >= SHARE * total:
            return band
    return CANNOT_SAY
