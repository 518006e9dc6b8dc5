"""What the mailroom says: wake this one, and this one is still named. spec/notifier.md."""

import asyncio
from contextlib import suppress

from leanto.doorway.answers import NO_CONTENT, Outcome
from leanto.doorway.bodies import Question
from leanto.notifier.endpoints import EndpointUnknown
from leanto.notifier.room import Room
from leanto.notifier.store import Connection
from leanto.notifier.ways.reached import Reached
from leanto.wire.endpoints import EndpointNamed, Standing

YOUNG_SECONDS = 15 * 60
FIRST_TRY_WITHIN_SECONDS = 2
UNTIL_FORGOTTEN_HOURS = 35 * 24
WEEK_HOURS = 7 * 24


async def wake(room: Room, question: Question) -> Outcome:
    """On disk, and under way: 404 only where it is known by then that nobody is reached so."""
    named, now, hour = EndpointNamed.read(question.body), room.now_seconds(), room.hour()

    def note(connection: Connection) -> None:
        _keep(connection, named.id, hour)
        connection.execute(
            "INSERT OR REPLACE INTO wake VALUES (?, 0, ?, ?)",
            (named.id, now, now + YOUNG_SECONDS),
        )

    await room.store.do(note)
    trying = room.deliverer.try_now(named.id)
    with suppress(TimeoutError):
        async with asyncio.timeout(FIRST_TRY_WITHIN_SECONDS):
            if await asyncio.shield(trying) is Reached.GONE:
                raise EndpointUnknown
    return NO_CONTENT


async def keep(room: Room, question: Question) -> Outcome:
    named, hour = EndpointNamed.read(question.body), room.hour()
    await room.store.do(lambda connection: _keep(connection, named.id, hour))
    return NO_CONTENT


def _keep(connection: Connection, endpoint_id: bytes, hour: int) -> None:
    """Rounded up to a week, so that it says little about when it was named."""
    goes_hour = -(-(hour + UNTIL_FORGOTTEN_HOURS) // WEEK_HOURS) * WEEK_HOURS
    kept = connection.execute(
        "UPDATE endpoint SET named = 1, goes_hour = ? WHERE id = ? AND state = ?",
        (goes_hour, endpoint_id, Standing.WORKING),
    )
    if kept.rowcount == 0:
        raise EndpointUnknown
