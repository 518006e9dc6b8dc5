"""Renewing everything that a program key signed, in one sitting: the charter, and every vouch in
force. spec/bulletin.md, Renewal.

No words are compared here, so nobody new comes in here: a vouch is renewed only for a handle and
keys that the program key vouched for before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from leanto.programkey.keyfile import KeyRefused, public_half
from leanto.programkey.signing import naming_successor, under
from leanto.wire.charter import Charter
from leanto.wire.errors import WireError
from leanto.wire.sheets import Heading, read_lines, write_sheet
from leanto.wire.signed import NOT_SIGNED
from leanto.wire.vouch import VOUCH_DAYS, Vouch


@dataclass(frozen=True, kw_only=True)
class Renewal:
    """What will be signed if the key holder says yes, and whose word it rests on."""

    charter: Charter
    held: Charter
    before: tuple[Vouch, ...]
    """The vouches as they stand; renewed they last until 365 days after the charter's day."""

    @property
    def succeeds(self) -> bool:
        """Whether this key takes the place of the one before, for good."""
        return self.charter.program_key != self.held.program_key

    @property
    def new_history(self) -> bool:
        """Whether no bulletin key of before is named any more."""
        return not any(self.charter.names(one.key) for one in self.held.bulletin_keys)


def read_renewal_request(
    text: str, *, key: Ed25519PrivateKey, successor: bytes | None = None
) -> Renewal:
    """What the desk asks for, checked line by line. Raises KeyRefused, and then nothing is signed.

    The charter in force says which key vouched until now: this one, or the one that named it. A
    successor is named by the charter in force, or here by the key holder, and never by the desk.
    """
    try:
        wanted, held, *vouches = read_lines(Heading.RENEWAL_REQUEST, text)
        asked, in_force = Charter.read(wanted + NOT_SIGNED), Charter.read(held)
        before = tuple(Vouch.read(one) for one in vouches)
    except (WireError, ValueError):
        raise KeyRefused("This is not a renewal request. Ask for the file again.") from None
    mine = public_half(key)
    if mine not in (in_force.program_key, in_force.successor_key):
        raise KeyRefused("The charter in force names another program key.")
    _check(in_force.program_key, in_force.signature, in_force.signed_part())
    if asked.program_id != in_force.program_id or asked.serial <= in_force.serial:
        raise KeyRefused("This charter request does not follow the charter in force.")
    for one in before:
        if one.program_id != in_force.program_id:
            raise KeyRefused(f"The vouch for {one.handle!r} is for another program.")
        _check(in_force.program_key, one.signature, one.signed_part())
    _refuse_twice([one.handle for one in before])
    named = in_force.successor_key if mine == in_force.program_key else None
    charter = naming_successor(under(key, asked), successor or named)
    return Renewal(charter=charter, held=in_force, before=before)


def sign_renewal(renewal: Renewal, *, key: Ed25519PrivateKey) -> str:
    """The signed charter and vouches, as the sheet that goes back to the desk."""
    charter = replace(renewal.charter, signature=key.sign(renewal.charter.signed_part()))
    last_day = charter.day + VOUCH_DAYS
    renewed = [replace(one, last_day=last_day, signature=NOT_SIGNED) for one in renewal.before]
    signed = [replace(one, signature=key.sign(one.signed_part())) for one in renewed]
    return write_sheet(Heading.RENEWAL, charter.write(), *(one.write() for one in signed))


def readable(vouches: Sequence[Vouch]) -> Sequence[Vouch]:
    """The same, to be read before signing. Raises KeyRefused where a handle could paint over
    others."""
    if not all(one.handle.isprintable() for one in vouches):
        raise KeyRefused("A handle holds signs that cannot be shown. Do not sign.")
    return vouches


def _refuse_twice(handles: Sequence[str]) -> None:
    """Keys that were turned off were vouched for too: a lost phone's beside the same peer's new
    ones would read like a slip of the pen."""
    if twice := sorted({one for one in handles if handles.count(one) > 1}):
        raise KeyRefused(
            f"{', '.join(map(repr, twice))} stands here twice, with other keys. One of them may be "
            "a lost phone. Do not sign."
        )


def _check(public: bytes, signature: bytes, signed_part: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, signed_part)
    except (InvalidSignature, ValueError):
        raise KeyRefused(
            "A line in this file was never signed by the program key. Do not sign."
        ) from None
