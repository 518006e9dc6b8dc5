"""Web push: sealed for one browser (RFC 8291), and signed for its push service (RFC 8292)."""

import json
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from leanto.notifier.keys import point

CURVE = ec.SECP256R1()
RECORD_SIZE = 4096
LAST_RECORD = b"\x02"
SIGNED_FOR_SECONDS = 12 * 3600  # RFC 8292 allows a day


def seal(
    plain: bytes,
    *,
    public_key: bytes,
    auth: bytes,
    ours: ec.EllipticCurvePrivateKey,
    salt: bytes,
) -> bytes:
    """A whole aes128gcm body of one record. `ours` and the 16 bytes of `salt` are used once.

    Raises ValueError for a public key that is no point of the curve.
    """
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public_key)
    shared = ours.exchange(ec.ECDH(), theirs)
    our_point = point(ours.public_key())
    secret = _derived(shared, auth, b"WebPush: info\0" + public_key + our_point, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    sealed = AESGCM(key).encrypt(nonce, plain + LAST_RECORD, None)
    return salt + RECORD_SIZE.to_bytes(4) + bytes([len(our_point)]) + our_point + sealed


def vapid(*, audience: str, contact: str, key: ec.EllipticCurvePrivateKey, now_seconds: int) -> str:
    """The Authorization header for this push service, good for twelve hours."""
    claims = {"aud": audience, "exp": now_seconds + SIGNED_FOR_SECONDS, "sub": contact}
    signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(SHA256())))
    token = f"{signed}.{_text(r.to_bytes(32) + s.to_bytes(32))}"
    return f"vapid t={token}, k={_text(point(key.public_key()))}"


def _derived(secret: bytes, salt: bytes, info: bytes, size: int) -> bytes:
    return HKDF(SHA256(), size, salt=salt, info=info).derive(secret)


def _json(value: dict[str, object]) -> str:
    return _text(json.dumps(value, separators=(",", ":")).encode())


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
