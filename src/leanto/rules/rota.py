"""Who is on duty when, and when nobody is: computed from the rota alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

HOUR = timedelta(hours=1)


class Tier(IntEnum):
    """The numbers of spec/bulletin.md. Only who is on duty counts as cover."""

    ON_DUTY = 0
    AVAILABLE = 1
    RESERVE = 2


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


def gaps(*, shifts: Iterable[Shift], start: datetime, until: datetime) -> list[Span]:
    """When, between two instants, is nobody on duty? In order; touching shifts leave no gap."""
    found = []
    covered_until = start
    duty = (s for s in shifts if s.tier is Tier.ON_DUTY and s.until > start and s.start < until)
    for shift in sorted(duty, key=lambda s: s.start):
        if shift.start > covered_until:
            found.append(Span(start=covered_until, until=shift.start))
        covered_until = max(covered_until, shift.until)
    if covered_until < until:
        found.append(Span(start=covered_until, until=until))
    return found


def fewest_by_hour(
    *, shifts: Sequence[Shift], start: datetime, until: datetime
) -> list[tuple[Span, int]]:
    """How many are on duty in each hour from `start`, at its emptiest moment?

    The emptiest moment, because an hour with a hole in it is not a covered hour. Give instants in
    UTC: a day of local time has 23 or 25 hours twice a year. The last one may be shorter.
    """
    hours = []
    while start < until:
        hour = Span(start=start, until=min(start + HOUR, until))
        moments = {hour.start, *(s.until for s in shifts if hour.start < s.until < hour.until)}
        hours.append((hour, min(len(on_duty(shifts=shifts, at=moment)) for moment in moments)))
        start = hour.until
    return hours
