"""A peer says that they rest, or that hard nights do not move them. spec/requests.md."""

from leanto.doorway.answers import NO_CONTENT, Outcome
from leanto.doorway.bodies import Question
from leanto.mailroom.gauge import set_rest
from leanto.mailroom.requests import RequestUnknown
from leanto.mailroom.ringing import due_for
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection
from leanto.wire.mailboxes import address_of
from leanto.wire.rest import RestBody


async def rest(room: Room, question: Question) -> Outcome:
    """Kept under the peer's random number, so that it holds when their mailbox turns on Monday."""
    body = RestBody.read(question.body)
    person = room.board.duty().get(address_of(body.read_key))
    if person is None:
        raise RequestUnknown
    now = room.now_seconds()

    def change(connection: Connection) -> None:
        set_rest(connection, person.person, body.rests_until_hour, body.keeps_place)
        # Whoever rings them now rings others instead, and whoever comes back is rung.
        due_for(connection, person.duty_addresses, now)

    await room.store.write(change)
    room.due_now()
    return NO_CONTENT
