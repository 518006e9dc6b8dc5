"""Days, Mondays and epochs: when keys turn."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

EPOCH_DAYS = 90
EPOCH_EVERY_DAYS = 60
DRAWN_WITHIN_DAYS = 7


@dataclass(frozen=True, slots=True)
class Epoch:
    """One issuer key's days; its first tokens are drawn within its first week."""

    number: int
    first_day: int
    last_day: int


def day_of(now: datetime) -> int:
    """Whole days since 1970-01-01 UTC."""
    return int(now.timestamp()) // 86_400


def date_of(day: int) -> date:
    """The calendar date of a day number, in UTC."""
    return date(1970, 1, 1) + timedelta(days=day)


def minute_of(now: datetime) -> int:
    """Whole minutes since 1970-01-01 UTC."""
    return int(now.timestamp()) // 60


def monday_of(day: int) -> int:
    """The Monday on or before this day. Day 4 was Monday, 5 January 1970."""
    return day - (day - 4) % 7


def epoch(number: int) -> Epoch:
    """When epoch `number` runs: 90 days; the next one starts 60 days later."""
    first_day = number * EPOCH_EVERY_DAYS
    return Epoch(number, first_day, first_day + EPOCH_DAYS - 1)


def running_epochs(*, today: int) -> list[Epoch]:
    """Which epochs run today, oldest first? One, or two in the 30 days that they overlap."""
    newest = today // EPOCH_EVERY_DAYS
    return [
        one for one in map(epoch, (newest - 1, newest)) if one.first_day <= today <= one.last_day
    ]


def published_epochs(*, today: int) -> list[Epoch]:
    """Whose keys stand in today's bulletin: those running, and the next one, ahead of its day."""
    running = running_epochs(today=today)
    return [*running, epoch(running[-1].number + 1)]


def sealing_epoch(*, today: int) -> int:
    """Whose members' key seals today's bulletin?

    The newest epoch's, once its first week is over: by then every pocket in use has drawn from it.
    """
    drawn = [
        one for one in running_epochs(today=today) if one.first_day + DRAWN_WITHIN_DAYS <= today
    ]
    return drawn[-1].number
