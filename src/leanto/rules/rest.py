"""Whom to spare: rest that a peer asked for, nights that were broken, alarms for nothing."""

from math import exp

from leanto.rules.candidates import Tier

NIGHT_RINGS_A_WEEK = 2
ALARMS_FADE_IN_DAYS = 30
HOUR_SECONDS = 3600


def rests(*, rests_until_hour: int, now_seconds: int) -> bool:
    """Does this person rest now? Then no request rings them. Hours since 1970; 0: no rest."""
    return now_seconds < rests_until_hour * HOUR_SECONDS


def tier_after_nights(*, tier: Tier, night_rings_this_week: int, keeps_place: bool) -> Tier:
    """As what is this person rung, after the nights of the last seven days?

    After two, whoever shows available comes behind those who slept, unless they said that they keep
    their place. A shift is a peer's own word for this very night: in a large pool all who are on
    duty would else be in reserve by Wednesday, and the night unanswered (docs/dispatch.md).
    """
    tired = night_rings_this_week >= NIGHT_RINGS_A_WEEK and not keeps_place
    return Tier.RESERVE if tired and tier is Tier.AVAILABLE else tier


def alarm(*, night: bool) -> float:
    """What one needless ring adds to a person's alarms."""
    return 2.0 if night else 1.0


def faded(*, alarms: float, days: int) -> float:
    """What is left of a person's alarms after so many days."""
    return alarms * exp(-max(0, days) / ALARMS_FADE_IN_DAYS)
