"""Days and times as people write them into spreadsheets."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from leanto.desk.rota.times import NoSuchTime, instant
from leanto.desk.team.plans import Trouble


class DayOrder(StrEnum):
    """Which number of 3/4/2026 is the month? Nobody can tell from the file alone."""

    ISO = "iso"
    MONTH_FIRST = "month-first"
    DAY_FIRST = "day-first"


ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
CLOCK = re.compile(r"(\d{1,2})(?::?(\d{2}))?(?::00)?\s*([ap])?\.?\s?m?\.?", re.IGNORECASE)
NOON = 12
YEARS = (2000, 2100)


@dataclass(frozen=True)
class Written:
    """The four cells of one shift. `start` and `end` may hold the day as well."""

    day: str
    start: str
    end_day: str
    end: str


def span(written: Written, *, order: DayOrder, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when until when, as instants? An end without a day that is not later is the next day's.

    Raises Trouble.
    """
    first_day, first = _day_and_clock(written.start, order)
    last_day, last = _day_and_clock(written.end, order)
    first_day = first_day or _day(written.day, order)
    told_end = last_day or (_day(written.end_day, order) if written.end_day else None)
    next_day = first_day + timedelta(days=1) if last <= first else first_day
    start = _instant(first_day, first, zone=zone, later=False)
    until = _instant(told_end or next_day, last, zone=zone, later=True)
    if until <= start:
        raise Trouble(_("It ends before it begins."))
    return start, until


def _day_and_clock(text: str, order: DayOrder) -> tuple[date | None, time]:
    """`2026-12-01 22:00` and `22:00` alike."""
    head, _space, tail = text.replace("T", " ").partition(" ")
    if tail and re.search(r"[/.-]", head.rstrip(".")):
        return _day(head, order), _clock(tail)
    return None, _clock(text)


def _day(text: str, order: DayOrder) -> date:
    if not text:
        raise Trouble(_("There is no day. Write it as 2026-12-31."))
    text = text.partition(" ")[0]
    found = ISO.fullmatch(text)
    try:
        if found:
            return _this_century(date(int(found[1]), int(found[2]), int(found[3])))
        if found := SLASHED.fullmatch(text):
            return _this_century(_slashed(int(found[1]), int(found[2]), int(found[3]), order))
    except ValueError:
        pass
    raise Trouble(_("“%(text)s” is no day. Write it as 2026-12-31.") % {"text": text[:20]})


def _slashed(one: int, two: int, year: int, order: DayOrder) -> date:
    if order is DayOrder.ISO:
        raise Trouble(
            _("Say below whether %(one)s/%(two)s begins with the month or with the day.")
            % {"one": one, "two": two}
        )
    month, day = (one, two) if order is DayOrder.MONTH_FIRST else (two, one)
    return date(year, month, day)


def _this_century(day: date) -> date:
    if not YEARS[0] <= day.year < YEARS[1]:
        raise ValueError
    return day


def _clock(text: str) -> time:
    found = CLOCK.fullmatch(text)
    try:
        if found and (found[2] or found[3]):
            return time(_hour(int(found[1]), (found[3] or "").lower()), int(found[2] or 0))
    except ValueError:
        pass
    raise Trouble(_("“%(text)s” is no time. Write it as 22:00.") % {"text": text[:20]})


def _hour(hour: int, half: str) -> int:
    if not half:
        return hour
    if not 1 <= hour <= NOON:
        raise ValueError
    return hour % NOON + (NOON if half == "p" else 0)


def _instant(day: date, clock: time, *, zone: ZoneInfo, later: bool) -> datetime:
    try:
        return instant(day=day, clock=clock, zone=zone, later=later)
    except NoSuchTime:
        raise Trouble(
            _("The clock jumps over this time that night. Choose one an hour later.")
        ) from None
