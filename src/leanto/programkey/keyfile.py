"""The program key as a file: PKCS 8, under a passphrase, for its holder's eyes only."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)


class KeyRefused(Exception):
    """The key file cannot be used; the message says what to do."""


def new(path: Path, *, passphrase: str) -> Ed25519PrivateKey:
    """Make a program key and its file, which nobody else on this machine can read.

    An empty passphrase leaves the file open to whoever holds it. Raises KeyRefused rather than
    overwrite: a lost program key means new cards for everyone.
    """
    key = fresh()
    write(key, path, passphrase=passphrase)
    return key


def fresh() -> Ed25519PrivateKey:
    """Another key, in no file yet."""
    return Ed25519PrivateKey.generate()


def write(key: Ed25519PrivateKey, path: Path, *, passphrase: str) -> None:
    """Put this key in a file of its own, as `new` does. Raises KeyRefused rather than overwrite."""
    guard: KeySerializationEncryption = (
        BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    )
    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, guard)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyRefused(f"{path} is there already. Name another file.") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path, *, passphrase: str) -> Ed25519PrivateKey:
    """The program key in this file. Raises KeyRefused."""
    try:
        key = load_pem_private_key(path.read_bytes(), passphrase.encode() or None)
    except FileNotFoundError:
        raise KeyRefused(f"There is no program key at {path}.") from None
    except (ValueError, TypeError):
        raise KeyRefused(f"{path} does not open with this passphrase.") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyRefused(f"{path} holds another kind of key.")
    return key


def public_half(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes that a program is set up with."""
    return key.public_key().public_bytes_raw()
