"""Taking back a request that may still be under way. spec/requests.md."""

from contextlib import suppress

from leanto.doorway.answers import NO_CONTENT, Outcome
from leanto.doorway.bodies import Question
from leanto.mailroom.frames import Frames, push_all
from leanto.mailroom.mailboxes import close_mailbox
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection
from leanto.mailroom.tokens import TokenSpent, spend, verify
from leanto.wire.mailboxes import ReadKeyBody, address_of
from leanto.wire.tokens import body_digest

# The same mark as for all that a pass pays for: one of its own would tell whoever takes the
# database how often somebody asked and took it back.
MARKED_STATUS = 201


async def withdraw(room: Room, question: Question) -> Outcome:
    """Ends the request if it is here; if it comes later, its pass has paid for this instead.

    A cancel alone could be overtaken by the asking it ends: then phones would ring for nobody.
    """
    paid = verify(room, question.authorization)
    address = address_of(ReadKeyBody.read(question.body).read_key)
    moment = room.moment()
    digest = body_digest(method=question.method, path=question.path, body=question.body)

    def change(connection: Connection) -> Frames:
        with suppress(TokenSpent):  # the request came first, and goes now
            spend(connection, paid, digest, MARKED_STATUS)
        return close_mailbox(connection, moment, address)

    push_all(room, await room.store.write(change))
    return NO_CONTENT
