"""What a server was told about somebody, request by request: all of it must later be gone."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from leanto.wire.draws import Draw
from leanto.wire.mailboxes import Forget, Post, ReadKeyBody
from leanto.wire.requests import ActBody, Answer, Ask, Claim, KeyedBody, Seal, Slot
from leanto.wire.slots import SlotOpened, SlotWritten
from tests.harness.street import Sent

# Enough to know a sealed body again, and surely in one piece on a database's page.
BEGINNING_BYTES = 32
type Told = Iterator[tuple[str, bytes]]


def told(requests: Iterable[Sent]) -> dict[str, bytes]:
    """Every secret, number, address, token and sealed body in these requests, each with a name."""
    found: dict[str, bytes] = {}
    for number, one in enumerate(requests):
        read = READERS.get(one.path)
        parts = list(read(one.body)) if read and one.method == "POST" else []
        token = one.token()
        if token is not None:
            parts += [("token", token), ("nonce of a token", token[2:34])]
        found |= {f"{name} of {one.path} ({number})": value for name, value in parts}
    return found


def token_digests(requests: Iterable[Sent]) -> set[bytes]:
    """What may be left of a token."""
    tokens = (one.token() for one in requests)
    return {sha256(token).digest() for token in tokens if token is not None}


def _ask(body: bytes) -> Told:
    asked = Ask.read(body)
    yield "request id", asked.request_id
    yield "reply address", asked.reply_address
    yield from _slots(asked.slots)


def _seal(body: bytes) -> Told:
    sealed = Seal.read(body)
    yield "request id", sealed.request_id
    yield "read key", sealed.read_key
    yield from _slots(sealed.slots)


def _slots(slots: tuple[Slot, ...]) -> Told:
    for at, slot in enumerate(slots):
        yield f"sealed request {at}", slot.sealed[:BEGINNING_BYTES]


def _post(body: bytes) -> Told:
    post = Post.read(body)
    yield "mailbox address", post.address
    yield "envelope", post.envelope[:BEGINNING_BYTES]


def _answer(body: bytes) -> Told:
    yield "envelope", Answer.read(body).envelope[:BEGINNING_BYTES]


def _claim(body: bytes) -> Told:
    claim = Claim.read(body)
    yield "talk address", claim.talk_address
    yield "read key", claim.read_key


def _draw(body: bytes) -> Told:
    draw = Draw.read(body)
    yield "card code", draw.code
    for at, blinded in enumerate(draw.blinded):
        yield f"blinded message {at}", blinded[:BEGINNING_BYTES]


def _forget(body: bytes) -> Told:
    forget = Forget.read(body)
    yield "read key", forget.read_key
    yield from ((f"envelope id {at}", one) for at, one in enumerate(forget.ids))


READERS: dict[str, Callable[[bytes], Told]] = {
    "/requests": _ask,
    "/requests/withdraw": lambda body: iter([("read key", ReadKeyBody.read(body).read_key)]),
    "/requests/seal": _seal,
    "/requests/act": lambda body: iter([("read key", ActBody.read(body).read_key)]),
    "/requests/state": lambda body: iter([("read key", KeyedBody.read(body).read_key)]),
    "/requests/claim": _claim,
    "/requests/answer": _answer,
    "/envelopes": _post,
    "/envelopes/fetch": lambda body: iter([("read key", ReadKeyBody.read(body).read_key)]),
    "/envelopes/forget": _forget,
    "/mailboxes/close": lambda body: iter([("read key", ReadKeyBody.read(body).read_key)]),
    "/slots": lambda body: iter([("read key", SlotOpened.read(body).read_key)]),
    "/slots/write": lambda body: iter([("read key", SlotWritten.read(body).read_key)]),
    "/slots/fetch": lambda body: iter([("read key", ReadKeyBody.read(body).read_key)]),
    "/issuance/draw": _draw,
}
