"""Small worlds to ring in, and what becomes of them when a decision is carried out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from leanto.rules.candidates import (
    Candidate,
    CandidateState,
    Decision,
    RequestState,
    RequestView,
    Tier,
)
from leanto.rules.escalation import decide

NOON = 1_800_000_000


def peer(order: int, state: CandidateState = CandidateState.WAITING, **but: object) -> Candidate:
    """A peer on duty whose line is open, asked at noon."""
    candidate = Candidate(
        address=bytes([order]) * 16,
        tier=Tier.ON_DUTY,
        state=state,
        changed_at_seconds=NOON,
        order=order,
        reachable=True,
    )
    return replace(candidate, **but)  # type: ignore[arg-type] # any field, in a test


def carried_out(candidates: Sequence[Candidate], decision: Decision, now: int) -> list[Candidate]:
    """As the mailroom carries it out: rings, and the claimer left out."""

    def after(one: Candidate) -> Candidate:
        if one.address in decision.ring:
            return replace(one, state=CandidateState.RINGING, changed_at_seconds=now)
        if decision.release_claim and one.state is CandidateState.CLAIMED:
            return replace(one, state=CandidateState.LEFT_OUT, changed_at_seconds=now)
        return one

    return [after(one) for one in candidates]


def orders(decision: Decision) -> list[int]:
    return [address[0] for address in decision.ring]


@dataclass(frozen=True, slots=True)
class World:
    """One request at one moment, with its own clock: seconds since it was asked."""

    request: RequestView
    candidates: tuple[Candidate, ...]
    now: int = 0

    def decision(self) -> Decision:
        return decide(candidates=self.candidates, request=self.request, now_seconds=self.now)

    def after(self, decision: Decision) -> "World":
        """The same moment, with the decision carried out."""
        state = self.request.state
        if decision.release_claim:
            state = RequestState.RINGING
        if state in {RequestState.RINGING, RequestState.NOBODY_LEFT}:
            state = RequestState.NOBODY_LEFT if decision.nobody_left else RequestState.RINGING
        candidates = carried_out(self.candidates, decision, self.now)
        return World(replace(self.request, state=state), tuple(candidates), self.now)

    def later(self, seconds: int) -> "World":
        return replace(self, now=self.now + seconds)

    def but(self, one: Candidate, **changes: object) -> "World":
        changed = replace(one, **changes)  # type: ignore[arg-type] # any field, in a test
        return replace(self, candidates=tuple(changed if c is one else c for c in self.candidates))

    def with_state(self, state: RequestState) -> "World":
        return replace(self, request=replace(self.request, state=state))

    def key(self) -> tuple[object, ...]:
        """The same for worlds that differ in the hour alone."""
        since = tuple(
            replace(one, changed_at_seconds=one.changed_at_seconds - self.now)
            for one in self.candidates
        )
        return self.request, since, min(self.now, 1000)

    def events(self) -> Iterator["World"]:
        """Everything that may happen next, a few seconds later or when the next look is due."""
        soon = self.later(SOON_SECONDS)
        held = self.request.state is RequestState.TAKEN
        for one in soon.candidates:
            yield soon.but(one, reachable=not one.reachable)
            yield replace(soon, candidates=tuple(c for c in soon.candidates if c is not one))
            if one.tier is Tier.OFF_DUTY:
                yield soon.but(one, tier=Tier.ON_DUTY)
            if one.state is CandidateState.RINGING:
                at = soon.now
                yield soon.but(one, state=CandidateState.PASSED, changed_at_seconds=at)
                if not held:
                    claimed = soon.but(one, state=CandidateState.CLAIMED, changed_at_seconds=at)
                    yield claimed.with_state(RequestState.TAKEN)
            if one.state is CandidateState.CLAIMED:
                yield soon.with_state(RequestState.ANSWERED)


SOON_SECONDS = 7
