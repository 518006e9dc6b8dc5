"""Endpoints: made, asked after, said to be alive, forgotten. spec/notifier.md."""

from leanto.doorway.answers import NO_CONTENT, Outcome
from leanto.doorway.bodies import Question
from leanto.doorway.refusing import Refused
from leanto.notifier.allowed import kinds, refuse_unless_allowed
from leanto.notifier.room import Room
from leanto.notifier.store import Connection, StoreFull
from leanto.wire.endpoints import Endpoint, EndpointNamed, EndpointState, Standing, Ways

AT_MOST = 4096
NOT_NAMED_AT_MOST = 1024
UNTIL_NAMED_HOURS = 2  # whole hours: one at least


class EndpointExists(Refused):
    problem = "endpoint-exists"


class EndpointUnknown(Refused):
    """Never made, forgotten, or gone: nobody learns which from this."""

    problem = "endpoint-unknown"


async def channels(room: Room, _question: Question) -> Outcome:
    """Which ways of waking this program allows, and what a browser needs to subscribe."""
    ways = Ways(room.server_key, kinds(room.config), room.config.channels.ntfy)
    return Outcome(200, ways.write())


async def make(room: Room, question: Question) -> Outcome:
    """Sealed and on disk, or refused."""
    endpoint = Endpoint.read(question.body)
    refuse_unless_allowed(endpoint, room.config)
    goes_hour = room.hour() + UNTIL_NAMED_HOURS

    def insert(connection: Connection) -> None:
        held = connection.execute("SELECT sealed FROM endpoint WHERE id = ?", (endpoint.id,))
        for (sealed,) in held.fetchall():
            if not sealed or room.endpoint_key.open(endpoint.id, sealed) != question.body:
                raise EndpointExists
            return
        _refuse_crowd(connection)
        sealed = room.endpoint_key.seal(endpoint.id, question.body)
        row = (endpoint.id, Standing.WORKING, goes_hour, sealed)
        connection.execute("INSERT INTO endpoint VALUES (?, ?, 0, ?, 0, 0, ?)", row)

    await room.store.do(insert)
    return NO_CONTENT


async def forget(room: Room, question: Question) -> Outcome:
    named = EndpointNamed.read(question.body)

    def delete(connection: Connection) -> None:
        connection.execute("DELETE FROM endpoint WHERE id = ?", (named.id,))
        connection.execute("DELETE FROM wake WHERE endpoint_id = ?", (named.id,))

    await room.store.do(delete)
    return NO_CONTENT


async def state(room: Room, question: Question) -> Outcome:
    named = EndpointNamed.read(question.body)

    def look(connection: Connection) -> EndpointState:
        asked = "SELECT state, delivered_day, alive_day FROM endpoint WHERE id = ?"
        row = connection.execute(asked, (named.id,)).fetchone()
        if row is None:
            raise EndpointUnknown
        return EndpointState(Standing(row[0]), row[1], row[2])

    return Outcome(200, (await room.store.do(look)).write())


async def alive(room: Room, question: Question) -> Outcome:
    """The phone itself was reached, and says so."""
    named, today = EndpointNamed.read(question.body), room.today()

    def note(connection: Connection) -> None:
        asked = "UPDATE endpoint SET alive_day = ? WHERE id = ? AND state = ?"
        if connection.execute(asked, (today, named.id, Standing.WORKING)).rowcount == 0:
            raise EndpointUnknown

    await room.store.do(note)
    return NO_CONTENT


def _refuse_crowd(connection: Connection) -> None:
    held, named = connection.execute("SELECT count(*), total(named) FROM endpoint").fetchone()
    if held >= AT_MOST or held - named >= NOT_NAMED_AT_MOST:
        raise StoreFull
