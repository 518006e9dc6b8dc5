"""A sealed plan carried out: the pocket said who is rung when, whoever rings understands nothing.

A plan cannot strand a request: who passes or cannot be reached is replaced by the next of the plan
at once, no line of it leaves everybody silent, and whoever it forgets comes after it.
"""

from collections.abc import Sequence

from leanto.rules.candidates import Candidate, CandidateState, PlannedRing
from leanto.rules.phones import AT_MOST, ONE_MORE_EVERY_SECONDS, is_untouched, rings

LOOK_AGAIN_SECONDS = 15


def planned_rings(
    *,
    peers: Sequence[Candidate],
    plan: Sequence[PlannedRing],
    waited_seconds: int,
    now_seconds: int,
) -> tuple[list[Candidate], int]:
    """Whom to ring now, and when to look again.

    `peers` are those of the request who can be reached, without the backstop, which no plan rules.
    """
    offsets = _offsets_seconds(peers, plan)
    untouched = sorted(filter(is_untouched, peers), key=lambda one: (offsets[one.order], one.order))
    due = sum(offset <= waited_seconds for offset in offsets.values())
    # Also who let it ring in silence has had their line of the plan: it counted on that.
    had = sum(one.state is CandidateState.RINGING for one in peers)
    fresh = sum(rings(one, now_seconds=now_seconds) for one in peers)
    count = min(due - had, AT_MOST - fresh) if fresh else max(1, min(due - had, AT_MOST))
    to_come = [offset for offset in offsets.values() if offset > waited_seconds]
    next_offset = min(to_come, default=waited_seconds + LOOK_AGAIN_SECONDS)
    return untouched[: max(0, count)], now_seconds + next_offset - waited_seconds


def _offsets_seconds(peers: Sequence[Candidate], plan: Sequence[PlannedRing]) -> dict[int, int]:
    """By slot, the earliest line each; whoever stands in none comes one by one after the last."""
    offsets: dict[int, int] = {}
    for line in plan:
        offsets[line.slot] = min(line.offset_seconds, offsets.get(line.slot, line.offset_seconds))
    after = max(offsets.values(), default=0)
    forgotten = [one for one in peers if is_untouched(one) and one.order not in offsets]
    for one in sorted(forgotten, key=lambda one: (one.tier, one.order)):
        after += ONE_MORE_EVERY_SECONDS
        offsets[one.order] = after
    return offsets
