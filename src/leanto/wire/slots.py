"""Slots: bodies between pocket and mailroom; `backup` says what lies sealed in one."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from leanto.wire.mailboxes import ADDRESS_SIZE, READ_KEY_SIZE
from leanto.wire.reading import Reader
from leanto.wire.writing import Writer

SLOT_SIZE = 16_384
HASH_SIZE = 32
RECEIPT_SIZE = 64


def slot_address_of(read_key: bytes) -> bytes:
    """The address under which the mailroom keeps the slot that this read key opens."""
    return sha256(b"leanto/slot/1" + read_key).digest()[:ADDRESS_SIZE]


@dataclass(frozen=True, slots=True)
class SlotOpened:
    """`POST /slots`: a pass pays for it."""

    SIZE = 1 + READ_KEY_SIZE + SLOT_SIZE

    read_key: bytes
    body: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(reader.take(READ_KEY_SIZE), reader.take(SLOT_SIZE))

    def write(self) -> bytes:
        writer = Writer().version().exactly(self.read_key, READ_KEY_SIZE)
        return writer.exactly(self.body, SLOT_SIZE).done()


@dataclass(frozen=True, slots=True)
class SlotReceipt:
    """The answer to `POST /slots`."""

    receipt: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=1 + RECEIPT_SIZE)
        reader.version()
        return cls(reader.take(RECEIPT_SIZE))

    def write(self) -> bytes:
        return Writer().version().exactly(self.receipt, RECEIPT_SIZE).done()


@dataclass(frozen=True, slots=True)
class SlotFetched:
    """The answer to `POST /slots/fetch`."""

    body: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=1 + SLOT_SIZE)
        reader.version()
        return cls(reader.take(SLOT_SIZE))

    def write(self) -> bytes:
        return Writer().version().exactly(self.body, SLOT_SIZE).done()


@dataclass(frozen=True, slots=True)
class SlotWritten:
    """`POST /slots/write`. `replaced`: SHA-256 of the body that this one takes the place of."""

    SIZE = 1 + READ_KEY_SIZE + HASH_SIZE + SLOT_SIZE

    read_key: bytes
    replaced: bytes
    body: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(reader.take(READ_KEY_SIZE), reader.take(HASH_SIZE), reader.take(SLOT_SIZE))

    def write(self) -> bytes:
        writer = Writer().version().exactly(self.read_key, READ_KEY_SIZE)
        return writer.exactly(self.replaced, HASH_SIZE).exactly(self.body, SLOT_SIZE).done()
