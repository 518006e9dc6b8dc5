"""The backstop: who is rung when nobody answers, at two minutes the first, at three the next.

When nobody else rings, the backstop is not waited for. Its places come on top of the others'.
"""

from collections.abc import Sequence

from leanto.rules.candidates import Candidate, CandidateState, Tier
from leanto.rules.phones import ready, rings, waited_seconds

FIRST_AFTER_SECONDS = 120
NEXT_AFTER_SECONDS = 60


def is_backstop(one: Candidate) -> bool:
    return one.tier is Tier.BACKSTOP


def backstops_to_ring(
    *, candidates: Sequence[Candidate], urgent: bool, others_ring: bool, now_seconds: int
) -> list[Candidate]:
    """Whom of the backstop to ring now, in the order of their slots?

    `candidates` are all of the request: the oldest change among them tells how long it waits.
    """
    net = [one for one in candidates if is_backstop(one)]
    at_least = _due(candidates, urgent=urgent, now_seconds=now_seconds)
    # Whoever of it was rung once keeps a place, for themselves or whoever follows on a pass.
    started = sum(one.state is not CandidateState.WAITING for one in net)
    places = max(at_least, started, 0 if others_ring else 1)
    reachable = [one for one in net if one.reachable]
    ringing = sum(rings(one, now_seconds=now_seconds) for one in reachable)
    ring: list[Candidate] = []
    for one in ready(reachable, now_seconds=now_seconds):
        if ringing + len(ring) >= places:
            break
        ring.append(one)
        started += one.state is CandidateState.WAITING
        places = max(places, started)
    return ring


def next_backstop_at(
    *, candidates: Sequence[Candidate], urgent: bool, now_seconds: int
) -> int | None:
    """When is one more of the backstop due? None when none of it is left to ring."""
    waiting = [
        one for one in candidates if is_backstop(one) and one.state is CandidateState.WAITING
    ]
    if not waiting:
        return None
    first_after = 0 if urgent else FIRST_AFTER_SECONDS
    asked_at = now_seconds - waited_seconds(candidates, now_seconds=now_seconds)
    return (
        asked_at
        + first_after
        + _due(candidates, urgent=urgent, now_seconds=now_seconds) * NEXT_AFTER_SECONDS
    )


def _due(candidates: Sequence[Candidate], *, urgent: bool, now_seconds: int) -> int:
    first_after = 0 if urgent else FIRST_AFTER_SECONDS
    late_seconds = waited_seconds(candidates, now_seconds=now_seconds) - first_after
    return 0 if late_seconds < 0 else 1 + late_seconds // NEXT_AFTER_SECONDS
