"""Mailboxes and envelopes: bodies between pocket and mailroom. spec/mailboxes.md."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from leanto.wire.reading import Reader
from leanto.wire.writing import Writer

ADDRESS_SIZE = 16
READ_KEY_SIZE = 32
ID_SIZE = 16
ENVELOPE_SIZE = 4096
FETCHED_AT_MOST = 16


def address_of(read_key: bytes) -> bytes:
    """The address that this read key opens. Who knows it may leave an envelope, no more."""
    return sha256(b"leanto/mailbox/1" + read_key).digest()[:ADDRESS_SIZE]


@dataclass(frozen=True, slots=True)
class Post:
    """`POST /envelopes`."""

    SIZE = 1 + ADDRESS_SIZE + ENVELOPE_SIZE

    address: bytes
    envelope: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(reader.take(ADDRESS_SIZE), reader.take(ENVELOPE_SIZE))

    def write(self) -> bytes:
        writer = Writer().version().exactly(self.address, ADDRESS_SIZE)
        return writer.exactly(self.envelope, ENVELOPE_SIZE).done()


@dataclass(frozen=True, slots=True)
class ReadKeyBody:
    """`POST /envelopes/fetch`, `POST /mailboxes/close` and `POST /requests/withdraw`."""

    SIZE = 1 + READ_KEY_SIZE

    read_key: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(reader.take(READ_KEY_SIZE))

    def write(self) -> bytes:
        return Writer().version().exactly(self.read_key, READ_KEY_SIZE).done()


@dataclass(frozen=True, slots=True)
class Kept:
    """An envelope as the mailroom keeps it, under the id it gave."""

    id: bytes
    envelope: bytes


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to a fetch, in no order that means anything."""

    today: int
    envelopes: tuple[Kept, ...]

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data)
        reader.version()
        fetched = cls(
            today=reader.u16(),
            envelopes=reader.many(
                lambda: Kept(reader.take(ID_SIZE), reader.take(ENVELOPE_SIZE)),
                count=reader.at_most(FETCHED_AT_MOST),
            ),
        )
        reader.end()
        return fetched

    def write(self) -> bytes:
        writer = Writer().version().u16(self.today)
        writer.at_most(len(self.envelopes), FETCHED_AT_MOST)
        for kept in self.envelopes:
            writer.exactly(kept.id, ID_SIZE).exactly(kept.envelope, ENVELOPE_SIZE)
        return writer.done()


@dataclass(frozen=True, slots=True)
class Forget:
    """`POST /envelopes/forget`."""

    read_key: bytes
    ids: tuple[bytes, ...]

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data)
        reader.version()
        forget = cls(reader.take(READ_KEY_SIZE), reader.chunks(ID_SIZE, count=reader.u8()))
        reader.end()
        return forget

    def write(self) -> bytes:
        writer = Writer().version().exactly(self.read_key, READ_KEY_SIZE)
        return writer.u8(len(self.ids)).chunks(self.ids, ID_SIZE).done()
