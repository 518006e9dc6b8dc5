"""What the town says of the ways of ringing, with margins that chance does not reach.

All ways meet the same worlds, so that a few histories tell them apart.
"""

import pytest

from leanto.sim.dispatch import policies
from leanto.sim.dispatch.assumptions import SIZES, TOWN_40, WORLDS, Size, harsher
from leanto.sim.dispatch.measures import Estimate, figures, mean_of
from leanto.sim.dispatch.policies import Way
from leanto.sim.dispatch.world import World
from tests.harness.rounds import in_soak_alone, rounds

HISTORIES = rounds(check=2, soak=10)


@pytest.fixture(scope="module")
def worlds() -> list[World]:
    return [World(TOWN_40, seed=seed) for seed in range(HISTORIES)]


def measured(way: Way, worlds: list[World], *, net: bool = False) -> dict[str, Estimate]:
    return mean_of([figures(way.through(world, net=net)) for world in worlds])


def test_what_ships_beats_the_list_and_rings_fewer_than_five_at_once(worlds: list[World]) -> None:
    """The order of the reference table: list, ring three, adaptive wave, one who knows all."""
    phone_list, three, five, adaptive, bound = (
        measured(way, worlds)
        for way in (
            policies.PHONE_LIST,
            policies.RING_THREE,
            policies.RING_FIVE,
            policies.ADAPTIVE,
            policies.BOUND,
        )
    )
    assert three["peer 5 night"].mean > phone_list["peer 5 night"].mean + 40
    assert adaptive["peer 5 night"].mean > three["peer 5 night"].mean - 1.5
    assert adaptive["needless"].mean < five["needless"].mean - 0.8
    assert bound["peer 5 night"].mean > adaptive["peer 5 night"].mean
    assert adaptive["brier"].mean < adaptive["brier constant"].mean - 0.02


def test_the_net_answers_those_whom_no_peer_answered(worlds: list[World]) -> None:
    """With backstops and the outside line hardly anybody waits for five minutes."""
    adaptive = measured(policies.ADAPTIVE, worlds, net=True)
    assert adaptive["human 5"].mean > 98
    assert adaptive["ends backstop"].mean < 6


@in_soak_alone
@pytest.mark.parametrize("world", WORLDS)
def test_in_no_world_does_learning_cost_two_points(world: str) -> None:
    """Where few answer, an adaptive rule could ring ever more and tire everybody. Ours does not."""
    harsh = [World(TOWN_40, seed=seed, assumptions=harsher(world)) for seed in range(HISTORIES)]
    three, adaptive = (
        measured(way, harsh)["peer 5"].mean for way in (policies.RING_THREE, policies.ADAPTIVE)
    )
    assert adaptive > three - 2


@in_soak_alone
@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_at_every_size_what_ships_stays_near_the_bound(size: Size) -> None:
    """Twelve peers are fewer than it needs, four hundred more than it can ask."""
    towns = [World(size, seed=seed) for seed in range(size.histories)]
    adaptive, bound = (
        measured(way, towns)["peer 5"].mean for way in (policies.ADAPTIVE, policies.BOUND)
    )
    assert adaptive > bound - 8
