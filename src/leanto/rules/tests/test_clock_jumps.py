"""The machine's clock is set back an hour, ahead an hour, ahead a year: the request rings on."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from leanto.rules.candidates import (
    Candidate,
    CandidateState,
    PlannedRing,
    RequestState,
    RequestView,
    Tier,
    Wish,
)
from leanto.rules.tests.promises import keeps_its_promises
from leanto.rules.tests.worlds import NOON, World, peer
from tests.harness.rounds import rounds

HOUR, YEAR = 3600, 365 * 86_400
JUMPS = [-HOUR, HOUR, YEAR]

plans = st.lists(st.builds(PlannedRing, st.integers(0, 11), st.integers(0, 65_535)), max_size=12)
requests = st.builds(
    RequestView,
    state=st.just(RequestState.RINGING),
    wish=st.sampled_from(Wish),
    urgent=st.booleans(),
    adaptive=st.booleans(),
    night=st.booleans(),
    plan=plans.map(tuple) | st.just(()),
)
candidates = st.builds(
    Candidate,
    address=st.integers(0, 255).map(lambda n: bytes([n])),
    tier=st.sampled_from(Tier),
    state=st.just(CandidateState.WAITING),
    changed_at_seconds=st.just(NOON),
    order=st.integers(0, 20),
    reachable=st.booleans(),
    accepts=st.none() | st.floats(0, 1),
    alarms=st.floats(0, 50),
)
peers = st.lists(candidates, max_size=12, unique_by=(lambda c: c.address, lambda c: c.order))
steps = st.lists(st.sampled_from([*JUMPS, *[0] * 9]), max_size=20)


def test_a_clock_set_back_gives_up_claims_and_rings_again() -> None:
    """What seems to come from a time to come holds nobody up: not a ring, not a claim."""
    ringing = [peer(n, CandidateState.RINGING, changed_at_seconds=NOON) for n in range(3)]
    request = RequestView(RequestState.RINGING, Wish.FIRST_AVAILABLE)
    back = World(request, tuple(ringing), NOON - HOUR)
    assert len(back.decision().ring) == 3
    claimed = World(
        replace(request, state=RequestState.TAKEN),
        (peer(0, CandidateState.CLAIMED, changed_at_seconds=NOON), peer(1)),
        NOON - HOUR,
    )
    assert claimed.decision().release_claim


@settings(max_examples=rounds(check=150, soak=20_000), deadline=None)
@given(requests, peers, steps, st.data())
def test_whatever_the_clock_does_the_request_goes_on(
    request: RequestView, those: list[Candidate], jumps: list[int], data: st.DataObject
) -> None:
    """Passes, claims, dropped lines and a clock that lies: the promises of ringing hold."""
    world = World(request, tuple(those), NOON)
    for jump in [*jumps, 0]:
        decision = world.decision()
        after = world.after(decision)
        keeps_its_promises(world, decision, after)
        silence = after.later(decision.next_action_at_seconds - world.now)
        world = data.draw(st.sampled_from([silence, *after.events()])).later(jump)
