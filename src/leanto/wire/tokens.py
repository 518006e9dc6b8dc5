"""Passes: Privacy Pass tokens 0x0002, and what spending one says. spec/tokens.md, RFC 9578."""

from dataclasses import dataclass
from hashlib import sha256
from re import fullmatch
from typing import Self

from leanto.wire.base64 import read_base64, write_base64
from leanto.wire.errors import WrongLayout
from leanto.wire.reading import Reader
from leanto.wire.writing import Writer

TOKEN_TYPE = 0x0002
MODULUS_SIZE = 256
PUBLIC_EXPONENT = 65537
# SubjectPublicKeyInfo of an RSA-2048 key with the RSASSA-PSS OID, SHA-384, MGF1-SHA-384 and a salt
# of 48 bytes: DER of everything around the modulus, as RFC 9578 section 6.5 prescribes it.
_SPKI_START = bytes.fromhex(
    "30820152303d06092a864886f70d01010a3030a00d300b0609608648016503040202a11a301806092a864886f70d"
    "010108300b0609608648016503040202a2030201300382010f003082010a0282010100"
)
_SPKI_END = bytes.fromhex("0203010001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    SIZE = 98 + MODULUS_SIZE

    nonce: bytes
    challenge_digest: bytes
    token_key_id: bytes
    authenticator: bytes = bytes(MODULUS_SIZE)
    """The unblinded signature; zeros while it is still to be made."""

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        if reader.u16() != TOKEN_TYPE:
            raise WrongLayout("a token of another type")
        return cls(
            nonce=reader.take(32),
            challenge_digest=reader.take(32),
            token_key_id=reader.take(32),
            authenticator=reader.take(MODULUS_SIZE),
        )

    def write(self) -> bytes:
        return Writer().rest(self.signed_part()).exactly(self.authenticator, MODULUS_SIZE).done()

    def signed_part(self) -> bytes:
        """What the issuer signs blind: everything before the authenticator."""
        writer = Writer().u16(TOKEN_TYPE).exactly(self.nonce, 32)
        return writer.exactly(self.challenge_digest, 32).exactly(self.token_key_id, 32).done()

    @classmethod
    def from_header(cls, header: str) -> Self:
        """Reads `PrivateToken token="…"` (RFC 9577)."""
        found = fullmatch(r'PrivateToken token="([A-Za-z0-9_-]+)"', header)
        if not found:
            raise WrongLayout('the header is not PrivateToken token="…"')
        return cls.read(read_base64(found[1]))

    def header(self) -> str:
        return f'PrivateToken token="{write_base64(self.write())}"'


def issuer_name(program_id: bytes) -> str:
    return program_id.hex() + ".issuer.leanto"


def origin_info(program_id: bytes) -> str:
    return program_id.hex() + ".mailroom.leanto"


def challenge(program_id: bytes) -> bytes:
    """The TokenChallenge (RFC 9577) that every pocket of a program builds by itself."""
    issuer = issuer_name(program_id).encode()
    origin = origin_info(program_id).encode()
    writer = Writer().u16(TOKEN_TYPE).u16(len(issuer)).rest(issuer).u8(0)
    return writer.u16(len(origin)).rest(origin).done()


def challenge_digest(program_id: bytes) -> bytes:
    return sha256(challenge(program_id)).digest()


def token_key_id(spki: bytes) -> bytes:
    """How a token names the key of its epoch."""
    return sha256(spki).digest()


def write_token_key(modulus: int) -> bytes:
    """The DER SubjectPublicKeyInfo of an RSA-2048 issuer key with exponent 65537."""
    if modulus.bit_length() != 8 * MODULUS_SIZE:
        raise WrongLayout("an issuer key has 2048 bits")
    return _SPKI_START + modulus.to_bytes(MODULUS_SIZE) + _SPKI_END


def read_token_key(spki: bytes) -> int:
    """The modulus, or WrongLayout for any other algorithm, size, exponent or parameter."""
    modulus = int.from_bytes(spki[len(_SPKI_START) : -len(_SPKI_END)])
    if modulus.bit_length() != 8 * MODULUS_SIZE or write_token_key(modulus) != spki:
        raise WrongLayout("this is no RSA-2048 key for RSASSA-PSS with SHA-384")
    return modulus


def body_digest(*, method: str, path: str, body: bytes) -> bytes:
    """What a token is spent on: the same token buys the same thing again, and nothing else."""
    writer = Writer().rest(b"leanto/spend/1").text8(method).text8(path)
    return sha256(writer.rest(body).done()).digest()


def receipt_message(*, path: str, digest: bytes, status: int) -> bytes:
    """What the receipt key signs, and a pocket verifies before it says *received*."""
    writer = Writer().rest(b"leanto/receipt/1").text8(path).exactly(digest, 32)
    return writer.u16(status).done()
