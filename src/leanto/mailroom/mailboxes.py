"""Mailboxes and envelopes: leave, fetch, forget, close. spec/mailboxes.md."""

from collections.abc import Sequence

from leanto.doorway.answers import CREATED, NO_CONTENT, Outcome
from leanto.doorway.bodies import Question
from leanto.mailroom.ending import end_request
from leanto.mailroom.frames import Frames, push_all
from leanto.mailroom.letters import Letter, MailboxUnknown
from leanto.mailroom.moment import Moment
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection
from leanto.wire.listening import EnvelopeFrame
from leanto.wire.mailboxes import (
    FETCHED_AT_MOST,
    Fetched,
    Forget,
    Kept,
    Post,
    ReadKeyBody,
    address_of,
)

LEASE_DAYS = 35
# A lease that moved with every week would move in one hour for all mailboxes of one pocket, and
# tell whoever copies the database often which belong together. Most talks are over before this.
RENEWED_BELOW_DAYS = 21
WEEK_DAYS = 7


async def leave(room: Room, question: Question) -> Outcome:
    """May this envelope lie in that mailbox? On disk when the answer leaves, and pushed."""
    post = Post.read(question.body)
    letter = Letter(
        post.address,
        room.random_bytes(16),
        post.envelope,
        room.today(),
        room.board.lists(post.address),
    )
    room.store.keep_room_to_forget()
    refusal = await room.store.join(room.letters.leave, letter)
    if refusal is not None:
        raise refusal()
    push(room, letter)
    return CREATED


async def fetch(room: Room, question: Question) -> Outcome:
    """At most 16 envelopes of the mailbox this key opens, which keeps its lease alive."""
    address = address_of(ReadKeyBody.read(question.body).read_key)
    today = room.today()
    if not await renew(room, address):
        raise MailboxUnknown
    kept = await room.store.read(lambda connection: page(connection, address))
    return Outcome(200, Fetched(today, tuple(kept)).write())


async def forget(room: Room, question: Question) -> Outcome:
    body = Forget.read(question.body)
    address = address_of(body.read_key)
    await room.store.write(lambda connection: forget_ids(connection, address, body.ids))
    return NO_CONTENT


async def close(room: Room, question: Question) -> Outcome:
    """Everything in it is gone, and the request it rules."""
    address = address_of(ReadKeyBody.read(question.body).read_key)
    moment = room.moment()
    push_all(room, await room.store.write(lambda one: close_mailbox(one, moment, address)))
    return NO_CONTENT


def push(room: Room, letter: Letter) -> None:
    """To whoever listens now; whoever does not is given it at the next `listen`."""
    frame = EnvelopeFrame(letter.address, letter.id, letter.today, letter.body)
    room.lines.push(letter.address, frame.write())


def open_mailbox(connection: Connection, address: bytes, today: int) -> bool:
    """Opens it with a new lease; False when there is one already, which stays as it is."""
    opened = connection.execute(
        "INSERT INTO mailbox VALUES (?, ?) ON CONFLICT DO NOTHING", (address, lease_day(today))
    )
    return opened.rowcount == 1


def lease_day(today: int) -> int:
    """35 days ahead."""
    return rounded_to_a_week(today + LEASE_DAYS)


def rounded_to_a_week(day: int) -> int:
    """Up, so that a lease says little about when someone was here."""
    return -(-day // WEEK_DAYS) * WEEK_DAYS


async def renew(room: Room, address: bytes) -> bool:
    """Is there a mailbox, and not one on duty? If so its lease begins anew where little is left."""
    today = room.today()
    held = await room.store.read(lambda connection: _held_until(connection, address))
    if held is None or held < today or room.board.lists(address):
        return False
    if held < today + RENEWED_BELOW_DAYS:
        await room.store.write(lambda connection: _renew(connection, address, lease_day(today)))
    return True


def page(connection: Connection, address: bytes, after: bytes = b"") -> list[Kept]:
    """The next envelopes in the order of their random ids."""
    found = connection.execute(
        "SELECT id, body FROM envelope WHERE address = ? AND id > ? ORDER BY id LIMIT ?",
        (address, after, FETCHED_AT_MOST),
    )
    return [Kept(*row) for row in found.fetchall()]


def forget_ids(connection: Connection, address: bytes, ids: Sequence[bytes]) -> None:
    connection.executemany(
        "DELETE FROM envelope WHERE address = ? AND id = ?", [(address, one) for one in ids]
    )


def close_mailbox(connection: Connection, moment: Moment, address: bytes) -> Frames:
    """Everything in it is gone, and the request it rules; what its peers are to be told."""
    frames = end_request(connection, moment, address)
    connection.execute("DELETE FROM envelope WHERE address = ?", (address,))
    connection.execute("DELETE FROM mailbox WHERE address = ?", (address,))
    return frames


def _held_until(connection: Connection, address: bytes) -> int | None:
    row = connection.execute(
        "SELECT lease_day FROM mailbox WHERE address = ?", (address,)
    ).fetchone()
    return row[0] if row else None


def _renew(connection: Connection, address: bytes, lease: int) -> None:
    connection.execute("UPDATE mailbox SET lease_day = ? WHERE address = ?", (lease, address))
