"""Drills: a ring that nobody asked for, and how soon such rings are answered. spec/drills.md."""

from dataclasses import dataclass
from typing import Self

from leanto.wire.mailboxes import ADDRESS_SIZE
from leanto.wire.reading import Reader
from leanto.wire.writing import Writer

DRILL_ID_SIZE = 16
PARTS_OF_DAY = 3


@dataclass(frozen=True, slots=True)
class Drill:
    """To whoever agreed to it: is somebody there?"""

    KIND = 7

    duty_address: bytes
    drill_id: bytes

    @classmethod
    def read(cls, reader: Reader) -> Self:
        return cls(reader.take(ADDRESS_SIZE), reader.take(DRILL_ID_SIZE))

    def write(self) -> bytes:
        return _address_and_id(self.KIND, self.duty_address, self.drill_id)


@dataclass(frozen=True, slots=True)
class Drilled:
    """Somebody is."""

    KIND = 5

    duty_address: bytes
    drill_id: bytes

    @classmethod
    def read(cls, reader: Reader) -> Self:
        return cls(reader.take(ADDRESS_SIZE), reader.take(DRILL_ID_SIZE))

    def write(self) -> bytes:
        return _address_and_id(self.KIND, self.duty_address, self.drill_id)


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """By day, in the evening, at night: within how many minutes nine of ten drills were answered.

    0: not enough drills to say.
    """

    SIZE = 1 + PARTS_OF_DAY

    minutes: tuple[int, int, int]

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls((reader.u8(), reader.u8(), reader.u8()))

    def write(self) -> bytes:
        writer = Writer().version()
        for one in self.minutes:
            writer.u8(one)
        return writer.done()


def _address_and_id(kind: int, address: bytes, drill_id: bytes) -> bytes:
    writer = Writer().u8(kind).exactly(address, ADDRESS_SIZE)
    return writer.exactly(drill_id, DRILL_ID_SIZE).done()
