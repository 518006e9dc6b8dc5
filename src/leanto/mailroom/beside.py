"""Other processes on the same database: what only a line of this one can ring is looked at here.

Whoever looks at a request rings the lines that it holds. Where another process did so last, a phone
that is heard here alone would wait until chance lets this one look.
"""

from leanto.mailroom.ringing import due
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection
from leanto.rules.escalation import CandidateState, RequestState

EVERY_SECONDS = 5


async def look_beside(room: Room) -> None:
    """Makes due what this process has not looked at in time and could ring a phone for."""
    now, heard = room.now_seconds(), room.lines.heard()
    unseen = await room.store.read(lambda one: _ringing_elsewhere(one, now, room.looked))
    missed = [one for one, addresses in unseen.items() if addresses & heard]
    if missed:
        await room.store.write(lambda connection: due(connection, missed, now))
        room.due_now()


def _ringing_elsewhere(
    connection: Connection, now: int, looked: dict[bytes, int]
) -> dict[bytes, frozenset[bytes]]:
    """The requests of which this process knows nothing now, and whom nobody has rung for them."""
    found = connection.execute(
        "SELECT id FROM request WHERE next_action_at > ? AND state IN (?, ?)",
        (now, RequestState.RINGING, RequestState.NOBODY_LEFT),
    )
    ids = [row[0] for row in found.fetchall()]
    for gone in set(looked) - set(ids):  # a copy: looks go on writing into it
        looked.pop(gone, None)
    return {one: _waiting(connection, one) for one in ids if looked.get(one, 0) <= now}


def _waiting(connection: Connection, request_id: bytes) -> frozenset[bytes]:
    found = connection.execute(
        "SELECT duty_address FROM sealed_request WHERE request_id = ? AND state = ?",
        (request_id, CandidateState.WAITING),
    )
    return frozenset(row[0] for row in found.fetchall())
