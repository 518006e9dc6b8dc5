"""The rule that ships, put through the town: `rules/escalation.decide` and nothing beside it.

The town does here what the mailroom does in `mailroom/ringing.py`: it hands over what it has
written down, and rings whom it is told to.
"""

from leanto.rules.escalation import (
    Candidate,
    CandidateState,
    Decision,
    RequestState,
    RequestView,
    Tier,
    Wish,
    decide,
)
from leanto.sim.dispatch.loop import Look, Town
from leanto.sim.dispatch.records import Open, Phone
from leanto.sim.dispatch.world import Copy

ADDRESS_BYTES = 2


class RingThree:
    """Three phones, refusals replaced, one more for every 45 seconds."""

    def look(self, town: Town, request: Open, now: int) -> Look:
        decision = self._decided(town, request, now)
        asked_at = request.asking.at_seconds
        sealed = [asked_at + copy.after_seconds for copy in request.asking.copies]
        next_at = min([decision.next_action_at_seconds, *(at for at in sealed if at > now)])
        return Look(tuple(int.from_bytes(address) for address in decision.ring), next_at)

    def guess(self, town: Town, request: Open, person: int, now: int) -> float | None:
        """What the rule takes the chance to be that this person answers."""
        return None

    def learn(self, town: Town, request: Open, phone: Phone, now: int) -> None:
        """What the mailroom learns of a phone that falls silent."""

    def view(self, town: Town, request: Open, now: int) -> RequestView:
        return RequestView(state=RequestState.RINGING, wish=Wish.FIRST_AVAILABLE)

    def _decided(self, town: Town, request: Open, now: int) -> Decision:
        waited = now - request.asking.at_seconds
        candidates = [
            self.candidate(town, request, slot, copy, now)
            for slot, copy in enumerate(request.asking.copies)
            if copy.after_seconds <= waited and (town.net or copy.person < town.world.peers)
        ]
        view = self.view(town, request, now)
        return decide(candidates=candidates, request=view, now_seconds=now)

    def candidate(self, town: Town, request: Open, slot: int, copy: Copy, now: int) -> Candidate:
        phone = request.phones.get(copy.person)
        tier = request.asking.tiers[copy.person]
        sealed_at = request.asking.at_seconds + copy.after_seconds
        return Candidate(
            address=copy.person.to_bytes(ADDRESS_BYTES),
            tier=Tier.OFF_DUTY if tier is None else tier,
            state=_state(phone),
            changed_at_seconds=phone.changed_at if phone else sealed_at,
            order=slot,
            reachable=town.can_be_rung(copy.person, request, now),
        )


def _state(phone: Phone | None) -> CandidateState:
    if phone is None:
        return CandidateState.WAITING
    return CandidateState.PASSED if phone.passed else CandidateState.RINGING
