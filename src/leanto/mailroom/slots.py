"""Slots: a sealed copy for a new phone; a pass opens one, its read key rules it. spec/slots.md."""

from hashlib import sha256

from leanto.doorway.answers import NO_CONTENT, Outcome
from leanto.doorway.bodies import Question
from leanto.doorway.refusing import Refused
from leanto.mailroom.mailboxes import rounded_to_a_week
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection, StoreFull
from leanto.mailroom.tokens import spend, verify
from leanto.wire.mailboxes import ReadKeyBody
from leanto.wire.slots import SlotFetched, SlotOpened, SlotReceipt, SlotWritten, slot_address_of
from leanto.wire.tokens import body_digest

LEASE_DAYS = 400
SLOTS_AT_MOST = 65_536
OPENED_STATUS = 201


class SlotUnknown(Refused):
    """Never opened, past its lease, or another key's: nobody learns which."""

    problem = "slot-unknown"


class SlotChanged(Refused):
    """Other bytes lie there than the writer believes. It fetches them first."""

    problem = "slot-changed"


async def open_slot(room: Room, question: Question) -> Outcome:
    """One pass, one slot, on disk, or nothing burned."""
    paid = verify(room, question.authorization)
    body = SlotOpened.read(question.body)
    digest = body_digest(method=question.method, path=question.path, body=question.body)
    today = room.today()

    def change(connection: Connection) -> None:
        if spend(connection, paid, digest, OPENED_STATUS):
            room.store.keep_room_to_forget()
            insert(connection, slot_address_of(body.read_key), body.body, today)

    await room.store.write(change)
    receipt = room.receipts.receipt(path=question.path, digest=digest, status=OPENED_STATUS)
    return Outcome(OPENED_STATUS, SlotReceipt(receipt).write())


async def fetch(room: Room, question: Question) -> Outcome:
    """The sealed copy as it lies there; its lease begins anew."""
    address = slot_address_of(ReadKeyBody.read(question.body).read_key)
    today = room.today()

    def change(connection: Connection) -> bytes:
        body = _body(connection, address, today)
        _put(connection, address, body, today)
        return body

    return Outcome(200, SlotFetched(await room.store.write(change)).write())


async def write(room: Room, question: Question) -> Outcome:
    """Puts a newer copy in the place of the one that the writer knows."""
    body = SlotWritten.read(question.body)
    address = slot_address_of(body.read_key)
    today = room.today()

    def change(connection: Connection) -> None:
        held = _body(connection, address, today)
        if held != body.body and sha256(held).digest() != body.replaced:
            raise SlotChanged
        _put(connection, address, body.body, today)

    await room.store.write(change)
    return NO_CONTENT


async def forget(room: Room, question: Question) -> Outcome:
    address = slot_address_of(ReadKeyBody.read(question.body).read_key)
    await room.store.write(lambda connection: _delete(connection, address))
    return NO_CONTENT


def insert(
    connection: Connection,
    address: bytes,
    body: bytes,
    today: int,
    *,
    at_most: int = SLOTS_AT_MOST,
) -> None:
    """Raises SlotChanged where another copy lies, StoreFull where no more may."""
    connection.execute(
        "DELETE FROM slot WHERE address = ? AND lease_day < ?", (address, today)
    )  # past its lease it is as if it had never been
    row = connection.execute("SELECT body FROM slot WHERE address = ?", (address,)).fetchone()
    if row is not None:
        if row[0] != body:
            raise SlotChanged
        return
    (held,) = connection.execute("SELECT count(*) FROM slot INDEXED BY slot_lease").fetchone()
    if held >= at_most:
        raise StoreFull
    _put(connection, address, body, today)


def _body(connection: Connection, address: bytes, today: int) -> bytes:
    row = connection.execute(
        "SELECT body FROM slot WHERE address = ? AND lease_day >= ?", (address, today)
    ).fetchone()
    if row is None:
        raise SlotUnknown
    body: bytes = row[0]
    return body


def _put(connection: Connection, address: bytes, body: bytes, today: int) -> None:
    lease = rounded_to_a_week(today + LEASE_DAYS)
    connection.execute(
        """INSERT INTO slot VALUES (?, ?, ?) ON CONFLICT (address) DO UPDATE
           SET lease_day = excluded.lease_day, body = excluded.body""",
        (address, lease, body),
    )


def _delete(connection: Connection, address: bytes) -> None:
    connection.execute("DELETE FROM slot WHERE address = ?", (address,))
