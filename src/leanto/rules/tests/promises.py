"""What ringing promises in every world, written down a second time and in another way."""

from leanto.rules.candidates import Candidate, CandidateState, Decision, RequestState, Tier, Wish
from leanto.rules.escalation import CONFIRM_WITHIN_SECONDS
from leanto.rules.tests.worlds import World

RUNG_AGAIN_AFTER = {
    CandidateState.WAITING: 0,
    CandidateState.RINGING: 600,
    CandidateState.PASSED: 900,
    CandidateState.LEFT_OUT: 90,
}


def keeps_its_promises(world: World, decision: Decision, after: World) -> None:
    """Whatever the clock says: `after` is this world with this decision carried out."""
    state = world.request.state
    assert world.now < decision.next_action_at_seconds <= world.now + 3600
    if state is RequestState.ANSWERED:
        assert not decision.ring
        return
    assert decision.next_action_at_seconds <= world.now + 90
    if state is RequestState.TAKEN and not decision.release_claim:
        _judge_claim_stands(world)
        return
    _judge_rings(world, decision)
    _judge_nobody_strands(decision, after)
    again = after.decision()
    assert again.ring == (), "rung twice by an unchanged state"
    assert not again.release_claim


def _judge_claim_stands(world: World) -> None:
    """Only a claim of less than a minute, by somebody who is still listed, holds a request."""
    claims = [one for one in world.candidates if one.state is CandidateState.CLAIMED]
    assert claims
    since = claims[0].changed_at_seconds
    assert since <= world.now < since + CONFIRM_WITHIN_SECONDS


def _judge_rings(world: World, decision: Decision) -> None:
    """Only phones that can ring and do not, and off duty only the chosen one."""
    rung = [one for one in world.candidates if one.address in decision.ring]
    assert len(set(decision.ring)) == len(decision.ring) == len(rung)
    for one in rung:
        assert one.reachable
        again = _may_be_rung(one, world.now) or _is_last_resort(one, world)
        assert one.state is CandidateState.CLAIMED or again, "rung on and on"
        chosen = world.request.wish is Wish.CHOSEN_FIRST and one.order == 0
        assert one.tier is not Tier.OFF_DUTY or chosen or one.state is CandidateState.LEFT_OUT


def _judge_nobody_strands(decision: Decision, after: World) -> None:
    """While one phone can be rung one rings, three where it goes by threes; else it is said."""
    ringing = [one for one in after.candidates if _rings(one, after.now)]
    could = [
        one
        for one in after.candidates
        if one.tier is not Tier.OFF_DUTY and one.reachable and _may_be_rung(one, after.now)
    ]
    assert decision.nobody_left == (not ringing)
    at_need = [
        one
        for one in after.candidates
        if one.tier is not Tier.OFF_DUTY and one.reachable and _let_it_ring(one, after.now)
    ]
    assert ringing or not (could or at_need), "a phone that could be rung was waited out"
    by_threes = not after.request.adaptive and not after.request.plan
    if by_threes and after.request.wish is Wish.FIRST_AVAILABLE:
        peers = [one for one in ringing if one.tier is not Tier.BACKSTOP]
        waits = [one for one in could if one.tier is not Tier.BACKSTOP]
        assert len(peers) >= 3 or not waits, "a refusal was not replaced"


def _is_last_resort(one: Candidate, world: World) -> bool:
    """Let it ring longest ago, while nobody else of the peers, or of the backstop, rings or can."""
    alike = [
        other
        for other in world.candidates
        if other.reachable and (other.tier is Tier.BACKSTOP) == (one.tier is Tier.BACKSTOP)
    ]
    can = [other for other in alike if other.tier is not Tier.OFF_DUTY]
    longer_ago = [other for other in can if other.changed_at_seconds < one.changed_at_seconds]
    return (
        _let_it_ring(one, world.now)
        and not any(_rings(other, world.now) for other in alike)
        and not any(_may_be_rung(other, world.now) for other in can)
        and not any(_let_it_ring(other, world.now) for other in longer_ago)
    )


def _let_it_ring(one: Candidate, now: int) -> bool:
    return one.state is CandidateState.RINGING and not _rings(one, now)


def _rings(one: Candidate, now: int) -> bool:
    fresh = one.changed_at_seconds <= now < one.changed_at_seconds + 90
    return one.state is CandidateState.RINGING and fresh and one.reachable


def _may_be_rung(one: Candidate, now: int) -> bool:
    after = RUNG_AGAIN_AFTER.get(one.state)
    if after is None:
        return False
    to_come = one.changed_at_seconds > now  # the clock was set back: nobody waits for that
    return to_come or now >= one.changed_at_seconds + after


def rings_the_backstop_in_time(world: World, decision: Decision, after: World) -> None:
    """From two minutes on one of it was rung, from three minutes two; not before, but for need.

    Of worlds whose clock runs evenly: `now` is then the seconds since asking.
    """
    if after.request.state not in {RequestState.RINGING, RequestState.NOBODY_LEFT}:
        return
    net = [one for one in after.candidates if one.tier is Tier.BACKSTOP and one.reachable]
    waiting = [one for one in net if one.state is CandidateState.WAITING]
    waited = after.now + (120 if after.request.urgent else 0)
    before = [one for one in world.candidates if one.tier is Tier.BACKSTOP]
    if waited < 120 and all(one.state is CandidateState.WAITING for one in before):
        peers_ring = any(
            _rings(one, after.now) and one.tier is not Tier.BACKSTOP for one in after.candidates
        )
        rung = [one for one in before if one.address in decision.ring]
        assert not (rung and peers_ring), "the backstop was rung before its time"
    if waited >= 120:
        assert not net or len(waiting) < len(net), "the backstop was forgotten"
    if waited >= 180 and len(net) == 2:
        assert not waiting, "the second of the backstop was forgotten"
