"""The town itself: the same world for everybody, and every request ends once."""

from dataclasses import replace

import pytest

from leanto.sim.dispatch import policies
from leanto.sim.dispatch.assumptions import AS_ASSUMED, Size
from leanto.sim.dispatch.measures import figures
from leanto.sim.dispatch.policies import WAYS, Way
from leanto.sim.dispatch.records import Ending, Outcome
from leanto.sim.dispatch.world import Sealing, World

SMALL = Size(name="small", peers=20, requests_per_day=1, on_rota=1, days=120, histories=1)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_one_seed_tells_one_history_and_another_a_different_one(way: Way) -> None:
    """Whoever runs the bench sees the figures that stand in the documents."""
    again, once, other = (way.through(World(SMALL, seed=s), net=True).outcomes for s in (1, 1, 2))
    assert again == once
    assert again != other


@pytest.mark.parametrize("net", [True, False])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_every_request_ends_exactly_once(way: Way, *, net: bool) -> None:
    """None is lost on the heap, none is answered twice, and without a net nobody of it answers."""
    world = World(SMALL, seed=3)
    run = way.through(world, net=net)
    assert sorted(one.asking.number for one in run.outcomes) == list(range(len(world.askings)))
    if not net:
        endings = {one.ending for one in run.outcomes}
        assert endings <= {Ending.PEER, Ending.LEFT, Ending.NEVER}


@pytest.mark.parametrize("way", WAYS[1:-1], ids=lambda way: way.name)
def test_nobody_is_ever_faster_than_one_who_knows_all(way: Way) -> None:
    """All policies meet one world: else one of them would now and then beat the bound."""
    world = World(SMALL, seed=4)
    bound = {one.asking.number: one for one in policies.BOUND.through(world).outcomes}
    by_peers = [one for one in way.through(world).outcomes if one.ending is Ending.PEER]
    assert len(by_peers) > 20
    for one in by_peers:
        best = bound[one.asking.number]
        assert best.ending is Ending.PEER
        assert best.waited_seconds <= one.waited_seconds


def test_a_world_is_not_changed_by_who_went_through_it() -> None:
    """Common random numbers: who would answer, and when, is the world's alone."""
    world, untouched = World(SMALL, seed=5), World(SMALL, seed=5)
    for way in WAYS:
        way.through(world, net=True)
    assert world.askings == untouched.askings
    for asking in world.askings[:40]:
        for peer in range(SMALL.peers):
            answers = world.answers_after_seconds(asking, peer, tired=0)
            assert answers == untouched.answers_after_seconds(asking, peer, tired=0)


@pytest.mark.parametrize("way", [*WAYS[1:5], *WAYS[5:]], ids=lambda way: way.name)
def test_one_peer_who_always_answers_is_enough(way: Way) -> None:
    """On duty, never busy, never tired, and an officer who waits: nobody is missed."""
    always = 1 - 1e-12
    patient = replace(
        AS_ASSUMED,
        on_duty_accepts=(always, always, always),
        person_logits=0,
        shock_logits=0,
        tired_logits_per_alarm=0,
        must_not_share=0,
        talk_median_seconds=1,
        after_talk_seconds=0,
        heavy_share=0,
        patience_median_seconds=1_000_000,
        patience_sigma=0,
    )
    rare = replace(SMALL, peers=1, requests_per_day=0.5, days=200)
    run = way.through(World(rare, seed=6, assumptions=patient))
    assert {one.ending for one in run.outcomes} == {Ending.PEER}
    assert figures(run)["peer 15"] == 100


def test_only_who_was_sealed_a_copy_is_rung() -> None:
    """The town gives its mailroom no phone that no pocket gave it."""
    world = World(SMALL, seed=7, sealing=Sealing.TWELVE)
    copies = {one.number: {copy.person for copy in one.copies} for one in world.askings}
    assert all(len(persons) <= 12 for persons in copies.values())
    run = policies.ADAPTIVE.through(world)
    most = {one.asking.number: one.needless for one in run.outcomes if one.waited_seconds < 90}
    assert most
    assert all(needless <= len(copies[number]) for number, needless in most.items())


def test_the_backstop_is_rung_by_the_rule_at_its_own_time() -> None:
    """Nobody answers but the backstop: it is there after two minutes, and not before."""
    nobody = (1e-9, 1e-9, 1e-9)
    deaf = replace(
        AS_ASSUMED,
        on_duty_accepts=nobody,
        available_accepts=nobody,
        reserve_accepts=nobody,
        helpline_taken=0,
    )
    run = policies.ADAPTIVE.through(World(SMALL, seed=8, assumptions=deaf), net=True)
    answered = [one.waited_seconds for one in run.outcomes if one.ending is Ending.BACKSTOP]
    assert len(answered) > 50
    assert not [one for one in run.outcomes if _is_early(one)]


def _is_early(one: Outcome) -> bool:
    """A backstop within two minutes, though there was a peer to ring."""
    peers = one.asking.tiers[: SMALL.peers]
    return (
        one.ending is Ending.BACKSTOP
        and one.waited_seconds < 120
        and any(tier is not None for tier in peers)
    )
