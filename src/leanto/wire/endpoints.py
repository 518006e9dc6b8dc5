"""Endpoints: bodies between pocket, notifier and mailroom. spec/notifier.md."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from leanto.wire.errors import WrongLayout
from leanto.wire.reading import Reader
from leanto.wire.writing import Writer

ENDPOINT_ID_SIZE = 16
PUBLIC_KEY_SIZE = 65
AUTH_SIZE = 16
PUSH_SIZE = 64


class Kind(IntEnum):
    """By which way an endpoint is reached."""

    PUSH = 1
    EMAIL = 2
    NTFY = 3
    SMS = 4
    PHONE = 5


class Standing(IntEnum):
    WORKING = 1
    GONE = 2


class What(IntEnum):
    """What a push is for. Only who can open it can tell."""

    WAKE = 1
    PING = 2


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`POST /endpoints`. `public_key` (P-256, uncompressed) and `auth` belong to web push alone."""

    SIZE = 2048

    id: bytes
    kind: Kind
    address: str
    public_key: bytes = b""
    auth: bytes = b""

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        made = cls(reader.take(ENDPOINT_ID_SIZE), reader.one_of(Kind), reader.text16())
        if made.kind is Kind.PUSH:
            keys = (reader.take(PUBLIC_KEY_SIZE), reader.take(AUTH_SIZE))
            made = cls(made.id, made.kind, made.address, *keys)
        reader.zeros(reader.left)
        if not made.address:
            raise WrongLayout("an endpoint without an address")
        return made

    def write(self) -> bytes:
        writer = Writer().version().exactly(self.id, ENDPOINT_ID_SIZE).u8(self.kind)
        writer.text16(self.address)
        if self.kind is Kind.PUSH:
            writer.exactly(self.public_key, PUBLIC_KEY_SIZE).exactly(self.auth, AUTH_SIZE)
        return writer.zeros_up_to(self.SIZE).done()


@dataclass(frozen=True, slots=True)
class EndpointNamed:
    """A body that names one endpoint and says no more: forget, state, alive, wake, keep."""

    SIZE = 1 + ENDPOINT_ID_SIZE

    id: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(reader.take(ENDPOINT_ID_SIZE))

    def write(self) -> bytes:
        return Writer().version().exactly(self.id, ENDPOINT_ID_SIZE).done()


@dataclass(frozen=True, slots=True)
class EndpointState:
    """The answer to `POST /endpoints/state`; a day is 0 where it never came."""

    standing: Standing
    delivered_day: int
    alive_day: int

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=6)
        reader.version()
        return cls(reader.one_of(Standing), reader.u16(), reader.u16())

    def write(self) -> bytes:
        writer = Writer().version().u8(self.standing)
        return writer.u16(self.delivered_day).u16(self.alive_day).done()


@dataclass(frozen=True, slots=True)
class Ways:
    """The answer to `GET /channels`: which ways of waking this program allows."""

    application_server_key: bytes
    kinds: tuple[Kind, ...]
    ntfy_origins: tuple[str, ...]

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data)
        reader.version()
        ways = cls(
            reader.take(PUBLIC_KEY_SIZE),
            reader.many(lambda: reader.one_of(Kind), count=reader.u8()),
            reader.many(reader.text8, count=reader.u8()),
        )
        reader.end()
        return ways

    def write(self) -> bytes:
        writer = Writer().version().exactly(self.application_server_key, PUBLIC_KEY_SIZE)
        writer.u8(len(self.kinds))
        for kind in self.kinds:
            writer.u8(kind)
        writer.u8(len(self.ntfy_origins))
        for origin in self.ntfy_origins:
            writer.text8(origin)
        return writer.done()


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push carries, always of one size, for the phone alone."""

    what: What
    endpoint_id: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=PUSH_SIZE)
        reader.version()
        pushed = cls(reader.one_of(What), reader.take(ENDPOINT_ID_SIZE))
        reader.zeros(reader.left)
        return pushed

    def write(self) -> bytes:
        writer = Writer().version().u8(self.what).exactly(self.endpoint_id, ENDPOINT_ID_SIZE)
        return writer.zeros_up_to(PUSH_SIZE).done()
