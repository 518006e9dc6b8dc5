"""The vouch: the program key says that these keys are this peer's. spec/bulletin.md."""

from dataclasses import dataclass
from typing import Self

from leanto.wire.errors import WrongLayout
from leanto.wire.reading import Reader
from leanto.wire.signed import NOT_SIGNED, SIGNATURE_SIZE
from leanto.wire.writing import Writer

LABEL = b"leanto/vouch/1"
HANDLE_BYTES = 40
VOUCH_DAYS = 365
"""A vouch is signed for so long; a renewed one from the charter's day on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouch:
    program_id: bytes
    handle: str
    signing_key: bytes
    agreement_key: bytes
    last_day: int
    signature: bytes = NOT_SIGNED

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data)
        reader.version()
        vouch = cls(
            program_id=reader.take(16),
            handle=read_handle(reader),
            signing_key=reader.take(32),
            agreement_key=reader.take(32),
            last_day=reader.u16(),
            signature=reader.take(SIGNATURE_SIZE),
        )
        reader.end()
        return vouch

    def write(self) -> bytes:
        return Writer().rest(self.unsigned()).exactly(self.signature, SIGNATURE_SIZE).done()

    def unsigned(self) -> bytes:
        """Everything before the signature; also what a vouch request carries."""
        writer = Writer().version().exactly(self.program_id, 16)
        write_handle(writer, self.handle)
        writer.exactly(self.signing_key, 32).exactly(self.agreement_key, 32).u16(self.last_day)
        return writer.done()

    def signed_part(self) -> bytes:
        """What the program key signs."""
        return LABEL + self.unsigned()


def read_handle(reader: Reader) -> str:
    handle = reader.text8()
    _refuse_unless_fitting(handle)
    return handle


def write_handle(writer: Writer, handle: str) -> None:
    _refuse_unless_fitting(handle)
    writer.text8(handle)


def _refuse_unless_fitting(handle: str) -> None:
    if not 1 <= len(handle.encode()) <= HANDLE_BYTES:
        raise WrongLayout("a handle has 1 to 40 bytes")
