"""Claim, pass and answer: what a peer with a sealed request does. spec/requests.md."""

from dataclasses import dataclass

from leanto.doorway.answers import CREATED, NO_CONTENT, Outcome
from leanto.doorway.bodies import Question
from leanto.doorway.refusing import Refused
from leanto.mailroom.ending import leave_claimer_out
from leanto.mailroom.gauge import learn
from leanto.mailroom.letters import Letter, put_letters
from leanto.mailroom.mailboxes import open_mailbox, push
from leanto.mailroom.requests import RequestUnknown, change_request, set_state
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection
from leanto.rules.escalation import CONFIRM_WITHIN_SECONDS, CandidateState
from leanto.rules.gauge import RingEnded
from leanto.wire import requests as wire
from leanto.wire.mailboxes import address_of

OPEN = frozenset({wire.RequestState.RINGING, wire.RequestState.NOBODY_LEFT})


class RequestTaken(Refused):
    problem = "request-taken"


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

    return Outcome(200, wire.Claimed(await change_request(room, change)).write())


async def pass_on(room: Room, question: Question) -> Outcome:
    """Not now, without a reason: the next phone rings at once. Gives back an unconfirmed claim."""
    body = wire.KeyedBody.read(question.body)
    peer = _on_duty(room, body.read_key)
    moment, now = room.moment(), room.now_seconds()

    def change(connection: Connection) -> None:
        standing = _standing(connection, body.request_id, peer)
        state = standing.state
        if standing.claimer == peer:
            if state is wire.RequestState.ANSWERED:
                return
            leave_claimer_out(connection, body.request_id, now)
            state = wire.RequestState.RINGING
        if standing.candidate in {CandidateState.RINGING, CandidateState.CLAIMED}:
            learn(connection, moment, peer, RingEnded.REFUSED, standing.changed_at)
        _set_candidate(connection, body.request_id, peer, CandidateState.PASSED, now)
        set_state(connection, body.request_id, state, now)

    await change_request(room, change)
    return NO_CONTENT


async def answer(room: Room, question: Question) -> Outcome:
    """The winner's sealed answer, within 60 s of the claim; it lands in the reply mailbox."""
    body = wire.Answer.read(question.body)
    peer = _on_duty(room, body.read_key)
    moment, now, letter_id = room.moment(), room.now_seconds(), room.random_bytes(16)

    def change(connection: Connection) -> Letter | None:
        standing = _standing(connection, body.request_id, peer)
        if standing.claimer != peer:
            raise RequestTaken
        if standing.state is wire.RequestState.ANSWERED:  # the same answer twice is one answer
            return None
        if not standing.changed_at <= now < standing.changed_at + CONFIRM_WITHIN_SECONDS:
            raise RequestTaken
        letter = Letter(
            standing.reply_address, letter_id, body.envelope, moment.today, listed=False
        )
        put_letters(connection, [letter])
        set_state(connection, body.request_id, wire.RequestState.ANSWERED, now)
        learn(connection, moment, peer, RingEnded.ACCEPTED, standing.changed_at)
        return letter

    letter = await change_request(room, change)
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


def _on_duty(room: Room, read_key: bytes) -> bytes:
    """The duty address this key opens, if the newest duty part lists it."""
    address = address_of(read_key)
    if not room.board.lists(address):
        raise RequestUnknown
    return address


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
    set_state(connection, request_id, wire.RequestState.TAKEN, now)
    _set_candidate(connection, request_id, peer, CandidateState.CLAIMED, now)


def _set_candidate(
    connection: Connection, request_id: bytes, peer: bytes, state: CandidateState, now: int
) -> None:
    connection.execute(
        """UPDATE sealed_request SET state = ?, changed_at = ?
           WHERE request_id = ? AND duty_address = ?""",
        (state, now, request_id, peer),
    )
