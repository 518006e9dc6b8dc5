"""Hand-entered times, read on the program's wall clock, also in the two nights when it jumps."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo


class NoSuchTime(Exception):
    """The clock jumps over this time on that day."""


def instant(*, day: date, clock: time, zone: ZoneInfo, later: bool) -> datetime:
    """Which instant does this wall-clock time mean?

    In the night when an hour comes twice, `later` picks the second one; a shift starts at the first
    and ends at the second, so that it covers both. Raises NoSuchTime for the hour that is skipped.
    """
    found = datetime.combine(day, clock, zone).replace(fold=int(later))
    there_and_back = datetime.fromtimestamp(found.timestamp(), zone)
    if (there_and_back.date(), there_and_back.time()) != (day, clock):
        raise NoSuchTime
    return found
