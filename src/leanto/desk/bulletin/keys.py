"""The key that signs bulletins, and making every key file of a new program."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leanto.desk.admission.actions import turn_epochs
from leanto.desk.keyfiles import made_once
from leanto.wire.charter import Charter

IN_USE, WAITING = "bulletin-key", "bulletin-key-next"


@dataclass(frozen=True, kw_only=True)
class ProgramKeys:
    """Public halves, for the charter to name."""

    bulletin_key: bytes
    receipt_key: bytes


def make_program_files(*, folder: Path, receipt_key: Path, today: int) -> ProgramKeys:
    """Make what a new program needs to run: bulletin key, card secret, epoch keys, receipt key.

    `folder` is the desk's key folder; `receipt_key` is the mailroom's own file. What is there
    already stays. The program key is made elsewhere, off-line.
    """
    turn_epochs(folder=folder, today=today)
    return ProgramKeys(
        bulletin_key=public_half(bulletin_key(folder)),
        receipt_key=public_half(_signing_key(receipt_key)),
    )


def bulletin_key(folder: Path) -> Ed25519PrivateKey:
    """The on-line key that signs heads. It can remove a peer, never add one."""
    return _signing_key(folder / IN_USE)


def key_to_name(folder: Path) -> Ed25519PrivateKey:
    """The key that the next charter should name: the one in use, or the fresh one that waits."""
    return _signing_key(folder / (WAITING if (folder / WAITING).exists() else IN_USE))


def key_named_by(charter: Charter, folder: Path) -> Ed25519PrivateKey:
    """The key that this charter lets sign: the fresh one as soon as it is named."""
    fresh = key_to_name(folder)
    return fresh if charter.names(public_half(fresh)) else bulletin_key(folder)


def make_fresh_key(charter: Charter, folder: Path) -> None:
    """Have a key wait for the next charter. One that waited and is named by now is in use."""
    waiting = folder / WAITING
    if waiting.exists() and charter.names(public_half(_signing_key(waiting))):
        waiting.replace(folder / IN_USE)
    _signing_key(waiting)


def public_half(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes that others know of a signing key."""
    return key.public_key().public_bytes_raw()


def _signing_key(path: Path) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(made_once(path, lambda: secrets.token_bytes(32)))
