"""The duty part: what the mailroom needs to ring phones, and no name. spec/bulletin.md."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from leanto.wire.errors import WrongLayout
from leanto.wire.members import Tier
from leanto.wire.reading import Reader
from leanto.wire.writing import Writer


class Standing(IntEnum):
    ORDINARY = 0
    TEST = 1
    """The watch's own: listed here alone, so that no pocket asks it and it covers nobody."""


@dataclass(frozen=True, slots=True)
class DutyShift:
    """Minutes since 1970, `until_minute` excluded."""

    tier: Tier
    from_minute: int
    until_minute: int


@dataclass(frozen=True, slots=True)
class DutyPerson:
    person: bytes
    """8 random bytes, the same in every bulletin, meaning nothing elsewhere."""
    standing: Standing
    duty_addresses: tuple[bytes, ...]
    shifts: tuple[DutyShift, ...]


@dataclass(frozen=True, slots=True)
class DutyPart:
    people: tuple[DutyPerson, ...]

    def __post_init__(self) -> None:
        shifts = [shift for person in self.people for shift in person.shifts]
        if any(shift.from_minute >= shift.until_minute for shift in shifts):
            raise WrongLayout("a shift ends before it begins")
        addresses = [address for person in self.people for address in person.duty_addresses]
        if len(set(addresses)) != len(addresses):
            raise WrongLayout("a duty address stands twice")

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data)
        reader.version()
        part = cls(reader.many(lambda: _read_person(reader), count=reader.u16()))
        reader.end()
        return part

    def write(self) -> bytes:
        writer = Writer().version().u16(len(self.people))
        for person in self.people:
            _write_person(writer, person)
        return writer.done()


def _read_person(reader: Reader) -> DutyPerson:
    return DutyPerson(
        person=reader.take(8),
        standing=reader.one_of(Standing),
        duty_addresses=reader.chunks(16, count=reader.u8()),
        shifts=reader.many(
            lambda: DutyShift(reader.one_of(Tier), reader.u32(), reader.u32()), count=reader.u8()
        ),
    )


def _write_person(writer: Writer, person: DutyPerson) -> None:
    writer.exactly(person.person, 8).u8(person.standing)
    writer.u8(len(person.duty_addresses)).chunks(person.duty_addresses, 16)
    writer.u8(len(person.shifts))
    for shift in person.shifts:
        writer.u8(shift.tier).u32(shift.from_minute).u32(shift.until_minute)
