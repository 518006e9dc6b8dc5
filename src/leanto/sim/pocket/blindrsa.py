"""Drawing passes: the client's half of RFC 9474, RSABSSA-SHA384-PSS-Deterministic.

The issuer sees `blinded` and never the token; nothing it keeps can be linked to the token later.
"""

from dataclasses import dataclass, replace
from hashlib import sha384

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA384

from leanto.wire.tokens import MODULUS_SIZE, PUBLIC_EXPONENT, Token, read_token_key

SALT_SIZE = 48
_HASH_SIZE = 48


class NotSigned(Exception):
    """The issuer's answer does not verify under the bulletin's key: throw it away."""


@dataclass(frozen=True, slots=True)
class Blinded:
    """Stored before anything is sent, so that a dropped line loses no pass."""

    token: Token
    inverse: int
    message: bytes
    """256 bytes for the issuer."""


def blind(*, token: Token, spki: bytes, salt: bytes, blinding: int) -> Blinded:
    """Hides a token. `blinding` is uniform between 1 and the modulus, `salt` is 48 random bytes.

    ValueError when `blinding` has no inverse: draw another.
    """
    modulus = read_token_key(spki)
    encoded = encode_pss(token.signed_part(), salt=salt, modulus_bits=modulus.bit_length())
    hidden = int.from_bytes(encoded) * pow(blinding, PUBLIC_EXPONENT, modulus) % modulus
    return Blinded(token, pow(blinding, -1, modulus), hidden.to_bytes(MODULUS_SIZE))


def finalize(*, blinded: Blinded, spki: bytes, signed: bytes) -> Token:
    """The finished token, verified; NotSigned otherwise."""
    modulus = read_token_key(spki)
    if len(signed) != MODULUS_SIZE:
        raise NotSigned("the signature has another size")
    unblinded = int.from_bytes(signed) * blinded.inverse % modulus
    token = replace(blinded.token, authenticator=unblinded.to_bytes(MODULUS_SIZE))
    if not verifies(token=token, spki=spki):
        raise NotSigned("the signature does not verify under the bulletin's key")
    return token


def verifies(*, token: Token, spki: bytes) -> bool:
    """Is this token signed by this issuer key?"""
    try:
        _public_key(spki).verify(
            token.authenticator,
            token.signed_part(),
            PSS(mgf=MGF1(SHA384()), salt_length=SALT_SIZE),
            SHA384(),
        )
    except InvalidSignature:
        return False
    return True


def encode_pss(message: bytes, *, salt: bytes, modulus_bits: int) -> bytes:
    """EMSA-PSS-ENCODE (RFC 8017, 9.1.1) with SHA-384: the library signs, but never only encodes."""
    bits = modulus_bits - 1
    size = -(-bits // 8)
    digest = sha384(bytes(8) + sha384(message).digest() + salt).digest()
    block = bytes(size - len(salt) - _HASH_SIZE - 2) + b"\x01" + salt
    masked = bytearray(a ^ b for a, b in zip(block, _mgf1(digest, len(block)), strict=True))
    masked[0] &= 0xFF >> (8 * size - bits)
    return bytes(masked) + digest + b"\xbc"


def _mgf1(seed: bytes, size: int) -> bytes:
    blocks = -(-size // _HASH_SIZE)
    return b"".join(sha384(seed + n.to_bytes(4)).digest() for n in range(blocks))[:size]


def _public_key(spki: bytes) -> RSAPublicKey:
    return RSAPublicNumbers(PUBLIC_EXPONENT, read_token_key(spki)).public_key()
