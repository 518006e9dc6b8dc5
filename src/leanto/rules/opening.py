"""What must be true before officers may ask: this list opens the door, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FEWEST_COORDINATORS = 2
FEWEST_PEERS = 3
OFF_LINE_KEYS = 2
CHECKED_FOR = timedelta(days=90)


class Step(StrEnum):
    """In the order in which it is done: what others wait for comes first."""

    COORDINATORS = "coordinators"
    CHARTER = "charter"
    SHEETS = "sheets"
    REHEARSED = "rehearsed"
    PACK = "pack"
    HELPLINES = "helplines"
    ANSWERING_LINE = "answering-line"
    MAIL = "mail"
    PHONES = "phones"
    PEERS = "peers"
    COVER = "cover"
    RETENTION = "retention"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the desk knows, and what people confirmed with their names and still holds.

    `holders`: who keeps each printed sheet, by name. `ready_peers`: enrolled, a test notification
    reached their phone, and it opened what was sealed to it. `covered`: somebody who can really be
    rung is on duty in every hour of the next two weeks.
    """

    coordinators: int
    charter_in_force: bool
    holders: Sequence[str]
    keys_rehearsed: int
    counsel_named: bool
    lines: int
    lines_checked: int
    line_answers: bool
    mail_tested: bool
    phones_reached: int
    ready_peers: int
    covered: bool
    retention_adopted: bool
    day_set: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """One step of the list."""

    step: Step
    green: bool


def open_steps(*, facts: Facts) -> tuple[StepState, ...]:
    """Every step in order, green or not. The program opens when all are."""
    holders = {one.strip().casefold() for one in facts.holders}
    green = {
        Step.COORDINATORS: facts.coordinators >= FEWEST_COORDINATORS,
        Step.CHARTER: facts.charter_in_force,
        # Two sheets in one drawer are one fire.
        Step.SHEETS: len(facts.holders) == len(holders) == OFF_LINE_KEYS,
        Step.REHEARSED: facts.keys_rehearsed >= OFF_LINE_KEYS,
        Step.PACK: facts.counsel_named,
        Step.HELPLINES: 0 < facts.lines == facts.lines_checked,
        Step.ANSWERING_LINE: facts.line_answers,
        Step.MAIL: facts.mail_tested,
        Step.PHONES: facts.phones_reached > 0,
        Step.PEERS: facts.ready_peers >= FEWEST_PEERS,
        Step.COVER: facts.covered,
        Step.RETENTION: facts.retention_adopted,
        Step.DAY: facts.day_set,
    }
    return tuple(StepState(step=step, green=green[step]) for step in Step)


def still_checked(*, on: date, verify_by: date, today: date) -> bool:
    """Does it still count that a person dialled this line on that day?

    Until the day by which its list wants it dialled again; after that, for 90 days from the call.
    """
    return today <= max(verify_by, on + CHECKED_FOR)
