"""The three kinds of keys a pocket holds, each made from 32 bytes that are the whole secret."""

import hmac
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256, shake_256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from leanto.sim.pocket.errors import WrongSender
from leanto.wire.letters import key_id, mac_key_info

_MLKEM_PUBLIC_SIZE = 1184
_MLKEM_SEED_SIZE = 64


@dataclass(frozen=True)
class SealingKey:
    """What others seal to: a week's bundle key, or a talk's return key."""

    seed: bytes

    @cached_property
    def private(self) -> MLKEM768X25519PrivateKey:
        return MLKEM768X25519PrivateKey(*self._halves)

    @cached_property
    def public(self) -> bytes:
        """1,216 bytes."""
        return b"".join(half.public_key().public_bytes_raw() for half in self._halves)

    @cached_property
    def key_id(self) -> bytes:
        return key_id(self.public)

    @cached_property
    def _halves(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        # The library takes the two halves; the expansion of the one seed is the KEM's own.
        stretched = shake_256(self.seed).digest(_MLKEM_SEED_SIZE + 32)
        return (
            MLKEM768PrivateKey.from_seed_bytes(stretched[:_MLKEM_SEED_SIZE]),
            X25519PrivateKey.from_private_bytes(stretched[_MLKEM_SEED_SIZE:]),
        )


def public_sealing_key(public: bytes) -> MLKEM768X25519PublicKey:
    """ValueError when these 1,216 bytes are no key."""
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_SIZE]),
        X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_SIZE:]),
    )


@dataclass(frozen=True)
class AgreementKey:
    """The static X25519 key a sender is known by: a peer's vouched, an officer's fresh one."""

    seed: bytes

    @cached_property
    def public(self) -> bytes:
        return self._private.public_key().public_bytes_raw()

    def proof(self, *, other: bytes, sender: bytes, recipient: bytes, message: bytes) -> bytes:
        """The deniable sender proof: both ends can make it, so it convinces nobody else.

        `other` is the public key of the other end. WrongSender when it is of small order: then
        anybody could have made the proof.
        """
        try:
            shared = self._private.exchange(X25519PublicKey.from_public_bytes(other))
        except ValueError:
            raise WrongSender("a key of small order") from None
        info = mac_key_info(sender=sender, recipient=recipient)
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(shared)
        return hmac.digest(key, message, sha256)

    @cached_property
    def _private(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True)
class SigningKey:
    """Ed25519: a peer's signs bundles. Never a letter."""

    seed: bytes

    @cached_property
    def public(self) -> bytes:
        return self._private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)
