"""How well a nameless peer may be rung at this minute."""

from leanto.mailroom.moment import tier_at
from leanto.rules.escalation import Tier
from leanto.wire.duty import DutyPerson, DutyShift, Standing
from leanto.wire.members import Tier as ListedTier

NOON_MINUTE = 28_000_000


def ben(*shifts: DutyShift) -> DutyPerson:
    return DutyPerson(bytes(8), Standing.ORDINARY, (bytes(16),), shifts)


def test_the_better_of_two_shifts_counts_and_its_end_is_excluded() -> None:
    """On duty beats available; a minute later only the reserve is left, for whom agreed to it."""
    reserve = DutyShift(ListedTier.RESERVE, NOON_MINUTE - 60, NOON_MINUTE + 60)
    duty = DutyShift(ListedTier.ON_DUTY, NOON_MINUTE - 60, NOON_MINUTE)
    available = DutyShift(ListedTier.AVAILABLE, NOON_MINUTE - 60, NOON_MINUTE)
    last_second = NOON_MINUTE * 60 - 1
    assert tier_at(ben(available, duty, reserve), last_second) is Tier.ON_DUTY
    assert tier_at(ben(available, duty, reserve), last_second + 1) is Tier.RESERVE
    assert tier_at(ben(available, duty), last_second + 1) is Tier.OFF_DUTY


def test_a_backstop_in_reserve_is_a_backstop() -> None:
    """Whoever agreed to both is rung at the backstop's own time, not somewhere in the reserve."""
    hours = (NOON_MINUTE - 60, NOON_MINUTE + 60)
    both = [DutyShift(tier, *hours) for tier in (ListedTier.RESERVE, ListedTier.BACKSTOP)]
    assert tier_at(ben(*both), NOON_MINUTE * 60) is Tier.BACKSTOP
