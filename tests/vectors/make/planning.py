"""Who is rung when, if everybody stays silent: tiers by slot in, the plan out. spec/requests.md."""

from typing import Any

from leanto.rules.candidates import Tier
from leanto.rules.planning import sealed_plan
from tests.vectors.make.cases import Case

DUTY, SHOWS, RESERVE = Tier.ON_DUTY, Tier.AVAILABLE, Tier.RESERVE
BACKSTOP, REST = Tier.BACKSTOP, Tier.OFF_DUTY


def planning_file() -> dict[str, Any]:
    cases = [
        _case(name, tiers, chosen_first=chosen_first, night=night)
        for name, tiers in SLOTS.items()
        for chosen_first in (False, True)
        for night in (False, True)
        if tiers or not chosen_first
    ]
    return {"about": "spec/requests.md", "plan": cases}


SLOTS: dict[str, list[Tier]] = {
    "nobody": [],
    "one on duty": [DUTY],
    "two on duty": [DUTY, DUTY],
    "backstops and rest stand in no plan": [REST, BACKSTOP, BACKSTOP, REST],
    "a usual evening": [DUTY, DUTY, BACKSTOP, BACKSTOP, SHOWS, SHOWS, RESERVE, REST, SHOWS],
    "a thin night": [RESERVE, RESERVE, BACKSTOP, RESERVE, RESERVE, RESERVE, RESERVE, RESERVE],
    "twelve who show available": [SHOWS] * 12,
    "twelve in reserve": [RESERVE] * 12,
    "lower tiers first in the slots": [RESERVE, SHOWS, DUTY, RESERVE, SHOWS, DUTY],
}


def _case(name: str, tiers: list[Tier], *, chosen_first: bool, night: bool) -> Case:
    plan = sealed_plan(tiers=tiers, chosen_first=chosen_first, night=night)
    when = "by night" if night else "by day"
    return {
        "name": f"{name}, {'slot 0 chosen' if chosen_first else 'nobody chosen'}, {when}",
        "ok": True,
        "tiers": [int(one) for one in tiers],
        "chosen_first": chosen_first,
        "night": night,
        "plan": [{"slot": one.slot, "offset_seconds": one.offset_seconds} for one in plan],
    }
