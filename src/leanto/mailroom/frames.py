"""What lines are told of a request: a ring, that it is over, how it stands."""

from collections.abc import Iterable

from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection
from leanto.rules.escalation import RINGS_FOR_SECONDS, CandidateState, RequestState
from leanto.wire.listening import Hush, HushReason, RequestFrame, Ring
from leanto.wire.requests import RequestState as FrameState
from leanto.wire.requests import Urgency

type Frames = list[tuple[bytes, bytes]]
"""Address and frame, to be pushed after the commit."""


def push_all(room: Room, frames: Frames) -> None:
    for address, frame in frames:
        room.lines.push(address, frame)


def still_ringing(connection: Connection, addresses: Iterable[bytes], now: int) -> Frames:
    """What a phone that listens is told: who rings it, and how its own request stands."""
    frames: Frames = []
    for address in addresses:
        rung = connection.execute(
            """SELECT request.id, urgency FROM sealed_request JOIN request ON id = request_id
               WHERE duty_address = ? AND sealed_request.state = ? AND changed_at > ?
               AND request.state IN (?, ?)""",
            (
                address,
                CandidateState.RINGING,
                now - RINGS_FOR_SECONDS,
                RequestState.RINGING,
                RequestState.NOBODY_LEFT,
            ),
        )
        frames += [ring_frame(address, *row) for row in rung.fetchall()]
        own = connection.execute("SELECT state FROM request WHERE reply_address = ?", (address,))
        frames += [state_frame(address, state) for (state,) in own.fetchall()]
    return frames


def ring_frame(address: bytes, request_id: bytes, urgency: int) -> tuple[bytes, bytes]:
    return address, Ring(address, request_id, Urgency(urgency)).write()


def hush_frame(address: bytes, request_id: bytes, reason: HushReason) -> tuple[bytes, bytes]:
    return address, Hush(address, request_id, reason).write()


def state_frame(reply_address: bytes, state: int) -> tuple[bytes, bytes]:
    return reply_address, RequestFrame(reply_address, FrameState(state)).write()
