"""The one clock of a running program."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Whatever tells the rooms what time it is."""

    def seconds(self) -> int:
        """Whole seconds since 1970-01-01 UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def seconds(self) -> int:
        """Whole seconds since 1970-01-01 UTC."""
        return int(time.time())


def moment(clock: Clock) -> datetime:
    """The clock's time as the desk reads it."""
    return datetime.fromtimestamp(clock.seconds(), UTC)
