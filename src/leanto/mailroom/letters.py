"""Leaving letters, many at once: the one path through the mailroom that has to be fast."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from leanto.doorway.refusing import Refused
from leanto.mailroom.store.acts import Connection

ENVELOPE_DAYS = 14
ENVELOPES_AT_MOST = 512
MAILBOXES_REMEMBERED = 10_000
ROWS_AT_ONCE = 16


class MailboxUnknown(Refused):
    """Unknown, expired, a duty mailbox or a wrong key: nobody learns which."""

    problem = "mailbox-unknown"


class MailboxFull(Refused):
    problem = "mailbox-full"


@dataclass(frozen=True, slots=True)
class Letter:
    """An envelope on its way into a mailbox. `listed`: a duty mailbox, which takes none."""

    address: bytes
    id: bytes
    body: bytes
    today: int
    listed: bool


class Letters:
    """Judges each letter of a batch by itself, then writes those that may lie, together."""

    def __init__(self) -> None:
        # Never more places than there are: letters forgotten since are not in it. Counting anew
        # for every letter would cost more than writing it.
        self._places: dict[bytes, int] = {}

    def leave(
        self, connection: Connection, letters: Sequence[Letter]
    ) -> list[type[Refused] | None]:
        """What is wrong with each letter, if anything; the others are written."""
        living = _living(connection, {one.address for one in letters}, letters[0].today)
        outcomes = [self._judge(connection, one, living) for one in letters]
        good = [one for one, wrong in zip(letters, outcomes, strict=True) if wrong is None]
        put_letters(connection, good)
        return outcomes

    def _judge(
        self, connection: Connection, letter: Letter, living: set[bytes]
    ) -> type[Refused] | None:
        if letter.listed or letter.address not in living:
            return MailboxUnknown
        if self._places.get(letter.address, 0) < 1:
            self._count(connection, letter.address)
        if self._places[letter.address] < 1:
            return MailboxFull
        self._places[letter.address] -= 1
        return None

    def _count(self, connection: Connection, address: bytes) -> None:
        if len(self._places) >= MAILBOXES_REMEMBERED:
            self._places.clear()
        (held,) = connection.execute(
            "SELECT count(*) FROM envelope WHERE address = ?", (address,)
        ).fetchone()
        self._places[address] = ENVELOPES_AT_MOST - held


def put_letters(connection: Connection, letters: Sequence[Letter]) -> None:
    """Writes envelopes whose mailboxes are known to take them."""
    # Several rows in a statement, for each statement hands the interpreter's lock over and back;
    # in the order of the table, for neighbours share a page. Measured: half the work.
    ordered = sorted(letters, key=attrgetter("address", "id"))
    for at in range(0, len(ordered), ROWS_AT_ONCE):
        some = ordered[at : at + ROWS_AT_ONCE]
        values = ", ".join(["(?, ?, ?, ?)"] * len(some))
        flat: list[bytes | int] = []
        for one in some:
            flat += (one.address, one.id, one.today + ENVELOPE_DAYS, one.body)
        connection.execute(f"INSERT INTO envelope VALUES {values}", flat)  # noqa: S608 - marks only


def _living(connection: Connection, addresses: set[bytes], today: int) -> set[bytes]:
    marks = ", ".join("?" * len(addresses))
    found = connection.execute(
        f"SELECT address FROM mailbox WHERE address IN ({marks}) AND lease_day >= ?",  # noqa: S608 - marks only
        (*addresses, today),
    )
    return {row[0] for row in found.fetchall()}
