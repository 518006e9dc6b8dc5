"""Help requests: ask, seal, act and state for the officer; claim, pass and answer for a peer.

spec/requests.md. Every change has its request looked at; whom that rings, `ringing` decides.
"""

from dataclasses import dataclass

from leanto.doorway.answers import CREATED, NO_CONTENT, Outcome
from leanto.doorway.bodies import Question
from leanto.doorway.refusing import Refused
from leanto.mailroom.letters import Letter, put_letters
from leanto.mailroom.mailboxes import open_mailbox, push
from leanto.mailroom.ringing import Frames, end_request, leave_claimer_out, push_all
from leanto.mailroom.room import Room
from leanto.mailroom.store.sqlite import Act, Connection
from leanto.mailroom.tokens import spend, verify
from leanto.rules.escalation import CONFIRM_WITHIN_SECONDS, CandidateState
from leanto.wire import requests as wire
from leanto.wire.mailboxes import address_of
from leanto.wire.tokens import body_digest

REQUEST_DAYS = 7
ASKED_STATUS = 201
OPEN = frozenset({wire.RequestState.RINGING, wire.RequestState.NOBODY_LEFT})


class NobodyLeft(Refused):
    """No slot is for a peer that the newest duty part lists."""

    problem = "nobody-left"


class RequestExists(Refused):
    problem = "request-exists"


class RequestUnknown(Refused):
    """Unknown, ended, or not this key's: nobody learns which."""

    problem = "request-unknown"


class RequestTaken(Refused):
    problem = "request-taken"


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
    await _change(room, change)
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
        _set(connection, body.request_id, state, now)

    await _change(room, change)
    return Outcome(200, wire.Sealed(room.board.serial(), len(kept)).write())


async def act(room: Room, question: Question) -> Outcome:
    """The officer closes, resumes or cancels the request, lets others ring, or leaves word."""
    body = wire.ActBody.read(question.body)
    now = room.now_seconds()

    def change(connection: Connection) -> Frames:
        state = _ruled(connection, body.request_id, body.read_key)
        if body.act in {wire.Act.CLOSE, wire.Act.CANCEL}:
            return end_request(connection, address_of(body.read_key))
        if body.act is wire.Act.RESUME:
            leave_claimer_out(connection, body.request_id, now)
            state = wire.RequestState.RINGING
        if body.act is wire.Act.LEAVE_WORD:
            whenever = (wire.Urgency.WHENEVER, body.request_id)
            connection.execute("UPDATE request SET urgency = ? WHERE id = ?", whenever)
        _set(connection, body.request_id, state, now)
        wish = (wire.Wish.FIRST_AVAILABLE, body.request_id)
        connection.execute("UPDATE request SET wish = ? WHERE id = ?", wish)
        return []

    push_all(room, await _change(room, change))
    return NO_CONTENT


async def state(room: Room, question: Question) -> Outcome:
    body = wire.KeyedBody.read(question.body)
    found = await room.store.read(lambda one: _ruled(one, body.request_id, body.read_key))
    return Outcome(200, wire.StateAnswer(found).write())


async def claim(room: Room, question: Question) -> Outcome:
    """One winner, who alone is handed its sealed request; the same peer again gets the same."""
    body = wire.Claim.read(question.body)
    peer = _on_duty(room, body.read_key)
    now, today = room.now_seconds(), room.today()

    def change(connection: Connection) -> bytes:
        standing = _standing(connection, body.request_id, peer)
        if standing.claimer != peer:
            _win(connection, body.request_id, standing, peer, now)
            # Once for each ring: a claim said again and again must not fill the disk.
            open_mailbox(connection, body.talk_address, today)
        return standing.sealed

    return Outcome(200, wire.Claimed(await _change(room, change)).write())


async def pass_on(room: Room, question: Question) -> Outcome:
    """Not now, without a reason: the next phone rings at once. Gives back an unconfirmed claim."""
    body = wire.KeyedBody.read(question.body)
    peer = _on_duty(room, body.read_key)
    now = room.now_seconds()

    def change(connection: Connection) -> None:
        standing = _standing(connection, body.request_id, peer)
        state = standing.state
        if standing.claimer == peer:
            if state is wire.RequestState.ANSWERED:
                return
            leave_claimer_out(connection, body.request_id, now)
            state = wire.RequestState.RINGING
        _set_candidate(connection, body.request_id, peer, CandidateState.PASSED, now)
        _set(connection, body.request_id, state, now)

    await _change(room, change)
    return NO_CONTENT


async def answer(room: Room, question: Question) -> Outcome:
    """The winner's sealed answer, within 60 s of the claim; it lands in the reply mailbox."""
    body = wire.Answer.read(question.body)
    peer = _on_duty(room, body.read_key)
    now, today, letter_id = room.now_seconds(), room.today(), room.random_bytes(16)

    def change(connection: Connection) -> Letter | None:
        standing = _standing(connection, body.request_id, peer)
        if standing.claimer != peer:
            raise RequestTaken
        if standing.state is wire.RequestState.ANSWERED:  # the same answer twice is one answer
            return None
        if not standing.changed_at <= now < standing.changed_at + CONFIRM_WITHIN_SECONDS:
            raise RequestTaken
        letter = Letter(standing.reply_address, letter_id, body.envelope, today, listed=False)
        put_letters(connection, [letter])
        _set(connection, body.request_id, wire.RequestState.ANSWERED, now)
        return letter

    letter = await _change(room, change)
    if letter is not None:
        push(room, letter)
    return CREATED


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a request stands for one peer with a sealed request."""

    state: wire.RequestState
    claimer: bytes | None
    reply_address: bytes
    candidate: CandidateState
    changed_at: int
    sealed: bytes


async def _change[T](room: Room, change: Act[T]) -> T:
    """Changes a request, and has it looked at as soon as that is on disk."""
    outcome = await room.store.write(change)
    room.due_now()
    return outcome


def _listed(
    room: Room, slots: tuple[wire.Slot, ...], *, first: int = 0
) -> list[tuple[int, wire.Slot]]:
    numbered = enumerate(slots, start=first)
    return [(at, slot) for at, slot in numbered if room.board.lists(slot.duty_address)]


def _on_duty(room: Room, read_key: bytes) -> bytes:
    """The duty address this key opens, if the newest duty part lists it."""
    address = address_of(read_key)
    if not room.board.lists(address):
        raise RequestUnknown
    return address


def _insert(connection: Connection, body: wire.Ask, now: int, today: int) -> None:
    ids = (body.request_id, body.reply_address)
    inserted = connection.execute(
        "INSERT OR IGNORE INTO request VALUES (?, ?, ?, ?, ?, NULL, ?, ?)",
        (*ids, wire.RequestState.RINGING, body.urgency, body.wish, now, today + REQUEST_DAYS),
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
    connection.executemany("INSERT OR IGNORE INTO sealed_request VALUES (?, ?, ?, ?, ?, ?)", rows)


def _ruled(connection: Connection, request_id: bytes, read_key: bytes) -> wire.RequestState:
    """The state of a request for the one whose read key opens its reply mailbox."""
    row = connection.execute(
        "SELECT state FROM request WHERE id = ? AND reply_address = ?",
        (request_id, address_of(read_key)),
    ).fetchone()
    if row is None:
        raise RequestUnknown
    return wire.RequestState(row[0])


def _standing(connection: Connection, request_id: bytes, peer: bytes) -> _Standing:
    row = connection.execute(
        """SELECT request.state, claimer, reply_address, sealed_request.state, changed_at, body
           FROM request JOIN sealed_request ON request_id = id WHERE id = ? AND duty_address = ?""",
        (request_id, peer),
    ).fetchone()
    if row is None:
        raise RequestUnknown
    return _Standing(
        wire.RequestState(row[0]), row[1], row[2], CandidateState(row[3]), row[4], row[5]
    )


def _win(
    connection: Connection, request_id: bytes, standing: _Standing, peer: bytes, now: int
) -> None:
    """One conditional update, one winner. Who was left out or passed waits to be rung again."""
    if standing.candidate in {CandidateState.LEFT_OUT, CandidateState.PASSED}:
        raise RequestTaken
    won = connection.execute(
        "UPDATE request SET claimer = ? WHERE id = ? AND state IN (?, ?)",
        (peer, request_id, *OPEN),
    )
    if won.rowcount != 1:
        raise RequestTaken
    _set(connection, request_id, wire.RequestState.TAKEN, now)
    _set_candidate(connection, request_id, peer, CandidateState.CLAIMED, now)


def _set(connection: Connection, request_id: bytes, state: wire.RequestState, now: int) -> None:
    """The new state, and a look at once."""
    connection.execute(
        "UPDATE request SET state = ?, next_action_at = ? WHERE id = ?", (state, now, request_id)
    )


def _set_candidate(
    connection: Connection, request_id: bytes, peer: bytes, state: CandidateState, now: int
) -> None:
    connection.execute(
        """UPDATE sealed_request SET state = ?, changed_at = ?
           WHERE request_id = ? AND duty_address = ?""",
        (state, now, request_id, peer),
    )
