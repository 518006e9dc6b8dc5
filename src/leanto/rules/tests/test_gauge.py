"""What rings teach, when most of them end because somebody else was faster."""

from math import exp
from random import Random

from leanto.rules.candidates import Tier
from leanto.rules.gauge import (
    Gauge,
    PartOfDay,
    RingEnded,
    enough_learned,
    estimate,
    learn,
    part_of_day,
    prior,
)
from leanto.rules.wave import MEDIAN_SECONDS, SIGMA

ACCEPTS = 0.45
PHONES = 4
DAY = PartOfDay.DAY


def test_the_day_has_three_parts_on_the_wall_clock() -> None:
    """Seven and seventeen and twenty-three begin a part."""
    begin = {hour for hour in range(24) if part_of_day(hour=hour) != part_of_day(hour=hour - 1)}
    assert begin == {7, 17, 23}
    assert part_of_day(hour=0) is PartOfDay.NIGHT


def test_someone_faster_is_no_refusal() -> None:
    """Peers who accept 45 of 100 rings are taken for that, though most find someone faster."""
    learned = _after_rings(requests=600, censored=RingEnded.CUT_SHORT)
    naive = _after_rings(requests=600, censored=RingEnded.REFUSED)
    assert abs(learned - ACCEPTS) < 0.06
    assert naive < ACCEPTS - 0.12


def test_silence_of_a_second_says_nothing_and_of_minutes_says_no() -> None:
    """The longer a phone rang unheard, the more it counts as unwilling, and never beyond a no."""
    tier = prior(tier=Tier.AVAILABLE, part=DAY)
    before = estimate(person=Gauge(), tier=tier)
    after = [
        estimate(person=person, tier=newer)
        for seconds in (0, 30, 90, 900)
        for person, newer in [
            learn(
                person=Gauge(),
                tier=tier,
                ended=RingEnded.CUT_SHORT,
                rung_for_seconds=seconds,
                night=False,
            )
        ]
    ]
    no_person, no_tier = learn(
        person=Gauge(), tier=tier, ended=RingEnded.REFUSED, rung_for_seconds=900, night=False
    )
    assert abs(after[0] - before) < 0.001
    assert before >= after[0] > after[1] > after[2] > after[3]
    assert after[3] > estimate(person=no_person, tier=no_tier)


def test_a_person_who_answers_more_than_the_tier_is_taken_for_more() -> None:
    """Ben is known by what Ben does, and one night does not make a name."""
    tier = Gauge(tries=100, answers=40)
    eager, once = Gauge(tries=4, answers=9), Gauge(tries=0.4, answers=1)
    assert estimate(person=eager, tier=tier) > 0.55
    assert 0.4 < estimate(person=once, tier=tier) < 0.5
    assert estimate(person=Gauge(tries=99), tier=tier) >= 0.02


def test_enough_is_learned_after_thirty_rings_of_that_part_of_day() -> None:
    """The adaptive wave does not start from guesses."""
    tiers = [prior(tier=tier, part=DAY) for tier in Tier]
    assert not enough_learned(tiers=tiers)
    assert enough_learned(tiers=[*tiers, Gauge(tries=35, answers=12)])


def _after_rings(*, requests: int, censored: RingEnded) -> float:
    """What the tier is taken for, when four phones ring at once and the first answer ends it."""
    chance = Random(5)  # noqa: S311 - the same made-up rings every time, no secret
    tier, people = prior(tier=Tier.AVAILABLE, part=DAY), [Gauge() for _ in range(PHONES)]
    for _ in range(requests):
        answers = [
            MEDIAN_SECONDS * exp(SIGMA * chance.gauss()) if chance.random() < ACCEPTS else 600.0
            for _ in range(PHONES)
        ]
        first = min(answers)
        for one, seconds in enumerate(answers):
            accepted = seconds == first < 600
            people[one], tier = learn(
                person=people[one],
                tier=tier,
                ended=RingEnded.ACCEPTED if accepted else censored,
                rung_for_seconds=int(first),
                night=False,
            )
    return tier.answers / tier.tries
