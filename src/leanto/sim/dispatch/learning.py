"""What the mailroom keeps of rings, kept for a town: `rules/gauge` and `rules/rest` by person."""

from dataclasses import dataclass, field

from leanto.rules.escalation import Tier
from leanto.rules.gauge import (
    Gauge,
    PartOfDay,
    RingEnded,
    enough_learned,
    estimate,
    learn,
    part_of_day,
    prior,
)
from leanto.rules.rest import alarm, faded, tier_after_nights
from leanto.sim.dispatch.assumptions import DAY_SECONDS

WEEK_DAYS = 7
NO_PERSON = Gauge()
RUNG_TIERS = (Tier.ON_DUTY, Tier.AVAILABLE, Tier.RESERVE)


def part_at(now: int) -> PartOfDay:
    """As the rule cuts the day, which is not how the town's people sleep."""
    return part_of_day(hour=now % DAY_SECONDS // 3600)


@dataclass(slots=True)
class _Alarms:
    count: float = 0.0
    day: int = 0


@dataclass(slots=True)
class Memory:
    """A few numbers per person and per tier, and no request."""

    _tiers: dict[tuple[Tier, PartOfDay], Gauge] = field(default_factory=dict)
    _persons: dict[int, Gauge] = field(default_factory=dict)
    _alarms: dict[int, _Alarms] = field(default_factory=dict)
    _nights: dict[int, list[int]] = field(default_factory=dict)

    def accepts(self, person: int, tier: Tier, now: int) -> float:
        return estimate(
            person=self._persons.get(person, NO_PERSON), tier=self._tier(tier, part_at(now))
        )

    def is_enough(self, now: int) -> bool:
        part = part_at(now)
        return enough_learned(tiers=[self._tier(tier, part) for tier in RUNG_TIERS])

    def tier(self, person: int, tier: Tier, now: int) -> Tier:
        """After the nights of this week."""
        nights = self._nights.get(person)
        if not nights:
            return tier
        today = now // DAY_SECONDS
        self._nights[person] = [day for day in nights if day > today - WEEK_DAYS]
        rings = len(self._nights[person])
        return tier_after_nights(tier=tier, night_rings_this_week=rings, keeps_place=False)

    def alarms(self, person: int, now: int) -> float:
        kept = self._alarms.get(person)
        return faded(alarms=kept.count, days=now // DAY_SECONDS - kept.day) if kept else 0.0

    def rung(self, person: int, now: int) -> None:
        if part_at(now) is PartOfDay.NIGHT:
            self._nights.setdefault(person, []).append(now // DAY_SECONDS)

    def learn(
        self, person: int, tier: Tier, ended: RingEnded, *, rung_for_seconds: int, now: int
    ) -> None:
        part = part_at(now)
        night = part is PartOfDay.NIGHT
        self._persons[person], self._tiers[tier, part] = learn(
            person=self._persons.get(person, NO_PERSON),
            tier=self._tier(tier, part),
            ended=ended,
            rung_for_seconds=rung_for_seconds,
            night=night,
        )
        if ended is not RingEnded.ACCEPTED:
            alarms = self.alarms(person, now) + alarm(night=night)
            self._alarms[person] = _Alarms(alarms, now // DAY_SECONDS)

    def _tier(self, tier: Tier, part: PartOfDay) -> Gauge:
        return self._tiers.get((tier, part)) or prior(tier=tier, part=part)
