"""Cards and invitations as printed: a code, a fingerprint, and four letters that catch mistakes.

spec/tokens.md and spec/enrolment.md.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from leanto.wire.base32 import plain_letters, read_base32, write_base32
from leanto.wire.errors import WrongCheck, WrongLayout

CODE_SIZE = 10
INVITATION_SIZE = 16
FINGERPRINT_SIZE = 16
TYPED_FINGERPRINT_SIZE = 10
_CARD_LABEL = b"leanto/card/1"
_INVITATION_LABEL = b"leanto/invitation/1"
_CHECK_LETTERS = 4
_CARD_MARK = "#card="
_INVITATION_MARK = "#invitation="


@dataclass(frozen=True, slots=True)
class Card:
    """`pin` is the fingerprint (16 bytes, from a link) or its start (10 bytes, as typed)."""

    code: bytes
    pin: bytes

    def __post_init__(self) -> None:
        pins = (FINGERPRINT_SIZE, TYPED_FINGERPRINT_SIZE)
        if len(self.code) != CODE_SIZE or len(self.pin) not in pins:
            raise WrongLayout("a card is a code of 10 bytes and a fingerprint")

    @classmethod
    def read(cls, text: str) -> Self:
        """Reads a card's link, the part after `#card=`, or the typed form."""
        data = _checked(text.rpartition(_CARD_MARK)[2], label=_CARD_LABEL)
        if len(data) not in (CODE_SIZE + FINGERPRINT_SIZE, CODE_SIZE + TYPED_FINGERPRINT_SIZE):
            raise WrongCheck("letters are missing or left over")
        return cls(data[:CODE_SIZE], data[CODE_SIZE:])

    def link(self, *, pocket_origin: str) -> str:
        """What the QR code holds. The part after # never reaches a server."""
        if len(self.pin) != FINGERPRINT_SIZE:
            raise WrongLayout("a link carries the whole fingerprint")
        return pocket_origin + "/" + _CARD_MARK + _with_check(self.code + self.pin, _CARD_LABEL)

    def typed(self) -> str:
        """36 letters in nine groups of four."""
        return groups(_with_check(self.code + self.pin[:TYPED_FINGERPRINT_SIZE], _CARD_LABEL))

    def pins(self, fingerprint: bytes) -> bool:
        """Does this card pin the program with this fingerprint?"""
        return fingerprint[: len(self.pin)] == self.pin


@dataclass(frozen=True, slots=True)
class Invitation:
    """How a peer comes to hand in keys: once, within 30 days."""

    invitation: bytes
    fingerprint: bytes

    def __post_init__(self) -> None:
        if len(self.invitation) != INVITATION_SIZE or len(self.fingerprint) != FINGERPRINT_SIZE:
            raise WrongLayout("an invitation is 16 bytes and a fingerprint")

    @classmethod
    def read(cls, text: str) -> Self:
        """Reads an invitation's link, or the part after `#invitation=`."""
        data = _checked(text.rpartition(_INVITATION_MARK)[2], label=_INVITATION_LABEL)
        if len(data) != INVITATION_SIZE + FINGERPRINT_SIZE:
            raise WrongCheck("letters are missing or left over")
        return cls(data[:INVITATION_SIZE], data[INVITATION_SIZE:])

    def link(self, *, pocket_origin: str) -> str:
        letters = _with_check(self.invitation + self.fingerprint, _INVITATION_LABEL)
        return pocket_origin + "/" + _INVITATION_MARK + letters


def groups(letters: str) -> str:
    """Letters in groups of four, as printed and read aloud."""
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _with_check(data: bytes, label: bytes) -> str:
    return write_base32(data) + _check(data, label)


def _check(data: bytes, label: bytes) -> str:
    """20 bits: one mistake in a million passes."""
    return write_base32(sha256(label + data).digest()[:3])[:_CHECK_LETTERS]


def _checked(text: str, *, label: bytes) -> bytes:
    letters = plain_letters(text.strip())
    data = read_base32(letters[:-_CHECK_LETTERS])
    if letters[-_CHECK_LETTERS:] != _check(data, label):
        raise WrongCheck("the last four letters do not fit: look for a typing mistake")
    return data
