"""The mailroom while it is open: everything a route may touch, and nothing that knows a person."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from leanto.mailroom.config import Clock
from leanto.mailroom.letters import Letters
from leanto.mailroom.lines import Lines
from leanto.mailroom.moment import DAY_SECONDS, Moment, moment_at
from leanto.mailroom.noticeboard import Noticeboard
from leanto.mailroom.receipts import ReceiptKey
from leanto.mailroom.store.batching import Store

if TYPE_CHECKING:
    from leanto.mailroom.waking import Waker


@dataclass
class Pulse:
    """When the loop that rings phones last looked at all that was due, without a fault."""

    seconds: int


@dataclass(frozen=True, kw_only=True)
class Room:
    """`random_bytes` makes envelope ids; `due_now` wakes whoever rings phones."""

    fingerprint: bytes
    clock: Clock
    random_bytes: Callable[[int], bytes]
    store: Store
    receipts: ReceiptKey
    board: Noticeboard
    letters: Letters
    lines: Lines
    due_now: Callable[[], None]
    pulse: Pulse
    zone: ZoneInfo
    adaptive: bool
    waker: "Waker | None"  # without a notifier nobody is woken
    tested: dict[bytes, int] = field(default_factory=dict)
    """When each person last had an endpoint woken to try it."""
    looked: dict[bytes, int] = field(default_factory=dict)
    """Until when this process need not look again, by request."""

    def now_seconds(self) -> int:
        return self.clock.seconds()

    def today(self) -> int:
        """The day as spec/README.md counts it."""
        return self.clock.seconds() // DAY_SECONDS

    def moment(self) -> Moment:
        """Who is listed now, and what part of the day it is for them."""
        return moment_at(self.board.duty(), self.clock.seconds(), self.zone)
