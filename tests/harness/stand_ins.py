"""Officers and peers without a pocket: they speak the routes and seal nothing but noise."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from leanto.wire.listening import (
    ForgetFrame,
    FromMailroom,
    Listen,
    Listening,
    read_from_mailroom,
)
from leanto.wire.mailboxes import (
    ENVELOPE_SIZE,
    Fetched,
    Forget,
    Kept,
    Post,
    ReadKeyBody,
    address_of,
)
from leanto.wire.requests import (
    SLOTS,
    Act,
    ActBody,
    Answer,
    Ask,
    Asked,
    Claim,
    KeyedBody,
    Slot,
    StateAnswer,
    Urgency,
    Wish,
)
from leanto.wire.rest import RestBody
from tests.harness import net
from tests.harness.mailroom import Mailroom


def envelope() -> bytes:
    """Nobody in the mailroom could tell it from a sealed one."""
    return os.urandom(ENVELOPE_SIZE)


def secret() -> bytes:
    return os.urandom(32)


class Line:
    """A listening line as a stand-in holds it."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    def listen(self, *read_keys: bytes) -> Listening:
        self._socket.send(Listen(read_keys).write())
        return self.next(Listening)

    def forget(self, address: bytes, *ids: bytes) -> None:
        self._socket.send(ForgetFrame(address, ids).write())

    def send(self, frame: bytes | str) -> None:
        self._socket.send(frame)

    def next[Frame: FromMailroom](self, kind: type[Frame], *, within_seconds: float = 5) -> Frame:
        """The next frame of this kind; those of other kinds on the way are let go."""
        while True:
            frame = read_from_mailroom(self._receive(within_seconds))
            if isinstance(frame, kind):
                return frame

    def quiet(self, kind: type[FromMailroom], *, for_seconds: float) -> bool:
        """True when no frame of this kind comes in all that time."""
        try:
            self.next(kind, within_seconds=for_seconds)
        except TimeoutError:
            return True
        return False

    def closed_with(self) -> int:
        """Waits for the mailroom to close the line, and gives the code."""
        try:
            while True:
                self._receive(15)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 0

    def _receive(self, within_seconds: float) -> bytes:
        frame = self._socket.recv(timeout=within_seconds)
        assert isinstance(frame, bytes)
        return frame


@contextmanager
def line_to(mailroom: Mailroom) -> Iterator[Line]:
    with net.websocket(mailroom.line_url, compression=None) as socket:
        yield Line(socket)


@dataclass
class Officer:
    """Somebody with a pass and a mailbox."""

    mailroom: Mailroom
    read_key: bytes = field(default_factory=secret)
    request_id: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def address(self) -> bytes:
        return address_of(self.read_key)

    def ask_body(self, *peers: "Peer", wish: Wish = Wish.FIRST_AVAILABLE) -> bytes:
        slots = [Slot(peer.address, envelope()) for peer in peers]
        slots += [Slot(os.urandom(16), envelope()) for _ in range(SLOTS - len(peers))]
        return Ask(
            request_id=self.request_id,
            reply_address=self.address,
            wish=wish,
            urgency=Urgency.NOW,
            slots=tuple(slots),
        ).write()

    def ask(self, *peers: "Peer", wish: Wish = Wish.FIRST_AVAILABLE) -> Asked:
        token = self.mailroom.program.token_header()
        answer = self.mailroom.post("/requests", self.ask_body(*peers, wish=wish), token)
        assert answer.status == 201, answer.body
        return Asked.read(answer.body)

    def withdraw(self, token: str) -> net.Answer:
        """Takes back what was asked with this pass, or never will be."""
        return self.mailroom.post("/requests/withdraw", ReadKeyBody(self.read_key).write(), token)

    def act(self, act: Act) -> net.Answer:
        body = ActBody(request_id=self.request_id, read_key=self.read_key, act=act)
        return self.mailroom.post("/requests/act", body.write())

    def state(self) -> int:
        body = KeyedBody(request_id=self.request_id, read_key=self.read_key)
        return StateAnswer.read(self.mailroom.post("/requests/state", body.write()).body).state

    def fetch(self) -> tuple[Kept, ...]:
        answer = self.mailroom.post("/envelopes/fetch", ReadKeyBody(self.read_key).write())
        assert answer.status == 200, answer.body
        return Fetched.read(answer.body).envelopes

    def forget(self, *ids: bytes) -> net.Answer:
        return self.mailroom.post("/envelopes/forget", Forget(self.read_key, ids).write())

    def close(self) -> net.Answer:
        """The mailbox, with everything in it."""
        return self.mailroom.post("/mailboxes/close", ReadKeyBody(self.read_key).write())


@dataclass
class Peer:
    """Somebody on duty."""

    mailroom: Mailroom
    read_key: bytes = field(default_factory=secret)
    talk_key: bytes = field(default_factory=secret)

    @property
    def address(self) -> bytes:
        return address_of(self.read_key)

    @property
    def talk_address(self) -> bytes:
        return address_of(self.talk_key)

    def claim(self, request_id: bytes) -> net.Answer:
        body = Claim(request_id=request_id, read_key=self.read_key, talk_address=self.talk_address)
        return self.mailroom.post("/requests/claim", body.write())

    def decline(self, request_id: bytes) -> net.Answer:
        body = KeyedBody(request_id=request_id, read_key=self.read_key)
        return self.mailroom.post("/requests/pass", body.write())

    def rest(self, *, until_hour: int = 0, keeps_place: bool = False) -> net.Answer:
        body = RestBody(
            read_key=self.read_key, rests_until_hour=until_hour, keeps_place=keeps_place
        )
        return self.mailroom.post("/duty/rest", body.write())

    def answer(self, request_id: bytes, words: bytes | None = None) -> net.Answer:
        body = Answer(request_id=request_id, read_key=self.read_key, envelope=words or envelope())
        return self.mailroom.post("/requests/answer", body.write())


def leave(mailroom: Mailroom, address: bytes, words: bytes | None = None) -> net.Answer:
    """Leaves an envelope, as anyone may who knows the address."""
    return mailroom.post("/envelopes", Post(address, words or envelope()).write())
