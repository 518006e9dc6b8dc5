"""A plan made beforehand rings as the wave would, when everybody stays silent."""

import json
from pathlib import Path

import pytest

from leanto.rules.candidates import Candidate, CandidateState, RequestState, RequestView, Tier, Wish
from leanto.rules.escalation import decide
from leanto.rules.planning import sealed_plan
from leanto.rules.tests.worlds import NOON, carried_out, peer

VECTORS = json.loads(
    (Path(__file__).parents[4] / "spec/vectors/planning.json").read_text(encoding="utf-8")
)
SILENT_MINUTES = 6


@pytest.mark.parametrize("case", VECTORS["plan"], ids=lambda case: case["name"])
def test_each_slot_with_a_shift_stands_in_the_plan_once(case: dict[str, object]) -> None:
    """Nobody who may be rung is forgotten, and nobody is rung who may not be."""
    tiers = [Tier(one) for one in case["tiers"]]  # type: ignore[attr-defined] # from JSON
    chosen, night = bool(case["chosen_first"]), bool(case["night"])
    plan = sealed_plan(tiers=tiers, chosen_first=chosen, night=night)
    slots = [one.slot for one in plan]
    meant = {slot for slot, tier in enumerate(tiers) if tier < Tier.BACKSTOP}
    assert sorted(slots) == sorted(meant | ({0} if chosen else set()))
    offsets = [one.offset_seconds for one in plan]
    assert offsets == sorted(offsets)


@pytest.mark.parametrize("night", [False, True])
def test_a_plan_carried_out_is_the_wave_in_silence(night: bool) -> None:  # noqa: FBT001 - pytest names it
    """Ana's pocket may plan for a mailroom that understands nothing, and loses nothing by it."""
    world = [peer(n, tier=[Tier.ON_DUTY, Tier.AVAILABLE, Tier.RESERVE][n % 3]) for n in range(9)]
    plan = sealed_plan(tiers=[one.tier for one in world], chosen_first=False, night=night)
    ringing = RequestState.RINGING
    live = RequestView(ringing, Wish.FIRST_AVAILABLE, adaptive=True, night=night)
    planned = RequestView(ringing, Wish.FIRST_AVAILABLE, night=night, plan=plan)
    assert _first_rings(world, planned) == _first_rings(world, live)


def _first_rings(world: list[Candidate], request: RequestView) -> dict[int, int]:
    """When each slot rings first, while nobody says a word."""
    now, first = NOON, dict[int, int]()
    while now < NOON + 60 * SILENT_MINUTES and any(
        one.state is CandidateState.WAITING for one in world
    ):
        decision = decide(candidates=world, request=request, now_seconds=now)
        for address in decision.ring:
            first.setdefault(address[0], now - NOON)
        world = carried_out(world, decision, now)
        now = decision.next_action_at_seconds
    return first
