"""Which alarms the rota itself raises, and which change would leave a request with nobody.

Computed from who may be rung when, and from nothing else: no request, no answer and nobody who
looks can raise an alarm or keep one away. A bulletin that waits comes in as one fact more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from leanto.rules.rota import ANYBODY, Shift, Span, Tier, gaps
from leanto.rules.weeks import minute_of

AHEAD = timedelta(days=14)
SOON = timedelta(hours=72)
DAY = timedelta(hours=24)
WEEK = timedelta(days=7)
BACKSTOPS_WANTED = 2


class Kind(StrEnum):
    """What is wrong. In the order in which it is told."""

    NOBODY_RINGS = "nobody-rings"  # whoever asks then rings no phone at all
    NOBODY_ON_DUTY = "nobody-on-duty"
    THIN = "thin"  # somebody on duty, and fewer than wanted
    FEW_BACKSTOPS = "few-backstops"
    KEYS_RUN_OUT = "keys-run-out"
    BULLETIN_WAITS = "bulletin-waits"


class Level(IntEnum):
    """How near it is. A higher one is told anew."""

    AHEAD = 0
    SOON = 1
    DAY = 2
    NOW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How many should be on duty; the night is given as stretches, since clocks jump."""

    by_day: int
    by_night: int
    nights: Sequence[Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an alarm can come from. `shifts`: who would really be rung, `rules.duty.reachable`.

    `backstops`: how many agreed, serve and have a live key. `keys_run_out`: how many who serve
    have no live key for the whole week to come.
    """

    shifts: Sequence[Shift]
    wanted: Wanted
    backstops: int
    keys_run_out: int
    bulletin_waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """`span`: when, for what is about hours. `number`: how many there are, or are concerned.

    `mark` tells it from every other alarm, and stays as long as it is the same hole at the same
    distance: by it the desk knows what it has told.
    """

    kind: Kind
    level: Level
    mark: str
    span: Span | None = None
    number: int = 0

    @property
    def again_after(self) -> timedelta:
        """How long it is not told again. What is days ahead must not cry every morning."""
        return WEEK if self.level is Level.AHEAD else DAY


def alarms(*, standing: Standing, now: datetime) -> list[Alarm]:
    """What must coordinators be told, most pressing kind first? Each kind once, its first stretch.

    Nobody on duty and thin cover are looked for in the next 72 hours, a time at which nobody would
    be rung at all in the next 14 days.
    """
    found = [
        _first(Kind.NOBODY_RINGS, _nobody_rings(standing.shifts, now), now),
        _first(Kind.NOBODY_ON_DUTY, _nobody_on_duty(standing.shifts, now), now),
        _first(Kind.THIN, thin(standing=standing, start=now - DAY, until=now + SOON), now),
    ]
    if standing.backstops < BACKSTOPS_WANTED:
        found.append(_plain(Kind.FEW_BACKSTOPS, standing.backstops))
    if standing.keys_run_out:
        found.append(_plain(Kind.KEYS_RUN_OUT, standing.keys_run_out))
    if standing.bulletin_waits:
        found.append(_plain(Kind.BULLETIN_WAITS, 0))
    return [one for one in found if one is not None]


def thin(*, standing: Standing, start: datetime, until: datetime) -> list[Span]:
    """When is somebody on duty, and fewer than wanted by day or by night?"""
    found = []
    for part, wanted in _parts(standing.wanted, start=start, until=until):
        shifts, begins, ends = standing.shifts, part.start, part.until
        nobody = gaps(shifts=shifts, start=begins, until=ends)
        for few in gaps(shifts=shifts, start=begins, until=ends, wanted=wanted):
            found += _without(few, nobody)
    return found


def stranded(*, before: Sequence[Shift], after: Sequence[Shift], now: datetime) -> list[Span]:
    """When would this change leave a request that rings nobody, where before it rang somebody?

    Looked for in the next 14 days. Before and after are who would really be rung, whatever tier.
    """
    until = now + AHEAD
    covered_no_more = gaps(shifts=after, start=now, until=until, tiers=ANYBODY)
    never_covered = gaps(shifts=before, start=now, until=until, tiers=ANYBODY)
    return [part for gap in covered_no_more for part in _without(gap, never_covered)]


def is_told_again(*, alarm: Alarm, told_at: datetime | None, now: datetime) -> bool:
    """Is this alarm to be told now to somebody who was told at that time, if ever?

    A time that is still ahead is from before a clock was set back: it silences nothing.
    """
    return told_at is None or not now - alarm.again_after < told_at <= now


def _nobody_rings(shifts: Sequence[Shift], now: datetime) -> list[Span]:
    return gaps(shifts=shifts, start=now - DAY, until=now + AHEAD, tiers=ANYBODY)


def _nobody_on_duty(shifts: Sequence[Shift], now: datetime) -> list[Span]:
    return gaps(shifts=shifts, start=now - DAY, until=now + SOON, tiers={Tier.ON_DUTY})


def _first(kind: Kind, spans: Sequence[Span], now: datetime) -> Alarm | None:
    """Of the stretches that are not over. One that began in the last day keeps its beginning."""
    first = next((one for one in spans if one.until > now), None)
    if first is None:
        return None
    level = _level(first.start, now)
    # Thin nights come one after the other: they are one alarm. So is a hole of more than a day,
    # whose beginning is out of sight.
    in_sight = first.start > now - DAY
    one_hole = kind is not Kind.THIN and in_sight
    mark = f"{kind}.{level.value}.{minute_of(first.start)}" if one_hole else f"{kind}"
    span = first if in_sight else replace(first, start=now)
    return Alarm(kind=kind, level=level, mark=mark, span=span)


def _plain(kind: Kind, number: int) -> Alarm:
    return Alarm(kind=kind, level=Level.SOON, mark=f"{kind}", number=number)


def _level(start: datetime, now: datetime) -> Level:
    for level, within in ((Level.NOW, timedelta(0)), (Level.DAY, DAY), (Level.SOON, SOON)):
        if start <= now + within:
            return level
    return Level.AHEAD


def _parts(wanted: Wanted, *, start: datetime, until: datetime) -> list[tuple[Span, int]]:
    at, found = start, []
    for night in wanted.nights:
        begins, ends = max(night.start, at), min(night.until, until)
        if begins >= ends:
            continue
        if at < begins:
            found.append((Span(start=at, until=begins), wanted.by_day))
        found.append((Span(start=begins, until=ends), wanted.by_night))
        at = ends
    if at < until:
        found.append((Span(start=at, until=until), wanted.by_day))
    return found


def _without(span: Span, holes: Sequence[Span]) -> list[Span]:
    """What is left of a stretch when these, in order, are taken out of it."""
    found, at = [], span.start
    for hole in holes:
        if hole.until <= at or hole.start >= span.until:
            continue
        if at < hole.start:
            found.append(Span(start=at, until=hole.start))
        at = max(at, hole.until)
    if at < span.until:
        found.append(Span(start=at, until=span.until))
    return found
