"""The bundle: where and with which key a peer takes requests in one week. spec/bulletin.md."""

from dataclasses import dataclass
from typing import Self

from leanto.wire.errors import WrongLayout
from leanto.wire.reading import Reader
from leanto.wire.signed import NOT_SIGNED, SIGNATURE_SIZE
from leanto.wire.writing import Writer

LABEL = b"leanto/bundle/1"
SIZE = 1301
SEALING_KEY_SIZE = 1216
USABLE_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    duty_address: bytes
    sealing_key: bytes
    first_day: int
    signature: bytes = NOT_SIGNED

    def __post_init__(self) -> None:
        if self.first_day % 7 != 4:  # day 4 was Monday, 5 January 1970
            raise WrongLayout("bundles turn on Monday")

    @property
    def last_day(self) -> int:
        """The last day on which a request may be sealed to it."""
        return self.first_day + USABLE_DAYS - 1

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=SIZE)
        reader.version()
        duty_address = reader.take(16)
        sealing_key = reader.take(SEALING_KEY_SIZE)
        first_day = reader.u16()
        if reader.u16() != first_day + USABLE_DAYS - 1:
            raise WrongLayout("a bundle is usable for 14 days")
        signature = reader.take(SIGNATURE_SIZE)
        reader.end()
        return cls(
            duty_address=duty_address,
            sealing_key=sealing_key,
            first_day=first_day,
            signature=signature,
        )

    def write(self) -> bytes:
        return Writer().rest(self.unsigned()).exactly(self.signature, SIGNATURE_SIZE).done()

    def unsigned(self) -> bytes:
        """Everything before the signature."""
        writer = Writer().version().exactly(self.duty_address, 16)
        writer.exactly(self.sealing_key, SEALING_KEY_SIZE)
        return writer.u16(self.first_day).u16(self.last_day).done()

    def signed_part(self, *, program_id: bytes) -> bytes:
        """What the peer's signing key signs: a bundle counts in one program only."""
        return LABEL + program_id + self.unsigned()
