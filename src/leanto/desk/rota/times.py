"""Hand-entered times, read on the program's wall clock, also in the two nights when it jumps."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


class NoSuchTime(Exception):
    """The clock jumps over this time on that day."""


def instant(*, day: date, clock: time, zone: ZoneInfo, later: bool) -> datetime:
    """Which instant, in UTC, does this wall-clock time mean?

    In the night when an hour comes twice, `later` picks the second one; a shift starts at the first
    and ends at the second, so that it covers both. Raises NoSuchTime for the hour that is skipped.
    """
    # In UTC, since Python compares two times of one zone by their hands and not by the instant.
    found = datetime.combine(day, clock, zone).replace(fold=int(later)).astimezone(UTC)
    back = found.astimezone(zone)
    if (back.date(), back.time()) != (day, clock):
        raise NoSuchTime
    return found
