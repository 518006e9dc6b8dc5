"""Which endpoints wake a peer: bodies between pocket and mailroom. spec/notifier.md."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from leanto.wire.endpoints import ENDPOINT_ID_SIZE
from leanto.wire.errors import WrongLayout
from leanto.wire.mailboxes import READ_KEY_SIZE
from leanto.wire.reading import Reader
from leanto.wire.writing import Writer

PLACES = 3
SPARE = bytes(ENDPOINT_ID_SIZE)


class Drills(IntEnum):
    """When a peer agreed to be rung for practice."""

    NONE = 0
    BY_DAY = 1
    DAY_AND_NIGHT = 2


@dataclass(frozen=True, slots=True)
class DutyWakes:
    """`POST /duty/wakes`. Endpoints in order of use, spare places zeros behind them."""

    SIZE = 1 + READ_KEY_SIZE + 1 + PLACES * ENDPOINT_ID_SIZE

    read_key: bytes
    drills: Drills
    endpoint_ids: tuple[bytes, ...]

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        read_key, drills = reader.take(READ_KEY_SIZE), reader.one_of(Drills)
        places = reader.chunks(ENDPOINT_ID_SIZE, count=PLACES)
        used = tuple(one for one in places if one != SPARE)
        if places[: len(used)] != used or len(set(used)) != len(used):
            raise WrongLayout("a spare place before a used one, or one endpoint twice")
        return cls(read_key, drills, used)

    def write(self) -> bytes:
        writer = Writer().version().exactly(self.read_key, READ_KEY_SIZE).u8(self.drills)
        return writer.chunks(self.endpoint_ids, ENDPOINT_ID_SIZE).zeros_up_to(self.SIZE).done()


@dataclass(frozen=True, slots=True)
class DutyTest:
    """`POST /duty/test`: wake the endpoint that stands at this place."""

    SIZE = 1 + READ_KEY_SIZE + 1

    read_key: bytes
    place: int

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        read_key, place = reader.take(READ_KEY_SIZE), reader.at_most(PLACES - 1)
        return cls(read_key, place)

    def write(self) -> bytes:
        writer = Writer().version().exactly(self.read_key, READ_KEY_SIZE)
        return writer.at_most(self.place, PLACES - 1).done()
