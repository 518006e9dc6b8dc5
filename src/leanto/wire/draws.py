"""Drawing passes at the desk: always ten, for everyone. spec/tokens.md."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from leanto.wire.cards import CODE_SIZE
from leanto.wire.errors import WrongLayout
from leanto.wire.reading import Reader
from leanto.wire.tokens import MODULUS_SIZE
from leanto.wire.writing import Writer

BATCH = 10


@dataclass(frozen=True, slots=True)
class Draw:
    """`POST /issuance/draw`."""

    SIZE = 1 + CODE_SIZE + 2 + BATCH * MODULUS_SIZE

    code: bytes
    epoch: int
    blinded: tuple[bytes, ...]

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(reader.take(CODE_SIZE), reader.u16(), reader.chunks(MODULUS_SIZE, count=BATCH))

    def write(self) -> bytes:
        writer = Writer().version().exactly(self.code, CODE_SIZE).u16(self.epoch)
        return writer.rest(_batch(self.blinded)).done()

    def batch_hash(self) -> bytes:
        """By this the desk knows the same ten again; it says nothing about the tokens."""
        return sha256(_batch(self.blinded)).digest()


@dataclass(frozen=True, slots=True)
class Drawn:
    """The answer: ten blind signatures and the epoch's members' key."""

    SIZE = 1 + 2 + 32 + BATCH * MODULUS_SIZE

    epoch: int
    members_key: bytes
    signed: tuple[bytes, ...]

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(reader.u16(), reader.take(32), reader.chunks(MODULUS_SIZE, count=BATCH))

    def write(self) -> bytes:
        writer = Writer().version().u16(self.epoch).exactly(self.members_key, 32)
        return writer.rest(_batch(self.signed)).done()


@dataclass(frozen=True, slots=True)
class TokenKeys:
    """`GET /token-keys` of the mailroom: epoch and token key id of each key it accepts."""

    keys: tuple[tuple[int, bytes], ...]

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data)
        reader.version()
        found = cls(reader.many(lambda: (reader.u16(), reader.take(32)), count=reader.u8()))
        reader.end()
        return found

    def write(self) -> bytes:
        writer = Writer().version().u8(len(self.keys))
        for epoch, key_id in self.keys:
            writer.u16(epoch).exactly(key_id, 32)
        return writer.done()


def _batch(messages: tuple[bytes, ...]) -> bytes:
    if len(messages) != BATCH:
        raise WrongLayout("a batch is exactly ten")
    return Writer().chunks(messages, MODULUS_SIZE).done()
