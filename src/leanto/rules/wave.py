"""The adaptive wave: just as many phones ring as it takes for somebody to accept soon.

Every 15 s, and after every refusal: if the chance that one of the ringing phones accepts within
90 s is below 0.6, the next one rings. Two guards keep it from ringing ever more when few answer,
because everybody tires of it: eight phones (AT_MOST, by threes it is six), one more for every 45 s;
and who had five needless alarms in a month is spared while there are others.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import erf, exp, log, prod

from leanto.rules.candidates import Candidate, CandidateState, Tier
from leanto.rules.phones import ONE_MORE_EVERY_SECONDS, is_untouched, ready_again, rings

THETA = 0.6
HORIZON_SECONDS = 90
CONNECTS_WITHIN_SECONDS = 10
EVERY_SECONDS = 15
AT_MOST = 8
ALARMS_QUOTA = 5.0
SPARED_FOR_SECONDS = 120
BURDEN_WEIGHT = 0.5

MEDIAN_SECONDS = 35.0
NIGHT_MEDIAN_SECONDS = 60.0
SIGMA = 0.8
# All may be busy with the same thing at once: three levels of it, in logits, and how likely each.
SHOCKS = (-0.6, 0.0, 0.6)
SHOCK_WEIGHTS = (0.22, 0.56, 0.22)
NOT_LEARNED = {Tier.ON_DUTY: 0.7, Tier.AVAILABLE: 0.35, Tier.RESERVE: 0.18}
CHOSEN_NOT_LEARNED = 0.35
NEVER_SURER = (0.02, 0.97)


def wave(
    *, peers: Sequence[Candidate], waited_seconds: int, night: bool, now_seconds: int
) -> tuple[list[Candidate], int]:
    """Whom to ring now, most wanted first, and when to look again.

    `peers` are those of the request who can be reached, without the backstop. As long as one can be
    rung, one rings.
    """
    on = {one.order: one for one in peers if one.state in _HEARD_THE_RING}
    ring: list[Candidate] = []
    limit = AT_MOST + waited_seconds // ONE_MORE_EVERY_SECONDS
    fresh = sum(rings(one, now_seconds=now_seconds) for one in peers)
    ringing = sum(one.state is CandidateState.RINGING for one in peers)
    for one in _wanted(peers, fresh, waited_seconds, now_seconds):
        alive = ringing if one.state is CandidateState.WAITING else fresh
        enough = chance_of_answer(list(on.values()), night=night, now_seconds=now_seconds) >= THETA
        if (fresh + len(ring)) and (enough or alive + len(ring) >= limit):
            break
        ring.append(one)
        on[one.order] = replace(one, state=CandidateState.RINGING, changed_at_seconds=now_seconds)
    return ring, now_seconds + EVERY_SECONDS


_HEARD_THE_RING = {CandidateState.RINGING, CandidateState.PASSED}


def chance_of_answer(on: Sequence[Candidate], *, night: bool, now_seconds: int) -> float:
    """The chance that one of these accepts within the horizon, 0 to 1.

    Silence and refusals so far speak for a bad moment for all: they move the weights of the shocks.
    """
    in_order = sorted(on, key=lambda one: one.order)
    weights = [
        weight
        * prod(_silent_so_far(one, shock, night=night, now_seconds=now_seconds) for one in in_order)
        for weight, shock in zip(SHOCK_WEIGHTS, SHOCKS, strict=True)
    ]
    missed = [
        prod(_stays_silent(one, shock, night=night, now_seconds=now_seconds) for one in in_order)
        for shock in SHOCKS
    ]
    expected = sum(w * m for w, m in zip(weights, missed, strict=True))
    return 1 - expected / sum(weights)


def answered_within(seconds: float, *, night: bool) -> float:
    """Of those who accept at all, the share that has done so after so many seconds."""
    if seconds <= 0:
        return 0.0
    median = NIGHT_MEDIAN_SECONDS if night else MEDIAN_SECONDS
    return 0.5 * (1 + erf(log(seconds / median) / SIGMA / 2**0.5))


def accepts(one: Candidate) -> float:
    """The chance that this person accepts, as learned, or as usual for the tier."""
    chance = one.accepts
    if chance is None:
        chance = NOT_LEARNED.get(one.tier, CHOSEN_NOT_LEARNED)
    lowest, highest = NEVER_SURER
    return min(max(chance, lowest), highest)


def _wanted(
    peers: Sequence[Candidate], fresh: int, waited_seconds: int, now_seconds: int
) -> list[Candidate]:
    """Who is likely to accept and was not disturbed much, first; then whoever was rung before."""
    mean = max(sum(one.alarms for one in peers) / max(len(peers), 1), 0.5)
    waiting = sorted(
        filter(is_untouched, peers),
        key=lambda one: (
            BURDEN_WEIGHT * one.alarms / mean - log(accepts(one)),
            one.tier,
            one.order,
        ),
    )
    spared = [one for one in waiting if _is_spared(one)]
    first = [one for one in waiting if not _is_spared(one)]
    if spared and waited_seconds <= SPARED_FOR_SECONDS and (first or fresh):
        return first
    return [*first, *spared, *ready_again(peers, now_seconds=now_seconds)]


def _is_spared(one: Candidate) -> bool:
    return one.alarms > ALARMS_QUOTA and one.tier is not Tier.ON_DUTY


def _at_shock(one: Candidate, shock: float) -> float:
    chance = accepts(one)
    return 1 / (1 + exp(-log(chance / (1 - chance)) - shock))


def _silent_so_far(one: Candidate, shock: float, *, night: bool, now_seconds: int) -> float:
    chance = _at_shock(one, shock)
    if one.state is CandidateState.PASSED:
        return 1 - chance
    return 1 - chance * answered_within(now_seconds - one.changed_at_seconds, night=night)


def _stays_silent(one: Candidate, shock: float, *, night: bool, now_seconds: int) -> float:
    if one.state is CandidateState.PASSED:
        return 1.0
    chance = _at_shock(one, shock)
    rung_for = now_seconds - one.changed_at_seconds
    by_now = answered_within(rung_for, night=night)
    by_then = answered_within(rung_for + HORIZON_SECONDS - CONNECTS_WITHIN_SECONDS, night=night)
    return 1 - chance * (by_then - by_now) / (1 - chance * by_now)
