"""Whether a room answers, and whether it may take work now. spec/watch.md.

What it says is of the machine and never of anybody who asks: the sentences below are all there are.
"""

from collections.abc import Iterable
from enum import StrEnum

from leanto.doorway.answers import NO_CONTENT, Outcome
from leanto.doorway.refusing import Refused


class Reason(StrEnum):
    """Why a room is not ready, as a person reads it."""

    DATABASE = "The database takes nothing."
    DISK = "The disk is full but for what is kept for forgetting."
    NO_BULLETIN = "No bulletin hangs here."
    OLD_BULLETIN = "The bulletin is past its last day."
    LATE_10 = "Phones are rung 10 seconds late or more."
    LATE_60 = "Phones are rung a minute late or more."
    LATE_300 = "Phones are rung five minutes late or more."
    NOT_PUSHED = "The newest bulletin does not reach the mailroom."
    NO_CHORE = "What is to be done every minute is not done."


class NotReady(Refused):
    """The room may not take work now; `reasons` say why."""

    problem = "not-ready"

    def __init__(self, reasons: Iterable[Reason]) -> None:
        super().__init__()
        self.reasons = tuple(reasons)

    @property
    def detail(self) -> str:
        return " ".join(self.reasons)


def ready_unless(reasons: Iterable[Reason]) -> Outcome:
    """The answer of `/readyz`. Raises NotReady where there is a reason."""
    if found := tuple(reasons):
        raise NotReady(found)
    return NO_CONTENT


def late(seconds: int) -> list[Reason]:
    """In steps so coarse that a loop which works never shows whether there was something to do."""
    steps = ((300, Reason.LATE_300), (60, Reason.LATE_60), (10, Reason.LATE_10))
    return [reason for at_least, reason in steps if seconds >= at_least][:1]
