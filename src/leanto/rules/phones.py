"""Phones: which one rings, which may be rung again, and who comes first."""

from collections.abc import Sequence

from leanto.rules.candidates import Candidate, CandidateState, Tier

RINGS_FOR_SECONDS = 90
CHOSEN_ALONE_SECONDS = 60
AT_MOST = 6
ONE_MORE_EVERY_SECONDS = 45
# Whoever let it ring is not rung on and on: six phones at a time, every 90 s, tired a whole town in
# the model and found nobody (docs/dispatch.md).
RUNG_AGAIN_AFTER_SECONDS = {
    CandidateState.RINGING: 600,
    CandidateState.PASSED: 900,
    CandidateState.LEFT_OUT: 90,
}


def rings(one: Candidate, *, now_seconds: int) -> bool:
    """Rung within the last 90 seconds? A later claim still counts; the place goes to the next."""
    over = one.changed_at_seconds + RINGS_FOR_SECONDS
    return one.state is CandidateState.RINGING and now_seconds < over


def is_untouched(one: Candidate) -> bool:
    """Not rung yet, and to be rung without having been chosen?"""
    return one.state is CandidateState.WAITING and one.tier is not Tier.OFF_DUTY


def waited_seconds(candidates: Sequence[Candidate], *, now_seconds: int) -> int:
    """How long since the oldest change? The request itself has no time: none may be stored.

    As long as one phone was not rung yet, that is the moment of asking.
    """
    since = min((one.changed_at_seconds for one in candidates), default=now_seconds)
    return max(0, now_seconds - since)


def ready(reachable: Sequence[Candidate], *, now_seconds: int) -> list[Candidate]:
    """Those never rung, by tier and slot, then whoever may be rung again, longest ago first."""
    waiting = filter(is_untouched, reachable)
    in_order = sorted(waiting, key=lambda one: (one.tier, one.order))
    return in_order + ready_again(reachable, now_seconds=now_seconds)


def ready_again(reachable: Sequence[Candidate], *, now_seconds: int) -> list[Candidate]:
    """Whoever was rung and may be rung again, longest ago first.

    When no phone rings and none is left, that one of those who let it ring: it is never silent.
    """
    again = [one for one in reachable if _may_ring_again(one, now_seconds)]
    if not again and not any(
        is_untouched(one) or rings(one, now_seconds=now_seconds) for one in reachable
    ):
        again = [one for one in reachable if _let_it_ring(one)]
        again = sorted(again, key=_longest_ago)[:1]
    return sorted(again, key=_longest_ago)


def _longest_ago(one: Candidate) -> tuple[int, Tier, int]:
    return one.changed_at_seconds, one.tier, one.order


def _let_it_ring(one: Candidate) -> bool:
    return one.state is CandidateState.RINGING and one.tier is not Tier.OFF_DUTY


def _may_ring_again(one: Candidate, now_seconds: int) -> bool:
    """Rested long enough since their last ring or word.

    Whose shift is over, or who was rung off duty because they were chosen, is not rung on and on;
    only a claim says that they want to be there.
    """
    if one.tier is Tier.OFF_DUTY and one.state is not CandidateState.LEFT_OUT:
        return False
    rest_seconds = RUNG_AGAIN_AFTER_SECONDS.get(one.state)
    return rest_seconds is not None and now_seconds >= one.changed_at_seconds + rest_seconds
