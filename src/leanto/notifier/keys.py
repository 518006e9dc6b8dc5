"""What seals endpoints at rest, what signs pushes, and what the mailroom shows to be let in."""

import os
from base64 import urlsafe_b64encode
from hmac import compare_digest
from pathlib import Path
from secrets import token_bytes

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

SECRET_FILE = "wake-secret"  # noqa: S105 - the name of a file
SECRET_SIZE = 32
NONCE_SIZE = 12
LABEL = b"leanto/endpoint/1"


class EndpointKey:
    """Seals an endpoint under its own number: none can be put in the place of another."""

    def __init__(self, folder: Path) -> None:
        self._key = AESGCM(_kept(folder / "endpoint-key", token_bytes(32)))

    def seal(self, endpoint_id: bytes, plain: bytes) -> bytes:
        nonce = token_bytes(NONCE_SIZE)
        return nonce + self._key.encrypt(nonce, plain, LABEL + endpoint_id)

    def open(self, endpoint_id: bytes, sealed: bytes) -> bytes:
        """Raises InvalidTag for one that was sealed elsewhere, or for another."""
        nonce, rest = sealed[:NONCE_SIZE], sealed[NONCE_SIZE:]
        return self._key.decrypt(nonce, rest, LABEL + endpoint_id)


def vapid_key(folder: Path) -> ec.EllipticCurvePrivateKey:
    """P-256: by it a push service knows that the same program asks again."""
    fresh = ec.generate_private_key(ec.SECP256R1())
    der = fresh.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    key = load_der_private_key(_kept(folder / "vapid-key", der), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101 - we alone write this file
    return key


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """65 bytes, uncompressed."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


class Secret:
    """What the mailroom shows to be let in."""

    def __init__(self, folder: Path) -> None:
        secret = (folder / SECRET_FILE).read_bytes()
        self._shown = b"Bearer " + urlsafe_b64encode(secret).rstrip(b"=")

    def fits(self, authorization: bytes | None) -> bool:
        return compare_digest(self._shown, authorization or b"")


def _kept(path: Path, fresh: bytes) -> bytes:
    """What lies there, or this from now on; for its own user alone."""
    if not path.exists():
        started = path.with_name(path.name + ".new")
        with os.fdopen(os.open(started, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(fresh)
            out.flush()
            os.fsync(out.fileno())
        started.replace(path)
    return path.read_bytes()
