"""When a peer rests: a body between pocket and mailroom. spec/requests.md."""

from dataclasses import dataclass
from typing import Self

from leanto.wire.mailboxes import READ_KEY_SIZE
from leanto.wire.reading import Reader
from leanto.wire.writing import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class RestBody:
    """`POST /duty/rest`."""

    SIZE = 1 + READ_KEY_SIZE + 4 + 1

    read_key: bytes
    rests_until_hour: int
    """Hours since 1970, excluded; 0: no rest."""
    keeps_place: bool
    """Broken nights move them behind nobody."""

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(
            read_key=reader.take(READ_KEY_SIZE),
            rests_until_hour=reader.u32(),
            keeps_place=reader.flag(),
        )

    def write(self) -> bytes:
        writer = Writer().version().exactly(self.read_key, READ_KEY_SIZE)
        return writer.u32(self.rests_until_hour).flag(self.keeps_place).done()
