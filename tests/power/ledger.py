"""What people were told, against what lies on the disk: the judge stands outside the mailroom.

Whoever acts says first what they try, then what they were told. Of each thing the disk may then
show what was told last, or what was tried since; everything else was lost, doubled or half done.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from leanto.mailroom.ringing import NEVER_LATER_SECONDS
from leanto.mailroom.store.schema import MAILROOM
from leanto.mailroom.store.sqlite import connect
from leanto.wire.requests import RequestState

NOTHING = "nothing"
HELD = "held"
OPEN = "open"
ENDED = "ended, its mailbox stays"
CLOSED = "closed with its mailbox"


class Held:
    """A mailroom's database, read whole once nobody writes to it."""

    def __init__(self, database: Path) -> None:
        self._store = connect(database)
        self._store.execute("PRAGMA synchronous = OFF")  # the judge may forget, and be quick
        self._store.executescript(MAILROOM.newest)  # as the mailroom does when it opens
        self.sound = self._column("integrity_check FROM pragma_integrity_check") == ["ok"]
        self.bodies = Counter(self._column("body FROM envelope"))
        self.mailboxes = set(self._column("address FROM mailbox"))
        self.spent = set(self._column("token_digest FROM spent"))
        self.sealed = Counter(self._column("request_id FROM sealed_request"))
        self.serials = self._column("serial FROM bulletin")
        self.requests = {
            row[0]: row[1:]
            for row in self._store.execute("SELECT id, state, claimer, next_action_at FROM request")
        }
        self._store.close()

    def _column(self, what: str) -> list[object]:
        return [row[0] for row in self._store.execute(f"SELECT {what}")]


class Thing(Protocol):
    """Something of which the disk shows a state."""

    def state(self, held: Held) -> str: ...


@dataclass(frozen=True)
class Letter:
    """One envelope, known by its noise."""

    body: bytes

    def state(self, held: Held) -> str:
        count = held.bodies[self.body]
        return {0: NOTHING, 1: HELD}.get(count, f"held {count} times")


@dataclass(frozen=True)
class Request:
    """A request with everything that is written together with it."""

    id: bytes
    token_digest: bytes
    reply_address: bytes
    copies: int
    talk_addresses: tuple[tuple[bytes, bytes], ...]
    """For each peer's duty address, where that peer's claim opens a mailbox."""

    def state(self, held: Held) -> str:
        paid, mailbox = self.token_digest in held.spent, self.reply_address in held.mailboxes
        row, copies = held.requests.get(self.id), held.sealed[self.id]
        if row is None:
            states = {(False, False): NOTHING, (True, True): ENDED, (True, False): CLOSED}
            whole = states.get((paid, mailbox)) if copies == 0 else None
        else:
            state, claimer, _ = row
            talks = dict(self.talk_addresses)
            whole = claimed(state, claimer) if paid and mailbox and copies == self.copies else None
            if claimer is not None and talks.get(claimer) not in held.mailboxes:
                whole = None
        return whole or f"half done: {paid=} {mailbox=} {copies=} {row=}"


@dataclass(frozen=True)
class Board:
    """The bulletin that hangs."""

    def state(self, held: Held) -> str:
        return f"serial {held.serials}"


@dataclass(frozen=True)
class Step:
    """`told`: the mailroom said so. Else somebody tried to bring it about."""

    thing: Thing
    state: str
    told: bool


def claimed(state: int, claimer: bytes | None) -> str:
    """How a request stands, in one word and a name."""
    if claimer is None:
        return OPEN if state in {RequestState.RINGING, RequestState.NOBODY_LEFT} else "no claimer"
    return f"{RequestState(state).name} by {claimer.hex()}"


def complaints(steps: Iterable[Step], database: Path, *, now_seconds: int) -> list[str]:
    """Everything that was lost, doubled, half done, come back, or will never ring again."""
    held = Held(database)
    found = [] if held.sound else ["the database is not sound"]
    for thing, lawful in _lawful(steps).items():
        if (state := thing.state(held)) not in lawful:
            found.append(f"{type(thing).__name__} is {state}, not {' or '.join(lawful)}")
    latest = now_seconds + NEVER_LATER_SECONDS
    for state, _, next_action_at in held.requests.values():
        if state != RequestState.ANSWERED and next_action_at > latest:
            found.append("a request that nobody will look at")
    return found


def _lawful(steps: Iterable[Step]) -> dict[Thing, list[str]]:
    lawful: dict[Thing, list[str]] = defaultdict(lambda: [NOTHING])
    for step in steps:
        lawful[step.thing] = [step.state] if step.told else [*lawful[step.thing], step.state]
    return lawful
