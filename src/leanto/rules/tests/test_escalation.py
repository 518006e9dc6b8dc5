from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from leanto.rules.escalation import (
    Candidate,
    CandidateState,
    Decision,
    RequestState,
    RequestView,
    Tier,
    Wish,
    decide,
)
from leanto.rules.tests.worlds import NOON, carried_out, orders, peer

FIRST = RequestView(state=RequestState.RINGING, wish=Wish.FIRST_AVAILABLE)
CHOSEN = RequestView(state=RequestState.RINGING, wish=Wish.CHOSEN_FIRST)
TAKEN = RequestView(state=RequestState.TAKEN, wish=Wish.FIRST_AVAILABLE)


def test_three_ring_first_and_a_pass_is_replaced_at_once() -> None:
    """Ana's request never waits for a peer who said no."""
    five = [peer(n) for n in range(5)]
    first = decide(candidates=five, request=FIRST, now_seconds=NOON)
    assert orders(first) == [0, 1, 2]
    ringing = carried_out(five, first, NOON)
    ringing[1] = replace(ringing[1], state=CandidateState.PASSED)
    assert orders(decide(candidates=ringing, request=FIRST, now_seconds=NOON + 1)) == [3]


def test_unreachable_and_lower_tiers_are_skipped_not_waited_out() -> None:
    """An empty duty tier at night costs no second."""
    world = [
        peer(0, reachable=False),
        peer(1, tier=Tier.RESERVE),
        peer(2, tier=Tier.AVAILABLE),
        peer(3, tier=Tier.OFF_DUTY),
    ]
    decision = decide(candidates=world, request=FIRST, now_seconds=NOON)
    assert orders(decision) == [2, 1]
    assert not decision.nobody_left


def test_one_more_phone_rings_every_45_seconds_up_to_six() -> None:
    """Silence widens the circle without waking everybody."""
    world, now, counts = [peer(n) for n in range(12)], NOON, []
    for _ in range(4):
        decision = decide(candidates=world, request=FIRST, now_seconds=now)
        world = carried_out(world, decision, now)
        ringing = [one for one in world if one.state is CandidateState.RINGING]
        counts.append(sum(now < one.changed_at_seconds + 90 for one in ringing))
        now = decision.next_action_at_seconds
    assert counts == [3, 4, 5, 6]


def test_who_lets_it_ring_is_not_rung_on_and_on() -> None:
    """When all are silent one phone rings at a time, whose ring is longest ago, until ten minutes
    are over: then it is tried as at first. Where another phone can ring, none of them does."""
    world, now, rung = [peer(n) for n in range(3)], NOON, []
    while now < NOON + 630:
        decision = decide(candidates=world, request=FIRST, now_seconds=now)
        world = carried_out(world, decision, now)
        if decision.ring:
            rung.append((now - NOON, orders(decision)))
        now = decision.next_action_at_seconds
    assert rung[0] == (0, [0, 1, 2])
    assert [who for _, who in rung[1:7]] == [[0], [1], [2], [0], [1], [2]]
    silent = [replace(one, state=CandidateState.RINGING) for one in (peer(0), peer(1))]
    world = [*silent, peer(2, changed_at_seconds=NOON + 100)]
    assert orders(decide(candidates=world, request=FIRST, now_seconds=NOON + 100)) == [2]
    assert orders(decide(candidates=silent, request=FIRST, now_seconds=NOON + 600)) == [0, 1]


def test_the_chosen_peer_rings_alone_for_a_minute() -> None:
    """Whom Ana chose is asked first, and only reaching a human comes before that."""
    world = [peer(0, tier=Tier.OFF_DUTY), peer(1), peer(2)]
    alone = decide(candidates=world, request=CHOSEN, now_seconds=NOON)
    assert (orders(alone), alone.next_action_at_seconds) == ([0], NOON + 60)
    world = carried_out(world, alone, NOON)
    assert orders(decide(candidates=world, request=CHOSEN, now_seconds=NOON + 59)) == []
    assert orders(decide(candidates=world, request=FIRST, now_seconds=NOON + 59)) == [1, 2]
    assert orders(decide(candidates=world, request=CHOSEN, now_seconds=NOON + 60)) == [1, 2]


def test_a_chosen_peer_who_passes_or_is_away_holds_nobody_up() -> None:
    """The chosen minute ends early when it cannot bring an answer."""
    away = [peer(0, reachable=False), peer(1)]
    assert orders(decide(candidates=away, request=CHOSEN, now_seconds=NOON)) == [1]
    passed = [peer(0, CandidateState.PASSED), peer(1)]
    assert orders(decide(candidates=passed, request=CHOSEN, now_seconds=NOON + 5)) == [1]


def test_a_claim_without_an_answer_goes_on_after_a_minute() -> None:
    """Max may claim, but cannot hold Ana's request."""
    world = [peer(0, CandidateState.CLAIMED), peer(1)]
    assert decide(candidates=world, request=TAKEN, now_seconds=NOON + 59) == Decision(
        next_action_at_seconds=NOON + 60
    )
    after = decide(candidates=world, request=TAKEN, now_seconds=NOON + 60)
    assert after.release_claim
    assert orders(after) == [1]


def test_a_claimer_removed_from_the_bulletin_is_not_waited_for() -> None:
    """Open requests of a removed peer go on at once."""
    after = decide(candidates=[peer(1)], request=TAKEN, now_seconds=NOON)
    assert (after.release_claim, orders(after)) == (True, [1])


def test_nobody_left_is_said_and_tried_again() -> None:
    """It never ends at nobody: who comes back is rung, who said no is asked again later."""
    nobody = [peer(0, CandidateState.PASSED), peer(1, reachable=False)]
    said = decide(candidates=nobody, request=FIRST, now_seconds=NOON + 1)
    assert said == Decision(nobody_left=True, next_action_at_seconds=NOON + 76)
    back = [nobody[0], peer(1)]
    assert orders(decide(candidates=back, request=FIRST, now_seconds=NOON + 76)) == [1]
    assert orders(decide(candidates=nobody, request=FIRST, now_seconds=NOON + 900)) == [0]


def rung_within(world: list[Candidate], request: RequestView, seconds: int) -> list[int]:
    now, rung = NOON, []
    while now < NOON + seconds:
        decision = decide(candidates=world, request=request, now_seconds=now)
        rung += orders(decision)
        world = carried_out(world, decision, now)
        now = decision.next_action_at_seconds
    return rung


def test_a_phone_on_an_empty_desk_keeps_nobody_else_from_being_asked() -> None:
    """Ben lost his connection after claiming, Fay said not now: both are asked again in time."""
    silent = [peer(n) for n in range(3, 9)]
    world = [peer(0, CandidateState.LEFT_OUT), peer(1, CandidateState.PASSED), *silent]
    assert 0 in rung_within(world, FIRST, 300)
    assert 1 not in rung_within(world, FIRST, 900)
    assert 1 in rung_within(world, FIRST, 1200)


def test_whose_shift_is_over_is_not_rung_on_and_on() -> None:
    """Consent ends with the shift; a chosen peer off duty has one ring, also as the only one."""
    over = [peer(0, CandidateState.RINGING, tier=Tier.OFF_DUTY), peer(1)]
    assert 0 not in rung_within(over, FIRST, 3600)
    assert rung_within([peer(0, tier=Tier.OFF_DUTY)], CHOSEN, 3600) == [0]


candidates = st.builds(
    Candidate,
    address=st.binary(min_size=16, max_size=16),
    tier=st.sampled_from(Tier),
    state=st.sampled_from(CandidateState),
    changed_at_seconds=st.integers(NOON - 2000, NOON),
    order=st.integers(0, 11),
    reachable=st.booleans(),
)
worlds = st.lists(candidates, max_size=6, unique_by=(lambda c: c.address, lambda c: c.order))
requests = st.builds(RequestView, state=st.sampled_from(RequestState), wish=st.sampled_from(Wish))


@given(worlds, requests)
def test_in_every_world_there_is_a_next_look_and_no_ring_twice(
    world: list[Candidate], request: RequestView
) -> None:
    """A crash or an event anywhere leads to another attempt, and never to a double ring."""
    decision = decide(candidates=world, request=request, now_seconds=NOON)
    assert NOON < decision.next_action_at_seconds <= NOON + 3600
    assert len(decision.ring) <= 6
    assert set(decision.ring) <= {one.address for one in world if one.reachable}
    if decision.release_claim or request.state is not RequestState.TAKEN:
        going_on = RequestView(
            state=RequestState.RINGING if decision.release_claim else request.state,
            wish=request.wish,
        )
        after = carried_out(world, decision, NOON)
        assert decide(candidates=after, request=going_on, now_seconds=NOON).ring == ()


@given(worlds, st.sampled_from(Wish))
def test_whoever_can_be_reached_is_rung_within_a_quarter_of_an_hour(
    world: list[Candidate], wish: Wish
) -> None:
    """While one consenting peer has an open line, the request rings somewhere."""
    request = RequestView(state=RequestState.RINGING, wish=wish)
    world = [
        replace(one, state=CandidateState.LEFT_OUT) if one.state is CandidateState.CLAIMED else one
        for one in world
    ]
    hope = [c for c in world if c.reachable and c.tier is not Tier.OFF_DUTY]
    now, rung = NOON, False
    while now <= NOON + 975 and not rung:
        decision = decide(candidates=world, request=request, now_seconds=now)
        rung = bool(decision.ring) or any(one.state is CandidateState.RINGING for one in hope)
        world = carried_out(world, decision, now)
        now = decision.next_action_at_seconds
    assert rung or not hope
