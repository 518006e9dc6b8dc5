"""A program key as printed: five rows of letters to be typed again. spec/keysheets.md."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from leanto.wire.base32 import plain_letters, read_base32, write_base32
from leanto.wire.cards import groups
from leanto.wire.errors import WrongCheck, WrongLayout

LABEL = b"leanto/key-sheet/1"
MARK = "LEANTO KEY 1"
SECRET_SIZE = 32
OWNER_SIZE = 8
ROWS = 5
ROW_LETTERS = 16
_ROW_BYTES = 8
_CHECK_LETTERS = 3


@dataclass(frozen=True, slots=True)
class KeySheet:
    """`secret`: the Ed25519 seed (32 bytes). `owner`: the start of the fingerprint (8 bytes) that
    the key has if it was typed right."""

    secret: bytes
    owner: bytes

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET_SIZE or len(self.owner) != OWNER_SIZE:
            raise WrongLayout("a key sheet is 32 bytes and the start of a fingerprint")

    @classmethod
    def read(cls, text: str) -> Self:
        """Reads five rows as typed, or what the QR code holds. WrongCheck names the row."""
        letters = plain_letters("".join(text.upper().strip().removeprefix(MARK).split()))
        if len(letters) != ROWS * ROW_LETTERS:
            raise WrongCheck("a key sheet has five rows of sixteen letters")
        starts = range(0, len(letters), ROW_LETTERS)
        rows = [
            read_row(letters[start : start + ROW_LETTERS], row=row)
            for row, start in enumerate(starts, start=1)
        ]
        return cls(b"".join(rows[:-1]), rows[-1])

    def rows(self) -> tuple[str, ...]:
        """As printed: five rows of four groups of four."""
        data = self.secret + self.owner
        return tuple(
            groups(_with_check(data[at : at + _ROW_BYTES], row=row))
            for row, at in enumerate(range(0, len(data), _ROW_BYTES), start=1)
        )

    def scanned(self) -> str:
        """What the QR code holds."""
        return " ".join((MARK, *self.rows()))


def read_row(text: str, *, row: int) -> bytes:
    """The 8 bytes of one row, counted from 1, or WrongCheck: a mistake is found in its row, and so
    is a row that stands in another's place."""
    letters = plain_letters("".join(text.split()))
    wrong = WrongCheck(f"row {row} does not fit: look for a typing mistake in it")
    if len(letters) != ROW_LETTERS:
        raise wrong
    try:
        data = read_base32(letters[:-_CHECK_LETTERS])
    except WrongCheck:
        raise wrong from None
    if _with_check(data, row=row) != letters:
        raise wrong
    return data


def _with_check(data: bytes, *, row: int) -> str:
    """15 bits: one mistake in thirty thousand passes its row, and then the owner does not fit."""
    check = sha256(LABEL + bytes([row]) + data).digest()
    return write_base32(data) + write_base32(check[:2])[:_CHECK_LETTERS]
