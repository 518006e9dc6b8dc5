"""What the notifier does by itself: sweeps what nobody names any more, and pings once a week."""

from hashlib import sha256

from leanto.notifier.room import Room
from leanto.notifier.store import Connection
from leanto.wire.endpoints import Endpoint, Kind, Standing, What

WEEK_HOURS = 7 * 24
MINUTES = 60
LABEL = b"leanto/ping/1"


class Chores:
    """Remembers which minute it has done, so that a quiet one costs nothing."""

    def __init__(self) -> None:
        self._minute = 0

    async def do(self, room: Room) -> None:
        minute = room.now_seconds() // 60
        if minute == self._minute:
            return
        self._minute = minute
        await room.store.do(lambda connection: sweep(connection, minute))
        for endpoint_id, sealed in await room.store.do(quiet):
            if minute == ping_minute(endpoint_id, minute):
                plain = room.endpoint_key.open(endpoint_id, sealed)
                if Endpoint.read(plain).kind is Kind.PUSH:
                    room.deliverer.try_now(endpoint_id, What.PING)


def sweep(connection: Connection, minute: int) -> None:
    """What nobody names any more, and wakes that something kept from being tried at all."""
    connection.execute("DELETE FROM endpoint WHERE goes_hour <= ?", (minute // MINUTES,))
    connection.execute("DELETE FROM wake WHERE until_at <= ?", ((minute - MINUTES) * 60,))
    connection.execute("DELETE FROM wake WHERE endpoint_id NOT IN (SELECT id FROM endpoint)")


def quiet(connection: Connection) -> list[tuple[bytes, bytes]]:
    """Those that the mailroom names and that are not being woken."""
    found = connection.execute(
        """SELECT id, sealed FROM endpoint WHERE named = 1 AND state = ?
           AND id NOT IN (SELECT endpoint_id FROM wake)""",
        (Standing.WORKING,),
    )
    return found.fetchall()


def ping_minute(endpoint_id: bytes, minute: int) -> int:
    """The minute of this week in which this endpoint is pinged: another each week, and each."""
    week = minute // (WEEK_HOURS * MINUTES)
    drawn = int.from_bytes(sha256(LABEL + endpoint_id + week.to_bytes(4)).digest()[:8])
    return week * WEEK_HOURS * MINUTES + drawn % (WEEK_HOURS * MINUTES)
