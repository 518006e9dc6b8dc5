"""The members' part: the peers as every card holder may see them. spec/bulletin.md."""

from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import Self

from leanto.wire.bundle import SIZE as BUNDLE_SIZE
from leanto.wire.bundle import Bundle
from leanto.wire.errors import WrongLayout
from leanto.wire.reading import Reader
from leanto.wire.vouch import Vouch
from leanto.wire.writing import Writer

NONCE_SIZE = 12
BUNDLES_AT_MOST = 1


class SharedKind(IntEnum):
    """What a peer may choose to share."""

    ABOUT = 1
    YEARS = 2
    WORK = 3
    BEEN_THROUGH = 4
    LANGUAGE = 5
    FAITH = 6
    VETERAN = 7
    GENDER = 8
    REGION = 9
    DRAWING = 10
    RANK = 11
    """Said by the desk of whoever leads others; no peer says it of themselves."""


class LabelKind(IntEnum):
    """What a conflict is seen by."""

    AGENCY = 1
    UNIT = 2
    CHAIN_OF_COMMAND = 3
    LEADS_IN = 4
    """An agency in which this peer leads others: nobody of it is ever offered them."""


class Tier(IntEnum):
    ON_DUTY = 0
    AVAILABLE = 1
    RESERVE = 2
    BACKSTOP = 3
    """Rung when nobody has answered yet."""


@dataclass(frozen=True, slots=True)
class Shared:
    kind: SharedKind
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    kind: LabelKind
    text: str


@dataclass(frozen=True, slots=True)
class Member:
    vouch: Vouch
    bundles: tuple[Bundle, ...]
    shared: tuple[Shared, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class RotaEntry:
    """`member` counts from 0; minutes since 1970, `until_minute` excluded."""

    member: int
    from_minute: int
    until_minute: int
    tier: Tier


@dataclass(frozen=True, slots=True)
class MembersPart:
    """The plain form; it is served sealed under the epoch's members' key."""

    members: tuple[Member, ...]
    rota: tuple[RotaEntry, ...]

    def __post_init__(self) -> None:
        if any(entry.member >= len(self.members) for entry in self.rota):
            raise WrongLayout("the rota names a member who is not there")
        if any(entry.from_minute >= entry.until_minute for entry in self.rota):
            raise WrongLayout("a shift ends before it begins")
        if any(len(member.bundles) > BUNDLES_AT_MOST for member in self.members):
            raise WrongLayout("one bundle for each member in version 1")

    @classmethod
    def read(cls, plain: bytes) -> Self:
        reader = Reader(plain)
        reader.version()
        part = cls(
            members=reader.many(lambda: _read_member(reader), count=reader.u16()),
            rota=reader.many(lambda: _read_rota_entry(reader), count=reader.u16()),
        )
        reader.end()
        return part

    def write(self) -> bytes:
        writer = Writer().version().u16(len(self.members))
        for member in self.members:
            _write_member(writer, member)
        writer.u16(len(self.rota))
        for entry in self.rota:
            writer.u16(entry.member).u32(entry.from_minute).u32(entry.until_minute).u8(entry.tier)
        return writer.done()


def members_key_hash(members_key: bytes) -> bytes:
    """What the head carries, since AES-GCM does not commit to its key."""
    return sha256(b"leanto/members-key/1" + members_key).digest()


def members_aad(*, program_id: bytes, serial: int) -> bytes:
    """The associated data under which the part of bulletin `serial` is sealed."""
    return Writer().rest(b"leanto/members/1").exactly(program_id, 16).u32(serial).done()


def read_shared(reader: Reader) -> Shared:
    return Shared(reader.one_of(SharedKind), reader.text16())


def _read_member(reader: Reader) -> Member:
    return Member(
        vouch=Vouch.read(reader.take(reader.u16())),
        bundles=reader.many(lambda: Bundle.read(reader.take(BUNDLE_SIZE)), count=reader.u8()),
        shared=reader.many(lambda: read_shared(reader), count=reader.u8()),
        labels=reader.many(
            lambda: Label(reader.one_of(LabelKind), reader.text8()), count=reader.u8()
        ),
    )


def _write_member(writer: Writer, member: Member) -> None:
    vouch = member.vouch.write()
    writer.u16(len(vouch)).rest(vouch).u8(len(member.bundles))
    for bundle in member.bundles:
        writer.rest(bundle.write())
    writer.u8(len(member.shared))
    for item in member.shared:
        writer.u8(item.kind).text16(item.text)
    writer.u8(len(member.labels))
    for label in member.labels:
        writer.u8(label.kind).text8(label.text)


def _read_rota_entry(reader: Reader) -> RotaEntry:
    return RotaEntry(reader.u16(), reader.u32(), reader.u32(), reader.one_of(Tier))
