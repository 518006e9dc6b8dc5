"""What a card brings: ten passes at a time, and the key that opens the members' part."""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from leanto.sim.pocket.blindrsa import SALT_SIZE, Blinded, blind, finalize
from leanto.sim.pocket.errors import NotOpened
from leanto.wire.draws import BATCH, Draw, Drawn
from leanto.wire.head import Head
from leanto.wire.members import NONCE_SIZE, MembersPart, members_aad, members_key_hash
from leanto.wire.public import TokenKey
from leanto.wire.tokens import Token, challenge_digest, read_token_key, token_key_id


@dataclass(frozen=True, slots=True)
class Batch:
    """Ten passes on their way to be signed."""

    key: TokenKey
    blinded: tuple[Blinded, ...]

    def draw(self, code: bytes) -> Draw:
        """What is sent to the desk with a card's code."""
        return Draw(code, self.key.epoch, tuple(one.message for one in self.blinded))

    def finished(self, drawn: Drawn) -> tuple[Token, ...]:
        """The ten passes; NotSigned when one does not verify under the bulletin's key."""
        return tuple(
            finalize(blinded=one, spki=self.key.key, signed=signed)
            for one, signed in zip(self.blinded, drawn.signed, strict=True)
        )


def new_batch(key: TokenKey, *, program_id: bytes) -> Batch:
    """Ten fresh ones, hidden from whoever signs them."""
    modulus = read_token_key(key.key)
    return Batch(
        key,
        tuple(
            blind(
                token=Token(
                    nonce=secrets.token_bytes(32),
                    challenge_digest=challenge_digest(program_id),
                    token_key_id=token_key_id(key.key),
                ),
                spki=key.key,
                salt=secrets.token_bytes(SALT_SIZE),
                blinding=secrets.randbelow(modulus - 2) + 2,
            )
            for _ in range(BATCH)
        ),
    )


def open_members(sealed: bytes, *, key: bytes, head: Head) -> MembersPart:
    """The peers and the rota, as every card holder reads them. Raises NotOpened or WireError."""
    if members_key_hash(key) != head.members_key_hash:
        raise NotOpened("the head names another members' key")
    if sha256(sealed).digest() != head.members.hash:
        raise NotOpened("the head names another members' part")
    aad = members_aad(program_id=head.program_id, serial=head.serial)
    try:
        plain = AESGCM(key).decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], aad)
    except InvalidTag:
        raise NotOpened("the members' part was changed on the way") from None
    return MembersPart.read(plain)
