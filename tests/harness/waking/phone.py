"""A browser that can be pushed to: the keys of its subscription, and how it opens what comes.

Written from RFC 8291 alone, not from our own sealing.
"""

from base64 import urlsafe_b64decode
from dataclasses import dataclass, field
from os import urandom

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from leanto.wire.endpoints import Endpoint, Kind, Pushed

CURVE = ec.SECP256R1()


def decoded(text: str) -> bytes:
    """Base64url without padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Phone:
    """`id` is the endpoint's number, which the pocket makes."""

    id: bytes = field(default_factory=lambda: urandom(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    auth: bytes = field(default_factory=lambda: urandom(16))

    @property
    def public_key(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def subscribed(self, url: str) -> Endpoint:
        return Endpoint(self.id, Kind.PUSH, url, self.public_key, self.auth)

    def opens(self, body: bytes) -> Pushed:
        """Raises InvalidTag for what was not sealed for this phone."""
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert (size, length) == (4096, 65)
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender)
        pseudo = _mac(self.auth, self.key.exchange(ec.ECDH(), theirs))
        secret = _expanded(pseudo, b"WebPush: info\0" + self.public_key + sender, 32)
        pseudo = _mac(salt, secret)
        key = _expanded(pseudo, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _expanded(pseudo, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, sealed, None)
        assert padded.endswith(b"\x02"), "one record, the last"
        return Pushed.read(padded[:-1])


def _mac(key: bytes, data: bytes) -> bytes:
    mac = HMAC(key, SHA256())
    mac.update(data)
    return mac.finalize()


def _expanded(key: bytes, info: bytes, size: int) -> bytes:
    return HKDFExpand(SHA256(), size, info).derive(key)
