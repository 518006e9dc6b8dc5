"""A made-up program with its keys: what key holder, desk and issuer would say to a mailroom."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA384

from leanto.wire.charter import BulletinKey, Charter, fingerprint
from leanto.wire.duty import DutyPart, DutyPerson, DutyShift, Standing
from leanto.wire.head import BEFORE_THE_FIRST, Bulletin, Head, Part
from leanto.wire.members import Tier
from leanto.wire.public import PublicPart, TokenKey
from leanto.wire.tokens import Token, challenge_digest, token_key_id, write_token_key

EPOCH = 7
ALWAYS = (0, 2**32 - 1)


def new_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


@cache
def _issuer_key() -> RSAPrivateKey:
    """The same for every made-up program: it takes long to find."""
    return generate_private_key(65537, 2048)


@dataclass
class Program:
    """Its secrets, all in one place: only a test may hold them so."""

    today: int
    program_key: Ed25519PrivateKey = field(default_factory=new_key)
    bulletin_key: Ed25519PrivateKey = field(default_factory=new_key)
    receipt_key: Ed25519PrivateKey = field(default_factory=new_key)
    issuer_key: RSAPrivateKey = field(default_factory=_issuer_key)

    @property
    def fingerprint(self) -> bytes:
        return fingerprint(public(self.program_key))

    def charter(
        self,
        *,
        serial: int = 1,
        signer: Ed25519PrivateKey | None = None,
        successor: Ed25519PrivateKey | None = None,
        program_key: Ed25519PrivateKey | None = None,
    ) -> bytes:
        """The charter, signed by the program key, or by whoever pretends to hold it.

        `program_key` is another one than the first, once that one passed on to its `successor`.
        """
        charter = Charter(
            program_id=self.fingerprint,
            serial=serial,
            day=self.today,
            program_key=public(program_key or self.program_key),
            bulletin_keys=(BulletinKey(public(self.bulletin_key), self.today + 90),),
            receipt_key=public(self.receipt_key),
            mailroom="http://mailroom.localhost",
            issuance="http://desk.localhost",
            successor_key=public(successor) if successor else None,
        )
        signature = (signer or program_key or self.program_key).sign(charter.signed_part())
        return replace(charter, signature=signature).write()

    def bulletin(
        self,
        *duty_addresses: bytes,
        serial: int = 1,
        previous: bytes = BEFORE_THE_FIRST,
        signer: Ed25519PrivateKey | None = None,
        members: bytes = b"sealed",
    ) -> bytes:
        """A bulletin with these peers on duty around the clock."""
        shift = DutyShift(Tier.ON_DUTY, *ALWAYS)
        people = [
            DutyPerson(os.urandom(8), Standing.ORDINARY, (one,), (shift,)) for one in duty_addresses
        ]
        return self.bulletin_of(
            people, serial=serial, previous=previous, signer=signer, members=members
        )

    def bulletin_of(
        self,
        people: Sequence[DutyPerson],
        *,
        serial: int,
        previous: bytes = BEFORE_THE_FIRST,
        signer: Ed25519PrivateKey | None = None,
        members: bytes = b"sealed",
    ) -> bytes:
        public_part = self._public_part().write()
        duty = DutyPart(tuple(people)).write()
        key = signer or self.bulletin_key
        head = Head(
            program_id=self.fingerprint,
            serial=serial,
            previous=previous,
            day=self.today,
            last_day=self.today + 14,
            epoch=EPOCH,
            members_key_hash=bytes(32),
            public=Part.of(public_part),
            members=Part.of(members),
            duty=Part.of(duty),
            bulletin_key=public(key),
        )
        head = replace(head, signature=key.sign(head.signed_part()))
        return Bulletin(head, public_part, members, duty).write()

    def token_header(
        self, *, key: RSAPrivateKey | None = None, program_id: bytes | None = None
    ) -> str:
        """A fresh pass as an Authorization header, signed openly: it verifies just the same."""
        key = key or self.issuer_key
        token = Token(
            nonce=os.urandom(32),
            challenge_digest=challenge_digest(program_id or self.fingerprint),
            token_key_id=token_key_id(self._spki()),
        )
        signature = key.sign(token.signed_part(), PSS(MGF1(SHA384()), 48), SHA384())
        return replace(token, authenticator=signature).header()

    def _spki(self) -> bytes:
        return write_token_key(self.issuer_key.public_key().public_numbers().n)

    def _public_part(self) -> PublicPart:
        return PublicPart(
            program={},
            pack={},
            helplines=(),
            token_keys=(TokenKey(EPOCH, self.today - 10, self.today + 80, self._spki()),),
            patience={"now": 10, "today": 60, "whenever": 600},
            card_place={"en": "in the break room"},
        )
