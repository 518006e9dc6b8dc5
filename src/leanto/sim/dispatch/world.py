"""One history of a town: who asks when, who could be rung then, who would answer.

It is made before any policy is tried, and no policy changes it. What a policy does change, how
tired and how busy people are, is kept by `loop.py`.
"""

import math
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import batched

from leanto.rules.escalation import Tier
from leanto.rules.slots import BACKSTOPS, SLOTS, Standing, slot_order
from leanto.sim.dispatch.assumptions import (
    AS_ASSUMED,
    DAY_SECONDS,
    PART_OF_HOUR,
    Assumptions,
    Part,
    Size,
)
from leanto.sim.dispatch.chance import Chance, Purpose

BLOCK_HOURS = 4


class Sealing(Enum):
    """To whom the pocket seals a copy: nobody else can be rung."""

    AS_SHIPPED = "twelve, and then those who may be rung and have none, by dozens"
    TWELVE = "twelve and no more"
    EVERYBODY = "whoever may be rung, at once: no phone could do it for 400"


@dataclass(frozen=True, slots=True)
class Copy:
    """One sealed copy of a request: for whom, and how long after asking it is there."""

    person: int
    after_seconds: int


@dataclass(frozen=True, slots=True)
class Asking:
    """One request, as the town knows it and no policy does."""

    number: int
    at_seconds: int
    part: Part
    tiers: tuple[Tier | None, ...]
    """Per peer, then the backstops; None: must not be asked, or is not willing now."""
    willing_logits: tuple[float, ...]
    """Per peer: how likely to answer, before fatigue. The shock of this request is in it."""
    gives_up_seconds: int
    """How long the officer waits, from asking."""
    must_not: frozenset[int]
    """Peers with a conflict: own unit, chain of command, named."""
    chosen: int | None
    """Whom the officer would choose: any of those on duty or available. None: nobody is."""
    copies: tuple[Copy, ...]
    """In the order of slots; backstops among them."""


class World:
    """`seed` and `size` decide everything; equal ones give equal worlds."""

    def __init__(
        self,
        size: Size,
        *,
        seed: int,
        assumptions: Assumptions = AS_ASSUMED,
        sealing: Sealing = Sealing.AS_SHIPPED,
    ) -> None:
        self.size = size
        self.sealing = sealing
        self.assumptions = assumptions
        self.chance = Chance(seed)
        self.peers = size.peers
        self.persons = size.peers + BACKSTOPS

    @cached_property
    def askings(self) -> list[Asking]:
        """Every request of this history, in the order of time."""
        times = sorted(self._times())
        return [self._asking(number, at) for number, at in enumerate(times)]

    def answers_after_seconds(
        self, asking: Asking, person: int, *, tired: float, ring: int = 1
    ) -> int | None:
        """When the phone would be taken, counted from the ring; None: never.

        `tired` in logits. `ring`: the how manieth of this request; a later one may find the same
        person in another hour, and otherwise changes nothing.
        """
        number, known, who = asking.number, self.assumptions, person + (ring - 1) * self.persons
        anew = self.chance.share(Purpose.RUNG_AGAIN, number, who) < known.second_ring_is_new
        if ring > 1 and not anew:
            return None
        accepts = logistic(asking.willing_logits[person] - tired)
        if self.chance.share(Purpose.ACCEPTS, number, who) >= accepts:
            return None
        median = known.accept_median_seconds[asking.part]
        return self.lognormal(Purpose.ACCEPT_DELAY, asking, who, median, known.accept_sigma)

    def passes_after_seconds(self, asking: Asking, person: int) -> int | None:
        """When somebody who will not answer says so; None: lets it ring."""
        known = self.assumptions
        if self.chance.share(Purpose.PASSES, asking.number, person) >= known.passes_openly:
            return None
        median = known.pass_median_seconds
        return self.lognormal(Purpose.PASS_DELAY, asking, person, median, known.pass_sigma)

    def busy_seconds(self, asking: Asking, person: int) -> int:
        """How long the talk and the rest after it keep somebody from being rung."""
        known, number = self.assumptions, asking.number
        sigma = known.talk_sigma * self.chance.normal(Purpose.TALK, number, person)
        heavy = self.chance.share(Purpose.HEAVY, number) < known.heavy_share
        rest = known.heavy_rest_seconds if heavy else known.after_talk_seconds
        return round(known.talk_median_seconds * math.exp(sigma)) + rest

    def helpline_after_seconds(self, asking: Asking) -> int | None:
        """When the outside line answers, from asking; None: not called, or not answered."""
        known = self.assumptions
        taken = known.helpline_taken * known.helpline_answers
        if self.chance.share(Purpose.HELPLINE, asking.number) >= taken:
            return None
        wait = known.helpline_mean_seconds * self.chance.exponential(
            Purpose.HELPLINE_DELAY, asking.number
        )
        return known.helpline_after_seconds + round(wait) + known.connect_seconds

    def lognormal(
        self, purpose: Purpose, asking: Asking, person: int, median: float, sigma: float
    ) -> int:
        """Whole seconds, one at least."""
        drawn = self.chance.normal(purpose, asking.number, person)
        return max(1, round(median * math.exp(sigma * drawn)))

    def _times(self) -> list[int]:
        return [
            self._time(day, nth) for day in range(self.size.days) for nth in range(self._asks(day))
        ]

    def _asks(self, day: int) -> int:
        """Poisson, by inversion."""
        left = self.chance.share(Purpose.ARRIVALS, day)
        count, weight = 0, math.exp(-self.size.requests_per_day)
        while left > weight:
            left -= weight
            count += 1
            weight *= self.size.requests_per_day / count
        return count

    def _time(self, day: int, nth: int) -> int:
        hours = self.assumptions.asks_by_hour
        left, hour = self.chance.share(Purpose.HOUR, day, nth) * sum(hours), 0
        while left > hours[hour] and hour < len(hours) - 1:
            left -= hours[hour]
            hour += 1
        second = int(self.chance.share(Purpose.SECOND, day, nth) * 3600)
        return day * DAY_SECONDS + hour * 3600 + second

    def _asking(self, number: int, at_seconds: int) -> Asking:
        known = self.assumptions
        part = PART_OF_HOUR[at_seconds % DAY_SECONDS // 3600]
        must_not = frozenset(
            peer
            for peer in range(self.peers)
            if self.chance.share(Purpose.MUST_NOT, number, peer) < known.must_not_share
        )
        standing = self._standing(at_seconds, part)
        backstops = (Tier.BACKSTOP,) * BACKSTOPS
        tiers = (
            *(None if one in must_not else tier for one, tier in enumerate(standing)),
            *backstops,
        )
        shock = known.shock_logits * self.chance.normal(Purpose.SHOCK, number)
        willing = [self._willing(one, tier, part) + shock for one, tier in enumerate(standing)]
        backstop = logit(known.backstop_accepts[part])
        sigma = known.patience_sigma * self.chance.normal(Purpose.PATIENCE, number)
        return Asking(
            number=number,
            at_seconds=at_seconds,
            part=part,
            tiers=tiers,
            willing_logits=(*willing, *(backstop,) * BACKSTOPS),
            gives_up_seconds=max(1, round(known.patience_median_seconds * math.exp(sigma))),
            must_not=must_not,
            chosen=self._chosen(number, tiers),
            copies=self._copies(number, standing, must_not),
        )

    def _chosen(self, number: int, tiers: tuple[Tier | None, ...]) -> int | None:
        shown = [one for one, tier in enumerate(tiers) if tier in {Tier.ON_DUTY, Tier.AVAILABLE}]
        place = self.chance.share(Purpose.CHOSEN, number) * len(shown)
        return shown[int(place)] if shown else None

    def _copies(
        self, number: int, standing: list[Tier | None], must_not: frozenset[int]
    ) -> tuple[Copy, ...]:
        persons = [one for one in range(self.persons) if one not in must_not]
        chances = [self.chance.share(Purpose.COPY, number, one) for one in persons]
        stands = [_stands(standing[one]) if one < self.peers else _BACKSTOP for one in persons]
        first = [persons[at] for at in slot_order(standings=stands, chances=chances)]
        if self.sealing is Sealing.TWELVE:
            return tuple(Copy(one, 0) for one in first)
        rest = sorted(zip(chances, persons, strict=True))
        later = [one for _, one in rest if one not in first and standing[one] is not None]
        if self.sealing is Sealing.EVERYBODY:
            return tuple(Copy(one, 0) for one in first + later)
        dozens = zip(self.assumptions.sealed_again_seconds, batched(later, SLOTS), strict=False)
        more = [Copy(one, after) for after, dozen in dozens for one in dozen]
        return (*(Copy(one, 0) for one in first), *more)

    def _standing(self, at_seconds: int, part: Part) -> list[Tier | None]:
        day, hour = divmod(at_seconds // 3600, 24)
        block = day * (24 // BLOCK_HOURS) + hour // BLOCK_HOURS
        on_duty = self._on_duty(day // 7)
        share = self.assumptions.available_share[part]
        return [
            Tier.ON_DUTY
            if peer in on_duty
            else Tier.AVAILABLE
            if self.chance.share(Purpose.AVAILABLE, block, peer) < share
            else Tier.RESERVE
            if self._consents[peer]
            else None
            for peer in range(self.peers)
        ]

    def _on_duty(self, week: int) -> set[int]:
        first = week * self.size.on_rota
        return {self._rota[(first + n) % self.peers] for n in range(self.size.on_rota)}

    @cached_property
    def _rota(self) -> list[int]:
        return sorted(
            range(self.peers), key=lambda peer: self.chance.share(Purpose.ROTA_ORDER, peer)
        )

    @cached_property
    def _consents(self) -> list[bool]:
        share = self.assumptions.reserve_consents
        return [self.chance.share(Purpose.RESERVE, peer) < share for peer in range(self.peers)]

    @cached_property
    def _persons(self) -> list[float]:
        sigma = self.assumptions.person_logits
        return [sigma * self.chance.normal(Purpose.PERSON, peer) for peer in range(self.peers)]

    def _willing(self, peer: int, tier: Tier | None, part: Part) -> float:
        """Logits. Who is neither on duty, available nor reserve is as willing as a reserve."""
        known, person = self.assumptions, self._persons[peer]
        if tier is Tier.ON_DUTY:
            return logit(known.on_duty_accepts[part]) + person * known.on_duty_share_of_person
        if tier is Tier.AVAILABLE:
            return logit(known.available_accepts[part]) + person
        return logit(known.reserve_accepts[part]) + person


_BACKSTOP = Standing.BACKSTOP


def _stands(tier: Tier | None) -> Standing:
    """As the members' part tells every pocket."""
    if tier is None:
        return Standing.REST
    return Standing.ON_DUTY if tier is Tier.ON_DUTY else Standing.SHOWS


def logit(share: float) -> float:
    return math.log(share / (1 - share))


def logistic(logits: float) -> float:
    return 1 / (1 + math.exp(-logits))
