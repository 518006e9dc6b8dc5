"""The charter: what the off-line program key says about its program. spec/bulletin.md."""

from dataclasses import dataclass
from hashlib import sha256
from re import fullmatch
from typing import Self

from leanto.wire.errors import WrongLayout
from leanto.wire.reading import Reader
from leanto.wire.signed import NOT_SIGNED, SIGNATURE_SIZE
from leanto.wire.writing import Writer

LABEL = b"leanto/charter/1"
BULLETIN_KEY_DAYS = 90
_ORIGIN = r"https?://(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:[1-9][0-9]{0,4})?"


def fingerprint(program_key: bytes) -> bytes:
    """The 16 bytes that a card pins. Of the program's first key it is also the program id."""
    return sha256(b"leanto/program/1" + program_key).digest()[:16]


@dataclass(frozen=True, slots=True)
class BulletinKey:
    """An on-line key that may sign heads until and with `last_day`."""

    key: bytes
    last_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter:
    program_id: bytes
    serial: int
    day: int
    program_key: bytes
    bulletin_keys: tuple[BulletinKey, ...]
    receipt_key: bytes
    mailroom: str
    issuance: str
    successor_key: bytes | None = None
    signature: bytes = NOT_SIGNED

    def __post_init__(self) -> None:
        if not 1 <= len(self.bulletin_keys) <= 4:
            raise WrongLayout("a charter names one to four bulletin keys")
        if any(one.last_day > self.day + BULLETIN_KEY_DAYS for one in self.bulletin_keys):
            raise WrongLayout("a bulletin key lives at most 90 days")
        if not all(fullmatch(_ORIGIN, origin) for origin in (self.mailroom, self.issuance)):
            raise WrongLayout("an origin is scheme://host[:port] and nothing after")

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data)
        reader.version()
        charter = cls(
            program_id=reader.take(16),
            serial=reader.u32(),
            day=reader.u16(),
            program_key=reader.take(32),
            bulletin_keys=reader.many(
                lambda: BulletinKey(reader.take(32), reader.u16()), count=reader.u8()
            ),
            receipt_key=reader.take(32),
            mailroom=reader.text8(),
            issuance=reader.text8(),
            successor_key=reader.take(32) if reader.flag() else None,
            signature=reader.take(SIGNATURE_SIZE),
        )
        reader.end()
        return charter

    def write(self) -> bytes:
        return Writer().rest(self.unsigned()).exactly(self.signature, SIGNATURE_SIZE).done()

    def unsigned(self) -> bytes:
        """Everything before the signature."""
        writer = Writer().version().exactly(self.program_id, 16).u32(self.serial).u16(self.day)
        writer.exactly(self.program_key, 32).u8(len(self.bulletin_keys))
        for one in self.bulletin_keys:
            writer.exactly(one.key, 32).u16(one.last_day)
        writer.exactly(self.receipt_key, 32).text8(self.mailroom).text8(self.issuance)
        writer.flag(self.successor_key is not None)
        if self.successor_key is not None:
            writer.exactly(self.successor_key, 32)
        return writer.done()

    def signed_part(self) -> bytes:
        """What the program key signs."""
        return LABEL + self.unsigned()

    def names(self, bulletin_key: bytes) -> bool:
        """Whether this key may sign heads, or might once."""
        return any(one.key == bulletin_key for one in self.bulletin_keys)


@dataclass(frozen=True, slots=True)
class Lineage:
    """The last charter of each program key that passed on to its successor, oldest first."""

    charters: tuple[Charter, ...] = ()

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data)
        reader.version()
        charters = reader.many(lambda: Charter.read(reader.take(reader.u16())), count=reader.u8())
        reader.end()
        return cls(charters)

    def write(self) -> bytes:
        writer = Writer().version().u8(len(self.charters))
        for one in self.charters:
            charter = one.write()
            writer.u16(len(charter)).rest(charter)
        return writer.done()
