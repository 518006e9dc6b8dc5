"""The rule that ships, put through the town: `rules/escalation.decide` and nothing beside it.

The town does here what the mailroom does in `mailroom/ringing.py`: it hands over what it has
written down, and rings whom it is told to.
"""

from dataclasses import dataclass, field

from leanto.rules.escalation import (
    Candidate,
    CandidateState,
    Decision,
    PlannedRing,
    RequestState,
    RequestView,
    Tier,
    Wish,
    decide,
)
from leanto.rules.gauge import PartOfDay, RingEnded
from leanto.rules.planning import sealed_plan
from leanto.rules.slots import SLOTS
from leanto.sim.dispatch.learning import RUNG_TIERS, Memory, part_at
from leanto.sim.dispatch.loop import Look, Town
from leanto.sim.dispatch.records import Open, Phone
from leanto.sim.dispatch.world import Copy

ADDRESS_BYTES = 2


@dataclass(slots=True, kw_only=True)
class Shipped:
    """One mailroom. A new one has learned nothing: take a new one for each history."""

    adaptive: bool
    """The mailroom's setting. False: three phones, one more for every 45 seconds."""
    sealed_plans: bool = False
    """Pockets say beforehand who is rung when; they know the rota and nothing learned."""
    wish: Wish = Wish.FIRST_AVAILABLE
    memory: Memory = field(default_factory=Memory)
    _plans: dict[int, tuple[PlannedRing, ...]] = field(default_factory=dict)

    def look(self, town: Town, request: Open, now: int) -> Look:
        decision = self._decided(town, request, now)
        asked_at = request.asking.at_seconds
        sealed = [asked_at + copy.after_seconds for copy in self._copies(request)]
        next_at = min([decision.next_action_at_seconds, *(at for at in sealed if at > now)])
        ring = tuple(int.from_bytes(address) for address in decision.ring)
        for person in ring:
            self.memory.rung(person, now)
        return Look(ring, next_at)

    def guess(self, town: Town, request: Open, person: int, now: int) -> float | None:
        tier = request.asking.tiers[person]
        if tier is None or tier is Tier.BACKSTOP:
            return None
        return self.memory.accepts(person, tier, now)

    def learn(self, town: Town, request: Open, phone: Phone, now: int) -> None:
        tier = request.asking.tiers[phone.person]
        if tier is None or tier is Tier.BACKSTOP:
            return
        ended = RingEnded.REFUSED if phone.passed else RingEnded.CUT_SHORT
        if phone.person == request.answered_by:
            ended = RingEnded.ACCEPTED
        rung_for_seconds = now - phone.rung_at
        self.memory.learn(phone.person, tier, ended, rung_for_seconds=rung_for_seconds, now=now)

    def _decided(self, town: Town, request: Open, now: int) -> Decision:
        waited = now - request.asking.at_seconds
        candidates = [
            self._candidate(town, request, slot, copy, now)
            for slot, copy in enumerate(self._copies(request))
            if copy.after_seconds <= waited and (town.net or copy.person < town.world.peers)
        ]
        return decide(candidates=candidates, request=self._view(request, now), now_seconds=now)

    def _copies(self, request: Open) -> tuple[Copy, ...]:
        """Slot 0 is the chosen peer's, where somebody is chosen."""
        asking = request.asking
        if self.wish is Wish.FIRST_AVAILABLE or asking.chosen is None:
            return asking.copies
        others = [copy for copy in asking.copies if copy.person != asking.chosen]
        return (Copy(asking.chosen, 0), *others)

    def _view(self, request: Open, now: int) -> RequestView:
        return RequestView(
            state=RequestState.RINGING,
            wish=self.wish if request.asking.chosen is not None else Wish.FIRST_AVAILABLE,
            adaptive=self.adaptive and self.memory.is_enough(now),
            night=part_at(now) is PartOfDay.NIGHT,
            plan=self._plan(request) if self.sealed_plans else (),
        )

    def _plan(self, request: Open) -> tuple[PlannedRing, ...]:
        asking = request.asking
        if asking.number not in self._plans:
            asked = [copy.person for copy in self._copies(request)[:SLOTS]]
            self._plans[asking.number] = sealed_plan(
                tiers=[_rung_as(asking.tiers[person]) for person in asked],
                chosen_first=False,
                night=part_at(asking.at_seconds) is PartOfDay.NIGHT,
            )
        return self._plans[asking.number]

    def _candidate(self, town: Town, request: Open, slot: int, copy: Copy, now: int) -> Candidate:
        phone = request.phones.get(copy.person)
        tier = _rung_as(request.asking.tiers[copy.person])
        sealed_at = request.asking.at_seconds + copy.after_seconds
        return Candidate(
            address=copy.person.to_bytes(ADDRESS_BYTES),
            tier=self.memory.tier(copy.person, tier, now),
            state=_state(phone),
            changed_at_seconds=phone.changed_at if phone else sealed_at,
            order=slot,
            reachable=town.can_be_rung(copy.person, request, now),
            accepts=self.memory.accepts(copy.person, tier, now) if tier in RUNG_TIERS else None,
            alarms=self.memory.alarms(copy.person, now),
        )


def _rung_as(tier: Tier | None) -> Tier:
    return Tier.OFF_DUTY if tier is None else tier


def _state(phone: Phone | None) -> CandidateState:
    if phone is None:
        return CandidateState.WAITING
    return CandidateState.PASSED if phone.passed else CandidateState.RINGING
