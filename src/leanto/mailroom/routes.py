"""Every door of the mailroom, who may knock, and how long a knock is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from leanto.doorway.answers import Outcome
from leanto.doorway.bodies import Question, Size, exactly
from leanto.mailroom import (
    answertimes,
    bulletin,
    claims,
    mailboxes,
    readiness,
    requests,
    resting,
    slots,
    wakedoors,
    withdrawing,
)
from leanto.mailroom.room import Room
from leanto.wire import head, public
from leanto.wire.mailboxes import ID_SIZE, Post, ReadKeyBody
from leanto.wire.requests import ActBody, Answer, Ask, Claim, KeyedBody, Seal
from leanto.wire.rest import RestBody
from leanto.wire.slots import SlotOpened, SlotWritten
from leanto.wire.wakes import DutyTest, DutyWakes

CHARTER_AT_MOST = 1024
SEALED_PARTS_AT_MOST = 8 * 1024 * 1024


class Access(Enum):
    """What a request must bring. Only `WITH_TOKEN` sees the Authorization header at all."""

    PUBLIC = "anyone"
    WITH_TOKEN = "a pass, spent here"  # noqa: S105 - says what to bring, brings none
    WITH_READ_KEY = "the read key of its mailbox, in the body"
    WITH_DUTY_KEY = "the read key of a duty mailbox that the newest bulletin lists, in the body"
    WITH_SIGNATURE = "a signature that hangs from the program key, in the body"


@dataclass(frozen=True, slots=True)
class Route:
    """`answer` gets a body of a lawful length. Nothing has a default, least of all access."""

    method: str
    access: Access
    size: Size
    answer: Callable[[Room, Question], Awaitable[Outcome]]


NO_BODY = exactly(0)
READ_KEY = exactly(ReadKeyBody.SIZE)
FORGET = Size(ReadKeyBody.SIZE + 1, ReadKeyBody.SIZE + 1 + 255 * ID_SIZE)
KEYED = exactly(KeyedBody.SIZE)
BULLETIN = Size(head.SIZE, head.SIZE + public.SIZE_AT_MOST + SEALED_PARTS_AT_MOST)

LISTEN = "/listen"
"""The one WebSocket, with_read_key: the keys come in its first frame."""

ROUTES = {
    # spec/watch.md
    "/livez": Route("GET", Access.PUBLIC, NO_BODY, readiness.live),
    "/readyz": Route("GET", Access.PUBLIC, NO_BODY, readiness.ready),
    # spec/bulletin.md
    "/bulletin/charter": Route("GET", Access.PUBLIC, NO_BODY, bulletin.charter),
    "/bulletin/lineage": Route("GET", Access.PUBLIC, NO_BODY, bulletin.lineage),
    "/bulletin/head": Route("GET", Access.PUBLIC, NO_BODY, bulletin.head),
    "/bulletin/public": Route("GET", Access.PUBLIC, NO_BODY, bulletin.public),
    "/bulletin/members": Route("GET", Access.PUBLIC, NO_BODY, bulletin.members),
    "/token-keys": Route("GET", Access.PUBLIC, NO_BODY, bulletin.token_keys),
    "/charter": Route("PUT", Access.WITH_SIGNATURE, Size(1, CHARTER_AT_MOST), bulletin.put_charter),
    "/bulletin": Route("PUT", Access.WITH_SIGNATURE, BULLETIN, bulletin.put_bulletin),
    # spec/mailboxes.md
    "/envelopes": Route("POST", Access.PUBLIC, exactly(Post.SIZE), mailboxes.leave),
    "/envelopes/fetch": Route("POST", Access.WITH_READ_KEY, READ_KEY, mailboxes.fetch),
    "/envelopes/forget": Route("POST", Access.WITH_READ_KEY, FORGET, mailboxes.forget),
    "/mailboxes/close": Route("POST", Access.WITH_READ_KEY, READ_KEY, mailboxes.close),
    # spec/drills.md
    "/answer-times": Route("GET", Access.PUBLIC, NO_BODY, answertimes.answer_times),
    # spec/requests.md
    "/requests": Route("POST", Access.WITH_TOKEN, exactly(Ask.SIZE), requests.ask),
    "/requests/withdraw": Route("POST", Access.WITH_TOKEN, READ_KEY, withdrawing.withdraw),
    "/requests/seal": Route("POST", Access.WITH_READ_KEY, exactly(Seal.SIZE), requests.seal),
    "/requests/act": Route("POST", Access.WITH_READ_KEY, exactly(ActBody.SIZE), requests.act),
    "/requests/state": Route("POST", Access.WITH_READ_KEY, KEYED, requests.state),
    "/requests/claim": Route("POST", Access.WITH_DUTY_KEY, exactly(Claim.SIZE), claims.claim),
    "/requests/pass": Route("POST", Access.WITH_DUTY_KEY, KEYED, claims.pass_on),
    "/requests/answer": Route("POST", Access.WITH_DUTY_KEY, exactly(Answer.SIZE), claims.answer),
    # spec/notifier.md
    "/duty/wakes": Route("POST", Access.WITH_DUTY_KEY, exactly(DutyWakes.SIZE), wakedoors.wakes),
    "/duty/test": Route("POST", Access.WITH_DUTY_KEY, exactly(DutyTest.SIZE), wakedoors.test),
    # spec/requests.md
    "/duty/rest": Route("POST", Access.WITH_DUTY_KEY, exactly(RestBody.SIZE), resting.rest),
    # spec/slots.md
    "/slots": Route("POST", Access.WITH_TOKEN, exactly(SlotOpened.SIZE), slots.open_slot),
    "/slots/fetch": Route("POST", Access.WITH_READ_KEY, READ_KEY, slots.fetch),
    "/slots/write": Route("POST", Access.WITH_READ_KEY, exactly(SlotWritten.SIZE), slots.write),
    "/slots/forget": Route("POST", Access.WITH_READ_KEY, READ_KEY, slots.forget),
}

AT_FIRST_SIGHT: dict[str, Callable[[Room, bytes], None]] = {"/bulletin": bulletin.look_at_head}
"""Where a body is long, what it begins with must be right before the rest is taken in."""
