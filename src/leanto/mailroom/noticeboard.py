"""What hangs on the board: the charter and bulletin that verified, and what follows from them."""

import asyncio
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers

from leanto.wire.charter import Charter, Lineage
from leanto.wire.duty import DutyPart, DutyPerson
from leanto.wire.head import Bulletin
from leanto.wire.public import PublicPart
from leanto.wire.tokens import PUBLIC_EXPONENT, read_token_key, token_key_id


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """The public key that verifies one epoch's tokens, until and with `last_day`."""

    epoch: int
    last_day: int
    key: RSAPublicKey


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One accepted bulletin, read once. `duty` maps each duty address to its nameless person."""

    bulletin: Bulletin
    duty: dict[bytes, DutyPerson]
    issuer_keys: dict[bytes, IssuerKey]


class Noticeboard:
    """The newest of both, or none yet, and how the program key came down to the newest charter's.

    Replaced whole, never changed.
    """

    def __init__(self) -> None:
        self.charter: Charter | None = None
        self.lineage = Lineage()
        self.notice: Notice | None = None
        self.hanging = asyncio.Lock()  # one at a time, so that none replaces a newer one

    def program_id(self) -> bytes:
        return self.charter.program_id if self.charter else b""

    def serial(self) -> int:
        return self.notice.bulletin.head.serial if self.notice else 0

    def duty(self) -> dict[bytes, DutyPerson]:
        return self.notice.duty if self.notice else {}

    def issuer_keys(self) -> dict[bytes, IssuerKey]:
        return self.notice.issuer_keys if self.notice else {}

    def lists(self, address: bytes) -> bool:
        """Is this a duty mailbox now?"""
        return address in self.duty()


def read_notice(bulletin: Bulletin) -> Notice:
    """Reads the parts; raises WireError when one is not as the law says."""
    return Notice(
        bulletin=bulletin,
        duty={
            address: person
            for person in DutyPart.read(bulletin.duty).people
            for address in person.duty_addresses
        },
        issuer_keys={
            token_key_id(one.key): IssuerKey(one.epoch, one.last_day, _public_key(one.key))
            for one in PublicPart.read(bulletin.public).token_keys
        },
    )


def _public_key(spki: bytes) -> RSAPublicKey:
    return RSAPublicNumbers(PUBLIC_EXPONENT, read_token_key(spki)).public_key()
