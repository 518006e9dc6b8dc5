"""A game: somebody copies both databases every hour, and has the roster and every draw with its
card, box and time. Who of a hundred members asked?

`auc` is how often the true member scores higher than another one: 0.5 is blind chance, 1 certainty.
A few rounds, as in `make check`, cannot tell 0.55 from 0.56: there a test fails when it is certain
at 99.8 % (three standard errors) that the goal is missed. Leaks made on purpose are found by far.
"""

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest

from tests.harness.house import finished
from tests.harness.rounds import rounds

GOAL = 0.55
SURE = 3  # standard errors
ROUNDS = rounds(check=3, soak=1000)
AT_ONCE = 40  # rounds in one process
SEED = 20_261_123
A_LEAK = 0.9

pytestmark = [pytest.mark.soak, pytest.mark.journey]


@pytest.fixture(scope="module")
def game() -> dict[str, Any]:
    """Members who do as the screens advise: they hold passes before they need one."""
    parts = [
        played(min(AT_ONCE, ROUNDS - begun), SEED + begun) for begun in range(0, ROUNDS, AT_ONCE)
    ]
    return pooled(parts)


def test_who_asked_is_not_in_what_is_stored(game: dict[str, Any]) -> None:
    """Not by time, count, order, likeness or lease, nor by all of them together."""
    goal = GOAL + SURE * math.sqrt(1 / 12 / game["asked"])
    stored = {name: one["auc"] for name, one in game["attacks"].items() if name not in LIVE}
    assert "combined" in stored
    assert {name: auc for name, auc in stored.items() if auc > goal} == {}


def test_leases_do_not_show_which_mailboxes_one_pocket_has(game: dict[str, Any]) -> None:
    """A lease that moved at every week's first look would move in one hour for all of them."""
    leased = game["pockets"]["leased"]
    assert leased["same"] * leased["auc"] <= ROUNDS, leased


def test_pockets_without_a_pass_are_seen_and_by_this_very_attack() -> None:
    """Who drew within the hour is found: the screen says so, and so does the game."""
    found = played(1, SEED, "draws_only_to_ask")["attacks"]["same_hour"]
    assert found["auc warned"] > A_LEAK
    assert found["top_one warned"] > A_LEAK


def test_a_mailroom_that_kept_a_number_would_be_found_out() -> None:
    """Passes with a serial, stored as they are instead of as a digest, name every card."""
    found = played(1, SEED, "numbers_are_kept")["attacks"]
    assert found["likeness"]["auc"] > A_LEAK
    assert found["combined"]["auc"] > A_LEAK


def test_somebody_live_on_both_machines_learns_far_more(game: dict[str, Any]) -> None:
    """What no forgetting can mend stands in THREATS.md: addresses, and who empties what."""
    assert game["attacks"]["addresses"]["auc"] > A_LEAK
    assert game["pockets"]["emptied"]["auc"] > GOAL


LIVE = {
    "addresses",
    "units",  # told who is in which unit, which neither room knows
}


def played(rounds_: int, seed: int, *habits: str) -> dict[str, Any]:
    done = finished("tests.linkability.play", str(rounds_), str(seed), *habits)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def pooled(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """The mean over all that were asked, or over all pairs."""
    asked = sum(one["asked"] for one in parts)
    return {
        "asked": asked,
        "attacks": dict(_means(parts, "attacks", [one["asked"] / asked for one in parts])),
        "pockets": dict(_means(parts, "pockets", [1 / len(parts) for _ in parts])),
    }


def _means(
    parts: list[dict[str, Any]], kind: str, weights: list[float]
) -> Iterator[tuple[str, dict[str, float]]]:
    for name, measured in parts[0][kind].items():
        both = list(zip(weights, [part[kind][name] for part in parts], strict=True))
        yield name, {one: sum(w * part.get(one, 0.5) for w, part in both) for one in measured}
