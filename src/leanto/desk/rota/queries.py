"""Questions about the rota as it was written: its days, and what clashes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from leanto.desk.roster.models import Peer
from leanto.desk.rota.models import Shift
from leanto.rules import rota


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day of the rota as it is shown: its shifts, its hours with how many, its gaps."""

    date: date
    shifts: list[Shift]
    hours: list[tuple[rota.Span, int]]
    gaps: list[rota.Span]


def days(*, first: date, count: int, zone: ZoneInfo, shifts: QuerySet[Shift]) -> list[Day]:
    """How do these shifts cover each of these days, midnight to midnight on the program's clock?"""
    return [_day(first + timedelta(days=n), zone, shifts) for n in range(count)]


def standing_shifts(*, now: datetime) -> QuerySet[Shift]:
    """Every shift of a peer who may be on duty now; the others count for nothing."""
    return Shift.objects.filter(peer__in=Peer.objects.enrolled(at=now).values("pk"))


def clashes_of(wanted: Shift) -> QuerySet[Shift]:
    """Which shifts of the same peer overlap this one? Nobody is in two places at once."""
    same = Shift.objects.filter(peer=wanted.peer).exclude(pk=wanted.pk)
    return same.filter(start__lt=wanted.until, until__gt=wanted.start)


def _day(day: date, zone: ZoneInfo, those: QuerySet[Shift]) -> Day:
    start, until = _midnight(day, zone), _midnight(day + timedelta(days=1), zone)
    shifts = list(those.filter(start__lt=until, until__gt=start).select_related("peer"))
    plain = _plain(shifts)
    return Day(
        date=day,
        shifts=shifts,
        hours=rota.fewest_by_hour(shifts=plain, start=start, until=until),
        gaps=rota.gaps(shifts=plain, start=start, until=until),
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def _plain(shifts: "QuerySet[Shift] | list[Shift]") -> list[rota.Shift]:
    return [
        rota.Shift(
            person=str(shift.peer_id),
            start=shift.start,
            until=shift.until,
            tier=rota.Tier(shift.tier),
        )
        for shift in shifts
    ]
