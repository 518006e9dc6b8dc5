"""Keys of admission as files: an issuer key and a members' key for each epoch, one card secret."""

import hmac
import secrets
import shutil
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from leanto.desk.admission.blindrsa import BlindSigner
from leanto.desk.keyfiles import made_once
from leanto.desk.site.configuration import configuration
from leanto.wire.tokens import MODULUS_SIZE, PUBLIC_EXPONENT, write_token_key


def key_folder() -> Path:
    """Where this desk keeps its key files."""
    return configuration().data / "keys"


def card_secret(folder: Path) -> bytes:
    """The 32 bytes without which a stored card cannot be told from noise."""
    return made_once(folder / "card-secret", lambda: secrets.token_bytes(32))


def card_digest(code: bytes, *, secret: bytes) -> str:
    """How a card is stored: a keyed hash of its code, hexadecimal."""
    return hmac.new(secret, b"leanto/card-digest/1" + code, sha256).hexdigest()


def members_key(folder: Path, epoch: int) -> bytes:
    """The 32 bytes that open the members' part in this epoch; every card brings them."""
    return made_once(_epoch_folder(folder, epoch) / "members-key", lambda: secrets.token_bytes(32))


def issuer_spki(folder: Path, epoch: int) -> bytes:
    """The public half of this epoch's issuer key, as bulletins and token key ids have it."""
    key = _issuer_key(_issuer_file(folder, epoch))
    return write_token_key(key.public_key().public_numbers().n)


def signer(folder: Path, epoch: int) -> BlindSigner:
    """What signs this epoch's passes without reading them."""
    return _signer(_issuer_file(folder, epoch))


def drop_epochs_but(kept: set[int], *, folder: Path) -> None:
    """Remove the keys of every other epoch: nothing can be signed or read with them again."""
    names = {_epoch_folder(folder, epoch).name for epoch in kept}
    for past in folder.glob("epoch-*"):
        if past.name not in names:
            shutil.rmtree(past)


def _epoch_folder(folder: Path, epoch: int) -> Path:
    return folder / f"epoch-{epoch}"


def _issuer_file(folder: Path, epoch: int) -> Path:
    return _epoch_folder(folder, epoch) / "issuer-key.pem"


@lru_cache(maxsize=8)
def _signer(path: Path) -> BlindSigner:
    return BlindSigner(_issuer_key(path))


@lru_cache(maxsize=8)
def _issuer_key(path: Path) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(made_once(path, _new_issuer_key), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"{path} holds another kind of key")
    return key


def _new_issuer_key() -> bytes:
    key = rsa.generate_private_key(public_exponent=PUBLIC_EXPONENT, key_size=8 * MODULUS_SIZE)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
