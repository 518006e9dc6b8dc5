"""Help requests: ask, seal, act and state, as the officer who has the reply read key may.

spec/requests.md. Every change has its request looked at; whom that rings, `ringing` decides.
"""

from leanto.doorway.answers import NO_CONTENT, Outcome
from leanto.doorway.bodies import Question
from leanto.doorway.refusing import Refused
from leanto.mailroom.ending import end_request, leave_claimer_out
from leanto.mailroom.frames import Frames, push_all
from leanto.mailroom.mailboxes import open_mailbox
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Act, Connection
from leanto.mailroom.tokens import spend, verify
from leanto.rules.escalation import CandidateState
from leanto.wire import requests as wire
from leanto.wire.mailboxes import address_of
from leanto.wire.plan import stored_plan
from leanto.wire.tokens import body_digest

REQUEST_DAYS = 7
ASKED_STATUS = 201


class NobodyLeft(Refused):
    """No slot is for a peer that the newest duty part lists."""

    problem = "nobody-left"


class RequestExists(Refused):
    problem = "request-exists"


class RequestUnknown(Refused):
    """Unknown, ended, or not this key's: nobody learns which."""

    problem = "request-unknown"


async def ask(room: Room, question: Question) -> Outcome:
    """One pass, one request, one reply mailbox: all on disk, or nothing burned."""
    paid = verify(room, question.authorization)
    body = wire.Ask.read(question.body)
    digest = body_digest(method=question.method, path=question.path, body=question.body)
    kept = _listed(room, body.slots)
    now, today = room.now_seconds(), room.today()

    def change(connection: Connection) -> None:
        if not spend(connection, paid, digest, ASKED_STATUS):
            return
        room.store.keep_room_to_forget()
        if not kept:
            raise NobodyLeft
        if not open_mailbox(connection, body.reply_address, today):
            raise RequestExists
        _insert(connection, body, now, today)
        _add_sealed(connection, body.request_id, kept, now)

    if room.board.lists(body.reply_address):
        raise RequestExists
    await change_request(room, change)
    receipt = room.receipts.receipt(path=question.path, digest=digest, status=ASKED_STATUS)
    return Outcome(ASKED_STATUS, wire.Asked(room.board.serial(), len(kept), receipt).write())


async def seal(room: Room, question: Question) -> Outcome:
    """More sealed requests for an open request; those it has stay as they are."""
    body = wire.Seal.read(question.body)
    # Behind the first twelve: slot 0 stays the chosen peer's alone.
    kept = _listed(room, body.slots, first=wire.SLOTS)
    now = room.now_seconds()

    def change(connection: Connection) -> None:
        state = _ruled(connection, body.request_id, body.read_key)
        room.store.keep_room_to_forget()
        _add_sealed(connection, body.request_id, kept, now)
        set_state(connection, body.request_id, state, now)

    await change_request(room, change)
    return Outcome(200, wire.Sealed(room.board.serial(), len(kept)).write())


async def act(room: Room, question: Question) -> Outcome:
    """The officer closes, resumes or cancels the request, lets others ring, or leaves word."""
    body = wire.ActBody.read(question.body)
    moment, now = room.moment(), room.now_seconds()

    def change(connection: Connection) -> Frames:
        state = _ruled(connection, body.request_id, body.read_key)
        if body.act in {wire.Act.CLOSE, wire.Act.CANCEL}:
            return end_request(connection, moment, address_of(body.read_key))
        if body.act is wire.Act.RESUME:
            leave_claimer_out(connection, body.request_id, now)
            state = wire.RequestState.RINGING
        if body.act is wire.Act.LEAVE_WORD:
            whenever = (wire.Urgency.WHENEVER, body.request_id)
            connection.execute("UPDATE request SET urgency = ?, urgent = 0 WHERE id = ?", whenever)
        set_state(connection, body.request_id, state, now)
        freely = (wire.Wish.FIRST_AVAILABLE, stored_plan(()), body.request_id)
        connection.execute("UPDATE request SET wish = ?, plan = ? WHERE id = ?", freely)
        return []

    push_all(room, await change_request(room, change))
    return NO_CONTENT


async def state(room: Room, question: Question) -> Outcome:
    body = wire.KeyedBody.read(question.body)
    found = await room.store.read(lambda one: _ruled(one, body.request_id, body.read_key))
    return Outcome(200, wire.StateAnswer(found).write())


async def change_request[T](room: Room, change: Act[T]) -> T:
    """Changes a request, and has it looked at as soon as that is on disk."""
    outcome = await room.store.write(change)
    room.due_now()
    return outcome


def _listed(
    room: Room, slots: tuple[wire.Slot, ...], *, first: int = 0
) -> list[tuple[int, wire.Slot]]:
    numbered = enumerate(slots, start=first)
    return [(at, slot) for at, slot in numbered if room.board.lists(slot.duty_address)]


def _insert(connection: Connection, body: wire.Ask, now: int, today: int) -> None:
    ids = (body.request_id, body.reply_address)
    wishes = (body.urgency, body.wish, body.urgent, stored_plan(body.plan))
    inserted = connection.execute(
        """INSERT INTO request VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)
           ON CONFLICT DO NOTHING""",
        (*ids, wire.RequestState.RINGING, *wishes, now, today + REQUEST_DAYS),
    )
    if inserted.rowcount != 1:
        raise RequestExists


def _add_sealed(
    connection: Connection, request_id: bytes, slots: list[tuple[int, wire.Slot]], now: int
) -> None:
    rows = [
        (request_id, slot.duty_address, at, CandidateState.WAITING, now, slot.sealed)
        for at, slot in slots
    ]
    connection.executemany(
        "INSERT INTO sealed_request VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", rows
    )


def _ruled(connection: Connection, request_id: bytes, read_key: bytes) -> wire.RequestState:
    """The state of a request for the one whose read key opens its reply mailbox."""
    row = connection.execute(
        "SELECT state FROM request WHERE id = ? AND reply_address = ?",
        (request_id, address_of(read_key)),
    ).fetchone()
    if row is None:
        raise RequestUnknown
    return wire.RequestState(row[0])


def set_state(
    connection: Connection, request_id: bytes, state: wire.RequestState, now: int
) -> None:
    """The new state, and a look at once."""
    connection.execute(
        "UPDATE request SET state = ?, next_action_at = ? WHERE id = ?", (state, now, request_id)
    )
