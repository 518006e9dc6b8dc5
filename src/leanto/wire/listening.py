"""The listening line: frames between pocket and mailroom. spec/mailboxes.md.

A frame starts with its kind; only `listen` carries a version, and it comes first.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol, Self

from leanto.wire.drills import Drill, Drilled
from leanto.wire.errors import WrongLayout
from leanto.wire.mailboxes import ADDRESS_SIZE, ENVELOPE_SIZE, ID_SIZE, READ_KEY_SIZE
from leanto.wire.reading import Reader
from leanto.wire.requests import REQUEST_ID_SIZE, RequestState, Urgency
from leanto.wire.writing import Writer

KEYS_AT_MOST = 32


class Found(IntEnum):
    """What stands at an address."""

    UNKNOWN = 0
    MAILBOX = 1
    DUTY_MAILBOX = 2


class HushReason(IntEnum):
    ANSWERED = 1
    ENDED = 2
    NO_LONGER_LISTED = 3


@dataclass(frozen=True, slots=True)
class Listen:
    """The first frame of a pocket; may come again to add mailboxes."""

    KIND = 1

    read_keys: tuple[bytes, ...]

    @classmethod
    def read(cls, reader: Reader) -> Self:
        reader.version()
        return cls(reader.chunks(READ_KEY_SIZE, count=reader.at_most(KEYS_AT_MOST)))

    def write(self) -> bytes:
        writer = Writer().u8(self.KIND).version().at_most(len(self.read_keys), KEYS_AT_MOST)
        return writer.chunks(self.read_keys, READ_KEY_SIZE).done()


@dataclass(frozen=True, slots=True)
class ForgetFrame:
    KIND = 2

    address: bytes
    ids: tuple[bytes, ...]

    @classmethod
    def read(cls, reader: Reader) -> Self:
        return cls(reader.take(ADDRESS_SIZE), reader.chunks(ID_SIZE, count=reader.u8()))

    def write(self) -> bytes:
        return _address_and_ids(self.KIND, self.address, self.ids)


@dataclass(frozen=True, slots=True)
class Leave:
    KIND = 3

    address: bytes

    @classmethod
    def read(cls, reader: Reader) -> Self:
        return cls(reader.take(ADDRESS_SIZE))

    def write(self) -> bytes:
        return Writer().u8(self.KIND).exactly(self.address, ADDRESS_SIZE).done()


@dataclass(frozen=True, slots=True)
class Heard:
    """The ring is on a screen that somebody looks at."""

    KIND = 4

    duty_address: bytes
    request_id: bytes

    @classmethod
    def read(cls, reader: Reader) -> Self:
        return cls(reader.take(ADDRESS_SIZE), reader.take(REQUEST_ID_SIZE))

    def write(self) -> bytes:
        writer = Writer().u8(self.KIND).exactly(self.duty_address, ADDRESS_SIZE)
        return writer.exactly(self.request_id, REQUEST_ID_SIZE).done()


@dataclass(frozen=True, slots=True)
class Listening:
    KIND = 1

    today: int
    found: tuple[tuple[bytes, Found], ...]

    @classmethod
    def read(cls, reader: Reader) -> Self:
        return cls(
            reader.u16(),
            reader.many(
                lambda: (reader.take(ADDRESS_SIZE), reader.one_of(Found)), count=reader.u8()
            ),
        )

    def write(self) -> bytes:
        writer = Writer().u8(self.KIND).u16(self.today).u8(len(self.found))
        for address, what in self.found:
            writer.exactly(address, ADDRESS_SIZE).u8(what)
        return writer.done()


@dataclass(frozen=True, slots=True)
class EnvelopeFrame:
    KIND = 2

    address: bytes
    id: bytes
    today: int
    envelope: bytes

    @classmethod
    def read(cls, reader: Reader) -> Self:
        return cls(
            reader.take(ADDRESS_SIZE),
            reader.take(ID_SIZE),
            reader.u16(),
            reader.take(ENVELOPE_SIZE),
        )

    def write(self) -> bytes:
        writer = Writer().u8(self.KIND).exactly(self.address, ADDRESS_SIZE)
        writer.exactly(self.id, ID_SIZE).u16(self.today)
        return writer.exactly(self.envelope, ENVELOPE_SIZE).done()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Sent after it is durable."""

    KIND = 3

    address: bytes
    ids: tuple[bytes, ...]

    @classmethod
    def read(cls, reader: Reader) -> Self:
        return cls(reader.take(ADDRESS_SIZE), reader.chunks(ID_SIZE, count=reader.u8()))

    def write(self) -> bytes:
        return _address_and_ids(self.KIND, self.address, self.ids)


@dataclass(frozen=True, slots=True)
class Ring:
    KIND = 4

    duty_address: bytes
    request_id: bytes
    urgency: Urgency

    @classmethod
    def read(cls, reader: Reader) -> Self:
        return cls(reader.take(ADDRESS_SIZE), reader.take(REQUEST_ID_SIZE), reader.one_of(Urgency))

    def write(self) -> bytes:
        writer = Writer().u8(self.KIND).exactly(self.duty_address, ADDRESS_SIZE)
        return writer.exactly(self.request_id, REQUEST_ID_SIZE).u8(self.urgency).done()


@dataclass(frozen=True, slots=True)
class Hush:
    KIND = 5

    duty_address: bytes
    request_id: bytes
    reason: HushReason

    @classmethod
    def read(cls, reader: Reader) -> Self:
        return cls(
            reader.take(ADDRESS_SIZE), reader.take(REQUEST_ID_SIZE), reader.one_of(HushReason)
        )

    def write(self) -> bytes:
        writer = Writer().u8(self.KIND).exactly(self.duty_address, ADDRESS_SIZE)
        return writer.exactly(self.request_id, REQUEST_ID_SIZE).u8(self.reason).done()


@dataclass(frozen=True, slots=True)
class RequestFrame:
    """How the officer's own request stands."""

    KIND = 6

    reply_address: bytes
    state: RequestState

    @classmethod
    def read(cls, reader: Reader) -> Self:
        return cls(reader.take(ADDRESS_SIZE), reader.one_of(RequestState))

    def write(self) -> bytes:
        writer = Writer().u8(self.KIND).exactly(self.reply_address, ADDRESS_SIZE)
        return writer.u8(self.state).done()


type FromPocket = Listen | ForgetFrame | Leave | Heard | Drilled
type FromMailroom = Listening | EnvelopeFrame | Forgotten | Ring | Hush | RequestFrame | Drill


def read_from_pocket(frame: bytes) -> FromPocket:
    """A pocket's frame, or WrongLayout: then the line is closed with 1008."""
    return _read(frame, _FROM_POCKET)


def read_from_mailroom(frame: bytes) -> FromMailroom:
    """A mailroom's frame, or WrongLayout."""
    return _read(frame, _FROM_MAILROOM)


class _Readable[Frame](Protocol):
    def read(self, reader: Reader) -> Frame: ...


_FROM_POCKET: dict[int, _Readable[FromPocket]] = {
    one.KIND: one for one in (Listen, ForgetFrame, Leave, Heard, Drilled)
}
_FROM_MAILROOM: dict[int, _Readable[FromMailroom]] = {
    one.KIND: one for one in (Listening, EnvelopeFrame, Forgotten, Ring, Hush, RequestFrame, Drill)
}


def _read[Frame](frame: bytes, kinds: dict[int, _Readable[Frame]]) -> Frame:
    reader = Reader(frame)
    kind = kinds.get(reader.u8())
    if kind is None:
        raise WrongLayout("a frame of unknown kind")
    found = kind.read(reader)
    reader.end()
    return found


def _address_and_ids(kind: int, address: bytes, ids: tuple[bytes, ...]) -> bytes:
    writer = Writer().u8(kind).exactly(address, ADDRESS_SIZE)
    return writer.u8(len(ids)).chunks(ids, ID_SIZE).done()
