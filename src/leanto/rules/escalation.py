"""Who is rung when: one open help request and the time in, whom to ring next and when out.

Three phones ring, one more for every 45 seconds, never more than six. Whoever passes is replaced
at once; whoever has no open line is skipped at once. When all were rung it begins again with those
whose last word is oldest: a phone that rings on an empty desk keeps nobody else from being asked.
It never ends at nobody: with nobody left it looks again every 75 seconds until the officer ends it,
and the officer is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

AT_ONCE = 3
AT_MOST = 6
ONE_MORE_EVERY_SECONDS = 45
CHOSEN_ALONE_SECONDS = 60
CONFIRM_WITHIN_SECONDS = 60
RINGS_FOR_SECONDS = 90
NOBODY_LEFT_RETRY_SECONDS = 75
LOOK_AGAIN_SECONDS = 3600


class Wish(IntEnum):
    FIRST_AVAILABLE = 0
    CHOSEN_FIRST = 1


class RequestState(IntEnum):
    """The numbers of the `request` frame in spec/mailboxes.md."""

    RINGING = 1
    TAKEN = 2
    ANSWERED = 3
    NOBODY_LEFT = 4


class Tier(IntEnum):
    """The numbers of spec/bulletin.md, and 3: in none of them, rung only when chosen."""

    ON_DUTY = 0
    AVAILABLE = 1
    RESERVE = 2
    OFF_DUTY = 3


class CandidateState(IntEnum):
    WAITING = 0
    """Not rung yet."""
    RINGING = 1
    PASSED = 2
    """Said no. Rung again after a quarter of an hour, when all were rung."""
    CLAIMED = 3
    LEFT_OUT = 4
    """Claimed without a verified answer: a lost connection, perhaps. Rung again when all were."""


RUNG_AGAIN_AFTER_SECONDS = {CandidateState.PASSED: 900, CandidateState.LEFT_OUT: 90}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One peer with a sealed request. Each ring sets `changed_at_seconds` anew, also a repeated."""

    address: bytes
    tier: Tier
    state: CandidateState
    changed_at_seconds: int
    order: int
    """The slot, 0 to 11. Slot 0 is the chosen one where there is a wish."""
    reachable: bool
    """A line is open on which a ring can be sent now."""


@dataclass(frozen=True, slots=True)
class RequestView:
    state: RequestState
    wish: Wish
    """`ring others now` makes it FIRST_AVAILABLE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    ring: tuple[bytes, ...] = ()
    """Addresses to ring now, most wanted first; who rings already is not repeated."""
    release_claim: bool = False
    """The claim was not confirmed in time: make the claimer LEFT_OUT and the request RINGING."""
    nobody_left: bool = False
    """Nobody rings and nobody can be rung: tell the officer."""
    next_action_at_seconds: int


def decide(*, candidates: Sequence[Candidate], request: RequestView, now_seconds: int) -> Decision:
    """Whom to ring now, and when to look again?

    `candidates` are those with a sealed request whose address the newest duty part lists. Call it
    at `next_action_at_seconds` and after every change: a pass, a claim, a line opened or closed, a
    new bulletin. Times are whole seconds of one clock. Called again after its decision was carried
    out it rings nobody twice.
    """
    if request.state is RequestState.ANSWERED:
        return Decision(next_action_at_seconds=now_seconds + LOOK_AGAIN_SECONDS)
    if request.state is RequestState.TAKEN:
        confirm_by = _confirm_by_seconds(candidates, now_seconds)
        if now_seconds < confirm_by:
            return Decision(next_action_at_seconds=confirm_by)
        going_on = [_left_out_if_claimer(one, now_seconds) for one in candidates]
        return replace(_ring_next(going_on, now_seconds), release_claim=True)
    if request.wish is Wish.CHOSEN_FIRST:
        alone = _ring_chosen_alone(candidates, now_seconds)
        if alone:
            return alone
    return _ring_next(candidates, now_seconds)


def _confirm_by_seconds(candidates: Sequence[Candidate], now_seconds: int) -> int:
    claimers = [one for one in candidates if one.state is CandidateState.CLAIMED]
    if not claimers:  # removed from the bulletin meanwhile
        return now_seconds
    return claimers[0].changed_at_seconds + CONFIRM_WITHIN_SECONDS


def _left_out_if_claimer(one: Candidate, now_seconds: int) -> Candidate:
    if one.state is not CandidateState.CLAIMED:
        return one
    return replace(one, state=CandidateState.LEFT_OUT, changed_at_seconds=now_seconds)


def _ring_chosen_alone(candidates: Sequence[Candidate], now_seconds: int) -> Decision | None:
    """The chosen peer's minute, or None when it is over, or cannot be used at all."""
    chosen = next((one for one in candidates if one.order == 0), None)
    if chosen is None or not chosen.reachable:
        return None
    others = [one for one in candidates if one is not chosen]
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
    return Decision(
        ring=() if rung else (chosen.address,),
        next_action_at_seconds=alone_until,
    )


def _ring_next(candidates: Sequence[Candidate], now_seconds: int) -> Decision:
    reachable = [one for one in candidates if one.reachable]
    fresh = [one for one in reachable if _rings(one, now_seconds)]
    waited_seconds = _waited_seconds(candidates, now_seconds)
    places = min(AT_MOST, AT_ONCE + waited_seconds // ONE_MORE_EVERY_SECONDS)
    ready = _ready(reachable, now_seconds)
    ring = tuple(one.address for one in ready[: max(0, places - len(fresh))])
    if not fresh and not ring:
        retry_at = now_seconds + NOBODY_LEFT_RETRY_SECONDS
        return Decision(nobody_left=True, next_action_at_seconds=retry_at)
    ends = [one.changed_at_seconds + RINGS_FOR_SECONDS for one in fresh]
    one_more_at = now_seconds + ONE_MORE_EVERY_SECONDS - waited_seconds % ONE_MORE_EVERY_SECONDS
    next_look = min([*ends, one_more_at])
    return Decision(ring=ring, next_action_at_seconds=next_look)


def _rings(one: Candidate, now_seconds: int) -> bool:
    """Rung within the last 90 seconds. A later claim still counts; the place goes to the next."""
    over = one.changed_at_seconds + RINGS_FOR_SECONDS
    return one.state is CandidateState.RINGING and now_seconds < over


def _waited_seconds(candidates: Sequence[Candidate], now_seconds: int) -> int:
    """Since the oldest change. The request itself has no time: the mailroom may not store one."""
    since = min((one.changed_at_seconds for one in candidates), default=now_seconds)
    return max(0, now_seconds - since)


def _ready(reachable: Sequence[Candidate], now_seconds: int) -> list[Candidate]:
    """Those never rung, by tier and slot, then whoever may be rung again, longest ago first."""
    waiting = [
        one
        for one in reachable
        if one.state is CandidateState.WAITING and one.tier is not Tier.OFF_DUTY
    ]
    again = [one for one in reachable if _may_ring_again(one, now_seconds)]
    waiting.sort(key=lambda one: (one.tier, one.order))
    again.sort(key=lambda one: (one.changed_at_seconds, one.tier, one.order))
    return waiting + again


def _may_ring_again(one: Candidate, now_seconds: int) -> bool:
    """Let it ring long enough ago, or rested since their last word.

    Whose shift is over, or who was rung off duty because they were chosen, is not rung on and on;
    only a claim says that they want to be there.
    """
    if one.tier is Tier.OFF_DUTY and one.state is not CandidateState.LEFT_OUT:
        return False
    if one.state is CandidateState.RINGING:
        return not _rings(one, now_seconds)
    rest_seconds = RUNG_AGAIN_AFTER_SECONDS.get(one.state)
    return rest_seconds is not None and now_seconds >= one.changed_at_seconds + rest_seconds
