"""Whom the rule spares."""

from leanto.rules.candidates import Tier
from leanto.rules.rest import alarm, faded, rests, tier_after_nights


def test_two_broken_nights_put_a_peer_behind_those_who_slept() -> None:
    """Unless they said that they keep their place, or have a shift; nobody is moved up by it."""
    shows = Tier.AVAILABLE
    assert tier_after_nights(tier=shows, night_rings_this_week=1, keeps_place=False) is shows
    assert tier_after_nights(tier=shows, night_rings_this_week=2, keeps_place=False) == 2
    assert tier_after_nights(tier=shows, night_rings_this_week=2, keeps_place=True) is shows
    for tier in (Tier.ON_DUTY, Tier.RESERVE, Tier.BACKSTOP, Tier.OFF_DUTY):
        assert tier_after_nights(tier=tier, night_rings_this_week=9, keeps_place=False) is tier


def test_rest_ends_with_its_hour() -> None:
    """Who rests until noon is rung at noon, and whoever never asked for rest is rung."""
    assert rests(rests_until_hour=500_000, now_seconds=500_000 * 3600 - 1)
    assert not rests(rests_until_hour=500_000, now_seconds=500_000 * 3600)
    assert not rests(rests_until_hour=0, now_seconds=0)


def test_alarms_fade_in_a_month_and_count_twice_at_night() -> None:
    """A needless ring is not held against the alarm's quota for ever."""
    assert alarm(night=True) == 2 * alarm(night=False)
    assert faded(alarms=4.0, days=30) < 1.5
    assert faded(alarms=4.0, days=-9) == 4.0  # a clock set back
