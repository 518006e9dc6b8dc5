"""Small worlds to ring in, and what becomes of them when a decision is carried out."""

from collections.abc import Sequence
from dataclasses import replace

from leanto.rules.candidates import Candidate, CandidateState, Decision, Tier

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
