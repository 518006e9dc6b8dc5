"""Every number the town is made of, with where it comes from.

[source]: ordered by a published figure, named beside it. [A]: assumed, because nothing is published
about peers who are rung by peers; to be fitted again from drills. Parts of the day are day 8-18,
evening 18-23, night 23-8, as in the studies; the rule that ships cuts the day at other hours, and
does not know these numbers.
"""

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

DAY_SECONDS = 86_400


class Part(IntEnum):
    """Of the day, as people sleep; not as the rule that ships counts it."""

    DAY = 0
    EVENING = 1
    NIGHT = 2


PART_OF_HOUR = (*(Part.NIGHT,) * 8, *(Part.DAY,) * 10, *(Part.EVENING,) * 5, Part.NIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A program: how many peers, how often somebody asks, who has agreed to be on call."""

    name: str
    peers: int
    requests_per_day: float
    on_rota: int
    days: int
    """How long one history lasts; the first 60 days teach and are not counted."""
    histories: int
    """How many of them the bench tells."""


ALONE_12 = Size(name="12", peers=12, requests_per_day=3 / 7, on_rota=1, days=1095, histories=6)
TOWN_40 = Size(name="40", peers=40, requests_per_day=1, on_rota=2, days=365, histories=10)
POOLED_150 = Size(name="150", peers=150, requests_per_day=4, on_rota=3, days=240, histories=3)
POOLED_400 = Size(name="400", peers=400, requests_per_day=12, on_rota=5, days=120, histories=2)
SIZES = (ALONE_12, TOWN_40, POOLED_150, POOLED_400)
WARM_DAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """The world of reference part B2. Triples are day, evening, night."""

    # Who answers a ring that they hear, before person, shock and fatigue.
    on_duty_accepts: tuple[float, float, float] = (0.85, 0.88, 0.72)
    """[A] Agreed to be on call."""
    available_accepts: tuple[float, float, float] = (0.45, 0.50, 0.30)
    """[source] Volunteers with a critical alert: 30 to 49 % (Region der Lebensretter)."""
    reserve_accepts: tuple[float, float, float] = (0.22, 0.25, 0.10)
    """[source] Volunteers in general: 23 % PulsePoint, 28 % AED-Alert; night lower [A]."""
    backstop_accepts: tuple[float, float, float] = (0.90, 0.90, 0.80)
    """[A] A coordinator who agreed to be rung when nobody answered."""
    person_logits: float = 0.7
    """[A] Standard deviation between persons; two fifths of it on duty."""
    on_duty_share_of_person: float = 0.4
    shock_logits: float = 0.4
    """[A] Shared by all who are rung for one request: a fire, a funeral, a football match."""

    # Who can be rung at all.
    available_share: tuple[float, float, float] = (0.35, 0.50, 0.15)
    """[A] Of the peers, per four hours."""
    reserve_consents: float = 0.60
    """[A] Agreed to be rung outside shifts."""
    must_not_share: float = 0.15
    """[A] Own unit, chain of command, named conflicts."""

    sealed_again_seconds: tuple[int, ...] = (1, 15, 30, 45, 60)
    """When the pocket seals a dozen more, to those who may be rung and have no copy: with the
    receipt and with each word from the mailroom [A: the times at which it looks again]."""

    # How long a tap takes.
    accept_median_seconds: tuple[float, float, float] = (35, 35, 60)
    """[A] Ordered by turnout times of volunteers, night 2:22 against day 1:42 [source]."""
    accept_sigma: float = 0.8
    """[A]"""
    passes_openly: float = 0.25
    """[A] Of those who will not answer; the others let it ring."""
    pass_median_seconds: float = 40
    pass_sigma: float = 0.7
    """[A] Both."""
    second_ring_is_new: float = 0.0
    """[A] Share of later rings of one request that meet a person anew: back at the phone, awake.
    Otherwise they do what they would have done the first time, and nobody knows how many do."""
    connect_seconds: int = 10
    """[A] From the tap to verified words on the officer's screen."""

    # What a ring and a talk do to a person.
    tired_logits_per_alarm: float = 0.06
    """[A] For each needless ring of the last 30 days; one at night counts two."""
    tired_at_most_logits: float = 1.5
    """[A]"""
    tired_days: float = 30
    talk_median_seconds: float = 35 * 60
    talk_sigma: float = 0.6
    """[A] Both."""
    after_talk_seconds: int = 1800
    heavy_share: float = 0.2
    heavy_rest_seconds: int = DAY_SECONDS
    """[A] All three."""

    # The one who asks.
    patience_median_seconds: float = 720
    patience_sigma: float = 0.9
    """[A] Both. Of crisis lines 11 to 17 % of calls end before an answer [source: 988]."""
    asks_by_hour: tuple[float, ...] = (
        *(1.2, 1.1, 1.0, 0.9, 0.7, 0.6, 0.5, 0.5, 0.6, 0.7, 0.8, 0.9),
        *(0.9, 0.9, 1.0, 1.1, 1.2, 1.3, 1.3, 1.4, 1.5, 1.6, 1.6, 1.4),
    )
    """[A] Weights; 31 % from 23 to 8."""
    watched_seconds: int = 3600
    """A request that still rings after an hour counts as never answered."""

    # The net of a policy that has none of its own, and the outside line of all.
    helpline_after_seconds: int = 270
    helpline_taken: float = 0.60
    """[A] Officers who take the offer."""
    helpline_answers: float = 0.91
    helpline_mean_seconds: float = 44
    """[source] 988 in December 2022: 91 % answered after 44 s in the mean."""

    # A printed list, dialled from the top.
    list_rings_seconds: int = 55
    """[A] Until voice mail, and finding the next number."""
    list_talk_starts_seconds: int = 12
    list_accepts_share: float = 0.8
    list_accepts_night_share: float = 0.6
    """[A] An unknown number, against an alert; at night once more."""
    list_gives_up: float = 0.25
    """[A] After each number that nobody answers."""
    list_calls_back: float = 0.5
    list_calls_back_median_seconds: float = 3600
    list_calls_back_sigma: float = 0.8
    list_calls_back_night_seconds: int = 4 * 3600
    """[A] All four."""


AS_ASSUMED = Assumptions()


def harsher(name: str) -> Assumptions:
    """The same town in one of the worlds of `WORLDS`."""
    return _with_odds(**WORLDS[name])


WORLDS: dict[str, dict[str, Any]] = {
    "as assumed": {},
    "acceptance odds halved": {"odds": 0.5},
    "odds doubled": {"odds": 2.0},
    "taps twice as slow": {"slower": 2.0},
    "common shock 1.0": {"shock": 1.0},
    "half as many available": {"available": 0.5},
    "fatigue doubled": {"fatigue": 2.0},
    "second rings are new": {"second_ring": 0.5},
    "all bad at once": {"odds": 0.5, "slower": 2.0, "shock": 0.8, "available": 0.5},
}


def _with_odds(
    *,
    odds: float = 1,
    slower: float = 1,
    shock: float = AS_ASSUMED.shock_logits,
    available: float = 1,
    fatigue: float = 1,
    second_ring: float = 0,
) -> Assumptions:
    base = AS_ASSUMED
    return replace(
        base,
        on_duty_accepts=_times_odds(base.on_duty_accepts, odds),
        available_accepts=_times_odds(base.available_accepts, odds),
        reserve_accepts=_times_odds(base.reserve_accepts, odds),
        accept_median_seconds=_times(base.accept_median_seconds, slower),
        shock_logits=shock,
        available_share=_times(base.available_share, available),
        tired_logits_per_alarm=base.tired_logits_per_alarm * fatigue,
        second_ring_is_new=second_ring,
    )


def _times(three: tuple[float, float, float], factor: float) -> tuple[float, float, float]:
    day, evening, night = three
    return day * factor, evening * factor, night * factor


def _times_odds(three: tuple[float, float, float], odds: float) -> tuple[float, float, float]:
    day, evening, night = (p * odds / (1 - p + p * odds) for p in three)
    return day, evening, night
