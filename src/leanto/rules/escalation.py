"""Who is rung when: one open help request and the time in, whom to ring next and when out.

Three phones ring, one more for every 45 seconds, never more than six; or as many as the chances
learned say (`wave.py`); or as a sealed plan says (`plan.py`). Whoever passes is replaced at once;
whoever cannot be reached is skipped at once. When all were rung it begins again with those whose
last word is oldest: a phone that rings on an empty desk keeps nobody else from being asked. After
two minutes the backstop rings too. It never ends at nobody: with nobody left it looks again every
75 seconds until the officer ends it, and the officer is told.
"""

from collections.abc import Sequence
from dataclasses import replace

from leanto.rules.backstop import backstops_to_ring, is_backstop, next_backstop_at
from leanto.rules.candidates import (
    Candidate,
    CandidateState,
    Decision,
    PlannedRing,
    RequestState,
    RequestView,
    Tier,
    Wish,
)
from leanto.rules.phones import (
    AT_MOST,
    CHOSEN_ALONE_SECONDS,
    ONE_MORE_EVERY_SECONDS,
    RINGS_FOR_SECONDS,
    is_untouched,
    ready,
    rings,
    waited_seconds,
)
from leanto.rules.plan import planned_rings
from leanto.rules.wave import wave

__all__ = [
    "CONFIRM_WITHIN_SECONDS",
    "RINGS_FOR_SECONDS",
    "Candidate",
    "CandidateState",
    "Decision",
    "PlannedRing",
    "RequestState",
    "RequestView",
    "Tier",
    "Wish",
    "decide",
]

AT_ONCE = 3
CONFIRM_WITHIN_SECONDS = 60
NOBODY_LEFT_RETRY_SECONDS = 75
LOOK_AGAIN_SECONDS = 3600
LONG_AGO_SECONDS = 0

type Rung = tuple[list[Candidate], int]
"""Whom to ring now, and when to look again."""


def decide(*, candidates: Sequence[Candidate], request: RequestView, now_seconds: int) -> Decision:
    """Whom to ring now, and when to look again?

    `candidates` are those with a sealed request whose address the newest duty part lists, and who
    do not rest. Call it at `next_action_at_seconds` and after every change: a pass, a claim, a line
    opened or closed, a new bulletin. Times are whole seconds of one clock; a time that is still to
    come says that the clock was set back, and counts as long ago: better ring again than wait for
    it. Called again after its decision was carried out it rings nobody twice.
    """
    candidates = [_not_to_come(one, now_seconds) for one in candidates]
    if request.state is RequestState.ANSWERED:
        return Decision(next_action_at_seconds=now_seconds + LOOK_AGAIN_SECONDS)
    if request.state is RequestState.TAKEN:
        confirm_by = _confirm_by_seconds(candidates, now_seconds)
        if now_seconds < confirm_by:
            return Decision(next_action_at_seconds=confirm_by)
        going_on = [_left_out_if_claimer(one, now_seconds) for one in candidates]
        return replace(_ring(going_on, request, now_seconds), release_claim=True)
    return _ring(candidates, request, now_seconds)


def _not_to_come(one: Candidate, now_seconds: int) -> Candidate:
    if one.changed_at_seconds <= now_seconds:
        return one
    return replace(one, changed_at_seconds=LONG_AGO_SECONDS)


def _confirm_by_seconds(candidates: Sequence[Candidate], now_seconds: int) -> int:
    claimers = [one for one in candidates if one.state is CandidateState.CLAIMED]
    if not claimers:  # removed from the bulletin meanwhile
        return now_seconds
    return claimers[0].changed_at_seconds + CONFIRM_WITHIN_SECONDS


def _left_out_if_claimer(one: Candidate, now_seconds: int) -> Candidate:
    if one.state is not CandidateState.CLAIMED:
        return one
    return replace(one, state=CandidateState.LEFT_OUT, changed_at_seconds=now_seconds)


def _ring(candidates: Sequence[Candidate], request: RequestView, now_seconds: int) -> Decision:
    """First whom the request rings by itself, then the backstop on top of it."""
    ring, look_at = _ring_peers(candidates, request, now_seconds)
    ringing = [one for one in candidates if one.reachable and rings(one, now_seconds=now_seconds)]
    others_ring = bool(ring) or any(not is_backstop(one) for one in ringing)
    net = backstops_to_ring(
        candidates=candidates,
        urgent=request.urgent,
        others_ring=others_ring,
        now_seconds=now_seconds,
    )
    addresses = tuple(dict.fromkeys(one.address for one in [*ring, *net]))
    if not addresses and not ringing:
        retry_at = now_seconds + NOBODY_LEFT_RETRY_SECONDS
        return Decision(nobody_left=True, next_action_at_seconds=retry_at)
    next_net_at = next_backstop_at(
        candidates=candidates, urgent=request.urgent, now_seconds=now_seconds
    )
    rung_out_at = now_seconds + RINGS_FOR_SECONDS  # of those who are rung now, if any
    looks = [look_at, rung_out_at, *(one.changed_at_seconds + RINGS_FOR_SECONDS for one in ringing)]
    if next_net_at is not None:
        looks.append(next_net_at)
    return Decision(ring=addresses, next_action_at_seconds=min(looks))


def _ring_peers(candidates: Sequence[Candidate], request: RequestView, now_seconds: int) -> Rung:
    """All but the backstop: the chosen one's minute, the sealed plan, or waves."""
    if request.wish is Wish.CHOSEN_FIRST:
        alone = _chosen_alone(candidates, now_seconds)
        if alone:
            return alone
    peers = [one for one in candidates if one.reachable and not is_backstop(one)]
    waited = waited_seconds(candidates, now_seconds=now_seconds)
    if not request.plan:
        return _ring_waves(peers, request, waited, now_seconds)
    planned, look_at = planned_rings(
        peers=peers, plan=request.plan, waited_seconds=waited, now_seconds=now_seconds
    )
    after = [_rung(one, now_seconds) if one in planned else one for one in peers]
    if any(is_untouched(one) for one in after):
        return planned, look_at
    # The plan is over: those it rang are rung again as without one.
    again, look_at = _ring_waves(after, request, waited, now_seconds)
    return [*planned, *again], look_at


def _rung(one: Candidate, now_seconds: int) -> Candidate:
    return replace(one, state=CandidateState.RINGING, changed_at_seconds=now_seconds)


def _ring_waves(
    peers: Sequence[Candidate], request: RequestView, waited: int, now_seconds: int
) -> Rung:
    if request.adaptive:
        return wave(
            peers=peers, waited_seconds=waited, night=request.night, now_seconds=now_seconds
        )
    return _by_threes(peers, waited, now_seconds)


def _chosen_alone(candidates: Sequence[Candidate], now_seconds: int) -> Rung | None:
    """The chosen peer's minute, or None when it is over, or cannot be used at all."""
    chosen = next((one for one in candidates if one.order == 0), None)
    if chosen is None or not chosen.reachable:
        return None
    others = [one for one in candidates if one is not chosen and not is_backstop(one)]
    if any(one.state is not CandidateState.WAITING for one in others):
        return None
    # Nobody else was touched, so their oldest change is the moment of asking.
    asked_at_seconds = min(
        (one.changed_at_seconds for one in others), default=chosen.changed_at_seconds
    )
    alone_until = asked_at_seconds + CHOSEN_ALONE_SECONDS
    rung = chosen.state is CandidateState.RINGING
    if now_seconds >= alone_until or not (rung or chosen.state is CandidateState.WAITING):
        return None
    return [] if rung else [chosen], alone_until


def _by_threes(peers: Sequence[Candidate], waited: int, now_seconds: int) -> Rung:
    fresh = sum(rings(one, now_seconds=now_seconds) for one in peers)
    places = min(AT_MOST, AT_ONCE + waited // ONE_MORE_EVERY_SECONDS)
    ring = ready(peers, now_seconds=now_seconds)[: max(0, places - fresh)]
    return ring, now_seconds + ONE_MORE_EVERY_SECONDS - waited % ONE_MORE_EVERY_SECONDS
