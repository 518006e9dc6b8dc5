"""A sealed plan made: what the adaptive wave would do if everybody stayed silent.

Silence is nearly all that a wave learns, so the whole schedule can be worked out beforehand, by the
pocket that knows who its peers are, for a mailroom that understands none of it. The twin of
pocket/src/rules/planning.ts; spec/vectors/planning.json holds for both.
"""

from collections.abc import Sequence
from dataclasses import replace

from leanto.rules.candidates import Candidate, CandidateState, PlannedRing, Tier
from leanto.rules.phones import CHOSEN_ALONE_SECONDS, is_untouched
from leanto.rules.wave import EVERY_SECONDS, wave

NO_BACKSTOP_NO_REST = {Tier.BACKSTOP, Tier.OFF_DUTY}


def sealed_plan(
    *, tiers: Sequence[Tier], chosen_first: bool, night: bool
) -> tuple[PlannedRing, ...]:
    """Which slot rings how many seconds after asking? In the order of time, one line each.

    `tiers` by slot, 0 first; slot 0 is the chosen one if there is one, and is then rung alone for a
    minute whatever its tier. The backstop has its own time and stands in no plan; nor does whoever
    has no shift. `night` from 23 to 7 on the program's wall clock.
    """
    plan = [PlannedRing(0, 0)] if chosen_first else []
    peers = [
        _made_up(slot, tier)
        for slot, tier in enumerate(tiers)
        if tier not in NO_BACKSTOP_NO_REST and not (chosen_first and slot == 0)
    ]
    if chosen_first:
        chosen = _made_up(0, tiers[0])
        peers.insert(0, replace(chosen, state=CandidateState.RINGING))
    at = CHOSEN_ALONE_SECONDS if chosen_first else 0
    while any(map(is_untouched, peers)):
        ring, _ = wave(peers=peers, waited_seconds=at, night=night, now_seconds=at)
        rung = {one.order for one in ring if is_untouched(one)}
        plan += [PlannedRing(one.order, at) for one in ring if one.order in rung]
        peers = [_rung(one, at) if one.order in rung else one for one in peers]
        at += EVERY_SECONDS
    return tuple(plan)


def _made_up(slot: int, tier: Tier) -> Candidate:
    return Candidate(
        address=bytes([slot]),
        tier=tier,
        state=CandidateState.WAITING,
        changed_at_seconds=0,
        order=slot,
        reachable=True,
    )


def _rung(one: Candidate, at: int) -> Candidate:
    return replace(one, state=CandidateState.RINGING, changed_at_seconds=at)
