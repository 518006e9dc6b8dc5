"""The head of a bulletin: small, signed, naming the hashes of all else. spec/bulletin.md."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from leanto.wire.errors import WrongSecret
from leanto.wire.reading import Reader
from leanto.wire.signed import NOT_SIGNED, SIGNATURE_SIZE
from leanto.wire.writing import Writer

LABEL = b"leanto/bulletin/1"
SIZE = 295
BEFORE_THE_FIRST = bytes(32)
"""`previous` of the head with serial 1."""


@dataclass(frozen=True, slots=True)
class Part:
    """Hash and length of a part as served."""

    hash: bytes
    length: int

    @classmethod
    def of(cls, data: bytes) -> Self:
        return cls(sha256(data).digest(), len(data))

    def refuse_unless(self, data: bytes) -> None:
        """Raises WrongSecret when these are not the bytes the head speaks of."""
        if Part.of(data) != self:
            raise WrongSecret("a part is not the one its head names")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    program_id: bytes
    serial: int
    previous: bytes
    day: int
    last_day: int
    epoch: int
    members_key_hash: bytes
    public: Part
    members: Part
    duty: Part
    bulletin_key: bytes
    signature: bytes = NOT_SIGNED

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=SIZE)
        reader.version()
        head = cls(
            program_id=reader.take(16),
            serial=reader.u32(),
            previous=reader.take(32),
            day=reader.u16(),
            last_day=reader.u16(),
            epoch=reader.u16(),
            members_key_hash=reader.take(32),
            public=_read_part(reader),
            members=_read_part(reader),
            duty=_read_part(reader),
            bulletin_key=reader.take(32),
            signature=reader.take(SIGNATURE_SIZE),
        )
        reader.end()
        return head

    def write(self) -> bytes:
        return Writer().rest(self.unsigned()).exactly(self.signature, SIGNATURE_SIZE).done()

    def unsigned(self) -> bytes:
        """Everything before the signature."""
        writer = Writer().version().exactly(self.program_id, 16).u32(self.serial)
        writer.exactly(self.previous, 32).u16(self.day).u16(self.last_day).u16(self.epoch)
        writer.exactly(self.members_key_hash, 32)
        for part in (self.public, self.members, self.duty):
            writer.exactly(part.hash, 32).u32(part.length)
        return writer.exactly(self.bulletin_key, 32).done()

    def signed_part(self) -> bytes:
        """What the bulletin key signs."""
        return LABEL + self.unsigned()

    def hash(self) -> bytes:
        """`head_hash`: the next head's `previous`, and what letters carry the start of."""
        return sha256(self.write()).digest()


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What the desk puts to the mailroom: a head and its three parts, each as hashed."""

    head: Head
    public: bytes
    members: bytes
    duty: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        head = Head.read(data[:SIZE])
        reader = Reader(data[SIZE:])
        parts = [reader.take(part.length) for part in (head.public, head.members, head.duty)]
        reader.end()
        bulletin = cls(head, *parts)
        head.public.refuse_unless(bulletin.public)
        head.members.refuse_unless(bulletin.members)
        head.duty.refuse_unless(bulletin.duty)
        return bulletin

    def write(self) -> bytes:
        return self.head.write() + self.public + self.members + self.duty


def _read_part(reader: Reader) -> Part:
    return Part(reader.take(32), reader.u32())
