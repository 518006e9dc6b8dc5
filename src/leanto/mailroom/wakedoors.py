"""A peer says by what they are woken, and tries it. spec/notifier.md."""

from leanto.doorway.answers import NO_CONTENT, Outcome
from leanto.doorway.bodies import Question
from leanto.doorway.calling import NotReached
from leanto.doorway.refusing import Refused
from leanto.mailroom.drilling import set_consent
from leanto.mailroom.requests import RequestUnknown
from leanto.mailroom.ringing import due_for
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection, TooBusy
from leanto.mailroom.waking import endpoints_of, set_endpoints
from leanto.wire.duty import DutyPerson
from leanto.wire.mailboxes import address_of
from leanto.wire.wakes import DutyTest, DutyWakes

TESTED_AGAIN_AFTER_SECONDS = 20


class EndpointUnknown(Refused):
    """Nothing stands at this place, or the notifier knows it no more."""

    problem = "endpoint-unknown"


async def wakes(room: Room, question: Question) -> Outcome:
    """Kept under the peer's random number, so that it holds when their mailbox turns on Monday."""
    body = DutyWakes.read(question.body)
    person = _peer(room, body.read_key)
    now = room.now_seconds()

    def change(connection: Connection) -> None:
        set_endpoints(connection, person.person, body.endpoint_ids)
        set_consent(connection, person=person.person, drills=body.drills)
        # Whoever could not be reached until now may be rung, and the other way round.
        due_for(connection, person.duty_addresses, now)

    await room.store.write(change)
    if room.waker is not None:
        room.waker.keep_soon(person.duty_addresses, body.endpoint_ids)
    room.due_now()
    return NO_CONTENT


async def test(room: Room, question: Question) -> Outcome:
    """Wakes one endpoint now, as a ring does. Not more often than somebody can look."""
    body = DutyTest.read(question.body)
    person = _peer(room, body.read_key).person
    ids = await room.store.read(lambda connection: endpoints_of(connection, person))
    if body.place >= len(ids):
        raise EndpointUnknown
    now, last = room.now_seconds(), room.tested.get(person, 0)
    if room.waker is None or last <= now < last + TESTED_AGAIN_AFTER_SECONDS:
        raise TooBusy
    room.tested[person] = now
    try:
        if await room.waker.notifier.wake(ids[body.place]):
            return NO_CONTENT
    except NotReached:
        raise TooBusy from None
    raise EndpointUnknown


def _peer(room: Room, read_key: bytes) -> DutyPerson:
    person = room.board.duty().get(address_of(read_key))
    if person is None:
        raise RequestUnknown
    return person
