"""Receipts: the mailroom's word that something is on disk. Deterministic, so never stored."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leanto.wire.tokens import receipt_message


class ReceiptKey:
    """The private half of the charter's `receipt_key`, read from a file of 32 bytes."""

    def __init__(self, path: Path) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(path.read_bytes())

    def receipt(self, *, path: str, digest: bytes, status: int) -> bytes:
        """64 bytes, the same for the same question, always."""
        return self._key.sign(receipt_message(path=path, digest=digest, status=status))
