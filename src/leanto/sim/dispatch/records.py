"""What the town writes down: open requests, phones, people, and how each request ended."""

from dataclasses import dataclass, field
from enum import StrEnum

from leanto.sim.dispatch.world import Asking, World


class Ending(StrEnum):
    PEER = "peer"
    BACKSTOP = "backstop"
    HELPLINE = "helpline"
    LEFT = "left"
    """The officer had waited long enough."""
    NEVER = "never"
    """Still ringing after an hour."""


@dataclass(slots=True)
class Phone:
    """One person rung for one request."""

    person: int
    rung_at: int
    """The last ring, as the mailroom keeps it."""
    rings: int = 1
    """More than one: rung again, when all were."""
    passed: bool = False
    changed_at: int = 0
    """The last ring or pass."""


@dataclass(slots=True)
class Open:
    """A request that nobody has answered yet."""

    asking: Asking
    phones: dict[int, Phone] = field(default_factory=dict)
    answered_by: int | None = None
    """Has tapped; the words come ten seconds later."""
    next_look_at: int = -1


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one request ended."""

    asking: Asking
    ending: Ending
    waited_seconds: int
    needless: int
    """Rings of peers who did not answer; a backstop's do not count here."""
    needless_backstop: int


@dataclass(slots=True)
class Person:
    """What a policy did to one peer or backstop so far."""

    busy_until: int = 0
    rung_for: int | None = None
    """The number of a request; a phone that rings is not rung for another."""
    alarms: float = 0
    """Needless rings, one at night counts two, fading over 30 days; as of `alarms_at`."""
    alarms_at: int = 0
    burden: float = 0
    """Rings, and talks three times as heavy, fading likewise; as of `burden_at`."""
    burden_at: int = 0
    talks: int = 0
    needless_at_night: int = 0
    """After the warm days, as the measures count it."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a policy thought of one ring, and whether it would have been answered."""

    at_seconds: int
    thought: float
    would_answer: bool


@dataclass(frozen=True, slots=True)
class Run:
    """All that came of one policy in one world."""

    world: World
    outcomes: list[Outcome]
    persons: list[Person]
    guesses: list[Guess]
