"""One moment at the mailroom: who is listed, and what time it is for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from leanto.rules.candidates import Tier
from leanto.rules.gauge import PartOfDay, part_of_day
from leanto.wire.duty import DutyPerson

DAY_SECONDS = 86_400
# A backstop is needed at its own time, also where the same person is in reserve.
MOST_WANTED_FIRST = (Tier.ON_DUTY, Tier.AVAILABLE, Tier.BACKSTOP, Tier.RESERVE)

type Duty = Mapping[bytes, DutyPerson]
"""Each listed duty address, and whose it is."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Read together, inside the transaction that goes by it."""

    duty: Duty
    now: int
    part: PartOfDay
    """On the program's wall clock."""

    @property
    def today(self) -> int:
        return self.now // DAY_SECONDS

    @property
    def night(self) -> bool:
        return self.part is PartOfDay.NIGHT


def moment_at(duty: Duty, now_seconds: int, zone: ZoneInfo) -> Moment:
    """The same second is noon here and night there: the zone is the program's."""
    hour = datetime.fromtimestamp(now_seconds, zone).hour
    return Moment(duty, now_seconds, part_of_day(hour=hour))


def tier_at(person: DutyPerson, now_seconds: int) -> Tier:
    """What counts among the hours that run now; outside all of them, off duty."""
    minute = now_seconds // 60
    now = {Tier(one.tier) for one in person.shifts if one.from_minute <= minute < one.until_minute}
    return next((tier for tier in MOST_WANTED_FIRST if tier in now), Tier.OFF_DUTY)
