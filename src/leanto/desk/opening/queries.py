"""Whether officers may ask, from when, and who stands behind the limits they read."""

from datetime import UTC, date, datetime, time
from typing import Any

from leanto.desk.opening.models import Confirmed, Opening
from leanto.rules.opening import Step
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


def with_counsel(pack: dict[str, Any]) -> dict[str, Any]:
    """These limits as officers read them: counsel's name and day below, once both are known."""
    found = Confirmed.objects.filter(step=Step.PACK, matter=pack_matter(pack)).first()
    if found is None:
        return pack
    return pack | {"reviewed": {"by": found.who, "date": found.on.isoformat()}}


def pack_matter(pack: dict[str, Any]) -> str:
    """What exactly counsel read: another version is another matter."""
    return f"{pack['id']}, version {pack['version']}"
