"""How likely somebody accepts a ring: two decayed numbers per tier and part of day, and per person.

No log of requests, no time: a ring that ended changes the numbers and is forgotten. A phone that
fell silent because somebody else was faster has said neither yes nor no. It counts as the fraction
of a yes that may have been under way; counted as a no it would make everybody seem unwilling, and
the adaptive wave would ring three times as many.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum

from leanto.rules.candidates import Tier
from leanto.rules.wave import CHOSEN_NOT_LEARNED, NEVER_SURER, NOT_LEARNED, answered_within

PRIOR_TRIES = 4.0
PERSON_WEIGHT = 3.0
PERSON_EXPONENT = 1.3
KEEPS = 0.998
SUREST_TIER = 0.97
ENOUGH_RINGS = 30.0


class PartOfDay(IntEnum):
    """On the program's wall clock."""

    DAY = 0
    EVENING = 1
    NIGHT = 2


class RingEnded(Enum):
    ACCEPTED = "claimed, and the claim was confirmed"
    REFUSED = "passed"
    CUT_SHORT = "someone was faster, the officer ended it, or it rang out in silence"


@dataclass(frozen=True, slots=True)
class Gauge:
    """Of a tier: rings, and how many were accepted. Of a person: as many as expected, and as did.

    `answers` and `tries` are decayed and have fractions.
    """

    tries: float = 0.0
    answers: float = 0.0


def part_of_day(*, hour: int) -> PartOfDay:
    """Day from 7 to 17, evening to 23, then night. `hour` of the program's wall clock, 0 to 23."""
    if 7 <= hour < 17:
        return PartOfDay.DAY
    return PartOfDay.EVENING if 17 <= hour < 23 else PartOfDay.NIGHT


def prior(*, tier: Tier, part: PartOfDay) -> Gauge:
    """What a tier is taken for before anything was learned, as if from four rings.

    Today the same in every part of day: too high a guess for the night is soon mended by it.
    """
    chance = NOT_LEARNED.get(tier, CHOSEN_NOT_LEARNED)
    return Gauge(tries=PRIOR_TRIES, answers=PRIOR_TRIES * chance)


def estimate(*, person: Gauge, tier: Gauge) -> float:
    """The chance, 0.02 to 0.97, that this person accepts a ring now.

    The tier's share in this part of day; its odds are moved by how the person compares with it.
    """
    share = min(tier.answers / tier.tries, SUREST_TIER)
    compared = (person.answers + PERSON_WEIGHT) / (person.tries + PERSON_WEIGHT)
    odds: float = share / (1 - share) * compared**PERSON_EXPONENT
    lowest, highest = NEVER_SURER
    return min(max(odds / (1 + odds), lowest), highest)


def learn(
    *, person: Gauge, tier: Gauge, ended: RingEnded, rung_for_seconds: int, night: bool
) -> tuple[Gauge, Gauge]:
    """What one ended ring teaches: the person's and the tier's numbers after it.

    Expectation and maximisation, one observation at a time, for a model in which some never accept.
    """
    said, answer = 1.0, 1.0 if ended is RingEnded.ACCEPTED else 0.0
    if ended is RingEnded.CUT_SHORT:
        chance = estimate(person=person, tier=tier)
        said = answered_within(rung_for_seconds, night=night)  # silence after a second says little
        answer = chance * (1 - said) / (1 - chance * said)
    expected = tier.answers / tier.tries
    return (
        Gauge(
            tries=KEEPS * person.tries + expected * said,
            answers=KEEPS * person.answers + answer * said,
        ),
        Gauge(tries=KEEPS * tier.tries + 1, answers=KEEPS * tier.answers + answer),
    )


def enough_learned(*, tiers: Iterable[Gauge]) -> bool:
    """May the adaptive wave go by these numbers? From some thirty rings in this part of day on.

    Give the tiers of one part of day, on duty, available and reserve.
    """
    return sum(max(0.0, one.tries - PRIOR_TRIES) for one in tiers) >= ENOUGH_RINGS
