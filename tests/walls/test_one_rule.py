"""There is one rule of ringing: who changes a number of it changes the mailroom and the town alike.

What the bench says of the rule would otherwise be said of a copy.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

import pytest

from leanto.sim.dispatch import policies
from leanto.sim.dispatch.assumptions import Size
from leanto.sim.dispatch.measures import figures
from leanto.sim.dispatch.policies import Way
from leanto.sim.dispatch.world import World
from leanto.wire.members import Tier
from tests.harness.mailroom import running_mailroom
from tests.harness.nights import Night, night_of

TOWN = Size(name="small", peers=20, requests_per_day=2, on_rota=1, days=100, histories=1)
PEOPLE = {"ben": Tier.ON_DUTY, "dev": Tier.ON_DUTY, "fay": Tier.ON_DUTY, "gus": Tier.BACKSTOP}


@contextmanager
def night_with(folder: Path, *rule: str) -> Iterator[Night]:
    with running_mailroom(folder, "--swift", *rule) as room, night_of(room, **PEOPLE) as night:
        night.ask(*PEOPLE)
        yield night


def in_town(way: Way, *, net: bool) -> dict[str, float]:
    return figures(way.through(World(TOWN, seed=1), net=net))


@contextmanager
def changed(name: str, value: float) -> Iterator[None]:
    module, _, constant = name.rpartition(".")
    with patch.object(import_module(f"leanto.rules.{module}"), constant, value):
        yield


def test_how_many_ring_at_once_is_one_number(tmp_path: Path) -> None:
    """One phone instead of three: the mailroom rings one, and the town waits longer for fewer."""
    with night_with(tmp_path, "--rule=escalation.AT_ONCE=1") as night:
        night.hears("ana: it rings", "ben rings")
    before = in_town(policies.RING_THREE, net=False)
    with changed("escalation.AT_ONCE", 1):
        after = in_town(policies.RING_THREE, net=False)
    assert after["needless"] < before["needless"] - 0.5
    assert after["median"] > before["median"]


def test_when_the_backstop_rings_is_one_number(tmp_path: Path) -> None:
    """Thirty seconds instead of two minutes: it rings then, and answers more in the town."""
    with night_with(tmp_path, "--rule=backstop.FIRST_AFTER_SECONDS=30") as night:
        night.hears("ana: it rings", "ben rings", "dev rings", "fay rings")
        night.at(28)
        night.at(32, "gus rings")
    before = in_town(policies.ADAPTIVE, net=True)
    with changed("backstop.FIRST_AFTER_SECONDS", 30):
        after = in_town(policies.ADAPTIVE, net=True)
    assert after["ends backstop"] > before["ends backstop"] + 5


@pytest.mark.parametrize("name", ["wave.THETA", "gauge.PERSON_WEIGHT", "wave.ALARMS_QUOTA"])
def test_the_wave_of_the_town_is_the_rule_s(name: str) -> None:
    """The mailroom and the town both call `decide` and `gauge`: no number stands twice."""
    before = in_town(policies.ADAPTIVE, net=False)
    with changed(name, 0.1):
        assert in_town(policies.ADAPTIVE, net=False) != before
