"""A rehearsal: whoever holds a key of this program signed on this day. spec/keysheets.md."""

from dataclasses import dataclass
from typing import Self

from leanto.wire.reading import Reader
from leanto.wire.signed import NOT_SIGNED, SIGNATURE_SIZE
from leanto.wire.writing import Writer

LABEL = b"leanto/rehearsal/1"
REHEARSAL_DAYS = 30
"""A proof is taken until so long after the day on which it was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """`key`: the program key or its successor, who signs. `day`: when the desk asked."""

    program_id: bytes
    key: bytes
    day: int
    signature: bytes = NOT_SIGNED

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data)
        reader.version()
        rehearsal = cls(
            program_id=reader.take(16),
            key=reader.take(32),
            day=reader.u16(),
            signature=reader.take(SIGNATURE_SIZE),
        )
        reader.end()
        return rehearsal

    def write(self) -> bytes:
        return Writer().rest(self.unsigned()).exactly(self.signature, SIGNATURE_SIZE).done()

    def unsigned(self) -> bytes:
        """Everything before the signature; also a line of the request."""
        writer = Writer().version().exactly(self.program_id, 16).exactly(self.key, 32)
        return writer.u16(self.day).done()

    def signed_part(self) -> bytes:
        """What the key signs: it means nothing else."""
        return LABEL + self.unsigned()
