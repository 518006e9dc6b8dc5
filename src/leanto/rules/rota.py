"""How many are there when, and when nobody is: computed from people's hours alone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import groupby

HOUR = timedelta(hours=1)


class Tier(IntEnum):
    """The numbers of spec/bulletin.md. Only who is on duty counts as cover."""

    ON_DUTY = 0
    AVAILABLE = 1
    RESERVE = 2
    BACKSTOP = 3


ON_DUTY = frozenset({Tier.ON_DUTY})
ANYBODY = frozenset(Tier)
"""Whoever may be rung at all, first or last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Somebody's hours; `until` is excluded. `person` is whatever the caller tells people by."""

    person: str
    start: datetime
    until: datetime
    tier: Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time; `until` is excluded."""

    start: datetime
    until: datetime


def on_duty(*, shifts: Iterable[Shift], at: datetime) -> list[str]:
    """Who is on duty at this instant, each once, in the order of the shifts?"""
    here = (s.person for s in shifts if s.tier is Tier.ON_DUTY and s.start <= at < s.until)
    return list(dict.fromkeys(here))


def counted(
    *,
    shifts: Iterable[Shift],
    start: datetime,
    until: datetime,
    tiers: Collection[Tier] = ON_DUTY,
) -> list[tuple[Span, int]]:
    """How many different people are there in these tiers, stretch by stretch, without a hole?

    Whoever has two shifts at once counts once. Neighbouring stretches have different numbers.
    """
    edges = sorted(
        (max(start, min(edge, until)), person, step)
        for s in shifts
        if s.tier in tiers and s.until > start and s.start < until
        for edge, person, step in ((s.start, s.person, 1), (s.until, s.person, -1))
    )
    found: list[tuple[Span, int]] = []
    there: dict[str, int] = {}
    at = start
    for moment, here in groupby(edges, key=lambda edge: edge[0]):
        _append(found, at, moment, len(there))
        for _moment, person, step in here:
            there[person] = there.get(person, 0) + step
            if not there[person]:
                del there[person]
        at = moment
    _append(found, at, until, len(there))
    return found


def gaps(
    *,
    shifts: Iterable[Shift],
    start: datetime,
    until: datetime,
    tiers: Collection[Tier] = ON_DUTY,
    wanted: int = 1,
) -> list[Span]:
    """When, between two instants, are fewer there than wanted? Touching shifts leave no gap."""
    found: list[Span] = []
    for span, number in counted(shifts=shifts, start=start, until=until, tiers=tiers):
        if number >= wanted:
            continue
        if found and found[-1].until == span.start:
            found[-1] = Span(start=found[-1].start, until=span.until)
        else:
            found.append(span)
    return found


def fewest_by_hour(
    *,
    shifts: Sequence[Shift],
    start: datetime,
    until: datetime,
    tiers: Collection[Tier] = ON_DUTY,
) -> list[tuple[Span, int]]:
    """How many are there in each hour from `start`, at its emptiest moment?

    The emptiest moment, because an hour with a hole in it is not a covered hour. Give instants in
    UTC: a day of local time has 23 or 25 hours twice a year. The last one may be shorter.
    """
    levels = counted(shifts=shifts, start=start, until=until, tiers=tiers)
    hours = []
    while start < until:
        hour = Span(start=start, until=min(start + HOUR, until))
        levels = [one for one in levels if one[0].until > hour.start]
        hours.append((hour, min(n for span, n in levels if span.start < hour.until)))
        start = hour.until
    return hours


def _append(found: list[tuple[Span, int]], start: datetime, until: datetime, number: int) -> None:
    if start == until:
        return
    if found and found[-1][1] == number:
        found[-1] = (Span(start=found[-1][0].start, until=until), number)
    else:
        found.append((Span(start=start, until=until), number))
