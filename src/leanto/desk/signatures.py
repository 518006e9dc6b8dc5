"""Checking who signed. Ed25519, RFC 8032."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from leanto.wire.signed import is_worthless


class NotSigned(Exception):
    """The signature is not by this key over these bytes."""


def verify(*, key: bytes, signature: bytes, signed_part: bytes) -> None:
    """Return only if `key` (32 bytes) made this signature (64 bytes). Raises NotSigned."""
    if is_worthless(key):
        raise NotSigned
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed_part)
    except (InvalidSignature, ValueError):
        raise NotSigned from None
