"""Whether officers may ask, and from when."""

from datetime import UTC, date, datetime, time

from leanto.desk.opening.models import Opening
from leanto.rules.weeks import day_of
from leanto.wire.public import NO_DATE_YET, OPEN


def is_open() -> bool:
    """May cards be printed, and may officers ask?"""
    return Opening.objects.filter(opened_on__isnull=False).exists()


def opens_on() -> date | None:
    """The day this program means to open, None before somebody set one."""
    found = Opening.objects.first()
    return found.opens_on if found else None


def opens_day() -> int:
    """What the bulletin says of it, as spec/bulletin.md has it."""
    if is_open():
        return OPEN
    day = opens_on()
    return NO_DATE_YET if day is None else day_of(datetime.combine(day, time(), UTC))
