"""The adaptive wave rings as many as it takes, and not more than people stand."""

import pytest

from leanto.rules.candidates import Candidate, CandidateState, Tier
from leanto.rules.tests.worlds import NOON, peer
from leanto.rules.wave import chance_of_answer, wave


def rung(peers: list[Candidate], *, waited: int = 0, night: bool = False) -> list[int]:
    ring, _ = wave(peers=peers, waited_seconds=waited, night=night, now_seconds=NOON + waited)
    return [one.order for one in ring]


@pytest.mark.parametrize(
    ("accepts", "by_day", "by_night"),
    [(0.85, 1, 2), (0.7, 2, 2), (0.5, 2, 3), (0.4, 3, 4), (0.3, 4, 5), (0.2, 5, 7)],
)
def test_the_first_wave_is_as_large_as_people_are_unlikely_to_accept(
    accepts: float, by_day: int, by_night: int
) -> None:
    """The sizes that were worked out for a chance of 0.6 within 90 s; never more than eight."""
    peers = [peer(n, accepts=accepts) for n in range(12)]
    assert len(rung(peers)) == by_day
    assert len(rung(peers, night=True)) == by_night


def test_silence_and_refusals_lower_the_hope_in_the_others() -> None:
    """If three who usually answer do not, it is a bad moment for all."""
    fresh = [peer(n, CandidateState.RINGING, accepts=0.5) for n in range(2)]
    passed = [peer(n, CandidateState.PASSED, accepts=0.9) for n in range(2, 5)]
    alone = chance_of_answer(fresh, night=False, now_seconds=NOON)
    assert chance_of_answer(fresh + passed, night=False, now_seconds=NOON) < alone - 0.05
    later = chance_of_answer(fresh, night=False, now_seconds=NOON + 80)
    assert later < alone - 0.2


def test_however_sure_one_is_a_phone_that_rang_out_is_not_waited_for() -> None:
    """At night even a peer who always answers may not have heard it: the next one rings."""
    sure = peer(0, CandidateState.RINGING, accepts=0.97)
    assert rung([sure, peer(1, accepts=0.02)], waited=90, night=True) == [1]


def test_who_had_many_alarms_is_spared_while_there_are_others() -> None:
    """Not those on duty, and not longer than two minutes."""
    tired = [peer(n, tier=Tier.AVAILABLE, accepts=0.5, alarms=6.0) for n in range(3)]
    rested = peer(3, tier=Tier.RESERVE, accepts=0.1)
    assert rung([*tired, rested]) == [3]
    assert set(rung([*tired, rested], waited=121)) > {3}
    assert rung(tired), "with nobody else it rings"
    assert 4 in rung([*tired, peer(4, accepts=0.5, alarms=6.0)])


def test_when_few_answer_it_does_not_ring_ever_more() -> None:
    """Eight phones, and one more for every 45 seconds, whatever the chances say."""
    hopeless = [peer(n, accepts=0.02) for n in range(12)]
    assert len(rung(hopeless)) == 8
    assert len(rung(hopeless, waited=90)) == 10
