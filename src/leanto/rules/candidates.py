"""What the rule of ringing sees: one open request, who could be rung for it, and what to do."""

from dataclasses import dataclass
from enum import IntEnum


class Wish(IntEnum):
    FIRST_AVAILABLE = 0
    CHOSEN_FIRST = 1


class RequestState(IntEnum):
    """The numbers of the `request` frame in spec/mailboxes.md."""

    RINGING = 1
    TAKEN = 2
    ANSWERED = 3
    NOBODY_LEFT = 4


class Tier(IntEnum):
    """The numbers of spec/bulletin.md, and 4: in none of them, rung only when chosen."""

    ON_DUTY = 0
    AVAILABLE = 1
    RESERVE = 2
    BACKSTOP = 3
    """Rung only when nobody else answers: a coordinator, or who was named for it."""
    OFF_DUTY = 4


class CandidateState(IntEnum):
    WAITING = 0
    """Not rung yet."""
    RINGING = 1
    PASSED = 2
    """Said no. Rung again after a quarter of an hour, when all were rung."""
    CLAIMED = 3
    LEFT_OUT = 4
    """Claimed without a verified answer: a lost connection, perhaps. Rung again when all were."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One peer with a sealed request. Each ring sets `changed_at_seconds` anew, also a repeated."""

    address: bytes
    tier: Tier
    state: CandidateState
    changed_at_seconds: int
    order: int
    """The slot, 0 to 11. Slot 0 is the chosen one where there is a wish."""
    reachable: bool
    """A ring can be sent now: a line is open, or an endpoint can be woken."""
    accepts: float | None = None
    """The chance that this person accepts a ring now; None: not enough learned."""
    alarms: float = 0.0
    """Needless alarms of 30 days, decayed; one at night counts 2."""


@dataclass(frozen=True, slots=True)
class PlannedRing:
    """One line of a sealed plan: this slot is rung so many seconds after asking."""

    slot: int
    offset_seconds: int


@dataclass(frozen=True, slots=True)
class RequestView:
    state: RequestState
    wish: Wish
    """`ring others now` makes it FIRST_AVAILABLE."""
    urgent: bool = False
    """The officer says so: the backstop is rung from second 0."""
    adaptive: bool = False
    """Ring by chances learned, not by threes. True only when enough has been learned."""
    night: bool = False
    plan: tuple[PlannedRing, ...] = ()
    """When given, it says who is rung when, instead of waves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    ring: tuple[bytes, ...] = ()
    """Addresses to ring now, most wanted first; who rings already is not repeated."""
    release_claim: bool = False
    """The claim was not confirmed in time: make the claimer LEFT_OUT and the request RINGING."""
    nobody_left: bool = False
    """Nobody rings and nobody can be rung: tell the officer."""
    next_action_at_seconds: int
