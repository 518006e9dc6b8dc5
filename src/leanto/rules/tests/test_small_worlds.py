"""Every small world there is: whatever happens in it, in whatever order, the request goes on.

Up to three peers and three events in `make check`, up to four and six in `make soak`; every tier,
each way of ringing. Nothing is drawn: what is not found here does not exist in worlds this small.
"""

from collections.abc import Iterator
from itertools import combinations_with_replacement

import pytest

from leanto.rules.candidates import (
    Candidate,
    CandidateState,
    PlannedRing,
    RequestState,
    RequestView,
    Tier,
    Wish,
)
from leanto.rules.tests.promises import keeps_its_promises, rings_the_backstop_in_time
from leanto.rules.tests.worlds import World
from tests.harness.rounds import rounds

PEERS = rounds(check=3, soak=4)
EVENTS = rounds(check=3, soak=6)
# Nearly all worlds are last ones: in a soak they are looked at again rather than remembered.
REMEMBERED_BEFORE_EVENTS = rounds(check=0, soak=2)
RINGING, FIRST = RequestState.RINGING, Wish.FIRST_AVAILABLE
# A plan that knows slots which are not there, forgets others, and would leave all silent for hours.
FOOLISH = (PlannedRing(9, 0), PlannedRing(1, 30), PlannedRing(0, 65_535))
WAYS = {
    "by threes": RequestView(RINGING, FIRST),
    "adaptive": RequestView(RINGING, FIRST, adaptive=True),
    "adaptive at night": RequestView(RINGING, FIRST, adaptive=True, night=True),
    "chosen first": RequestView(RINGING, Wish.CHOSEN_FIRST),
    "urgent": RequestView(RINGING, FIRST, urgent=True),
    "a foolish plan": RequestView(RINGING, FIRST, plan=FOOLISH),
}


@pytest.mark.soak
@pytest.mark.parametrize("way", WAYS)
def test_whatever_happens_the_request_goes_on(way: str) -> None:
    """In every small world, after every sequence of events, the promises of ringing hold."""
    seen: dict[object, int] = {}
    for world in _first_worlds(WAYS[way]):
        _explore(world, EVENTS, seen)
    assert len(seen) > 1000


@pytest.mark.parametrize("way", WAYS)
def test_in_silence_everybody_is_asked(way: str) -> None:
    """Nobody picks up: within a quarter of an hour each phone that may ring has rung."""
    for world in _first_worlds(WAYS[way]):
        hope = {one.address for one in world.candidates if one.tier is not Tier.OFF_DUTY}
        assert hope <= _asked_in_silence(world, seconds=900)


def _asked_in_silence(world: World, *, seconds: int) -> set[bytes]:
    asked: set[bytes] = set()
    while world.now < seconds:
        decision = world.decision()
        asked.update(decision.ring)
        world = world.after(decision).later(decision.next_action_at_seconds - world.now)
    return asked


def _first_worlds(request: RequestView) -> Iterator[World]:
    for count in range(PEERS + 1):
        for tiers in combinations_with_replacement(Tier, count):
            yield World(request, tuple(_peer(slot, tier) for slot, tier in enumerate(tiers)))


def _peer(slot: int, tier: Tier) -> Candidate:
    return Candidate(bytes([slot]), tier, CandidateState.WAITING, 0, slot, reachable=True)


def _explore(world: World, events: int, seen: dict[object, int]) -> None:
    """Goes on from here, unless it was here before with as many events to come."""
    key = world.key()
    if seen.get(key, -1) >= events:
        return
    if events >= REMEMBERED_BEFORE_EVENTS:
        seen[key] = events
    decision = world.decision()
    after = world.after(decision)
    keeps_its_promises(world, decision, after)
    rings_the_backstop_in_time(world, decision, after)
    if events == 0:
        return
    _explore(after.later(decision.next_action_at_seconds - world.now), events - 1, seen)
    for other in after.events():
        _explore(other, events - 1, seen)
