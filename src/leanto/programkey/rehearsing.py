"""Showing the desk that a key can be had back from its paper. spec/keysheets.md, Rehearsal."""

from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leanto.programkey.keyfile import KeyRefused, public_half
from leanto.wire.errors import WireError
from leanto.wire.rehearsal import Rehearsal
from leanto.wire.sheets import Heading, read_lines, write_sheet
from leanto.wire.signed import NOT_SIGNED


def lines_asked(text: str) -> list[Rehearsal]:
    """A line for each key that the desk wants rehearsed. Raises KeyRefused for another file."""
    try:
        lines = read_lines(Heading.REHEARSAL_REQUEST, text)
        return [Rehearsal.read(one + NOT_SIGNED) for one in lines]
    except WireError:
        raise KeyRefused("This is not a rehearsal request. Ask for the file again.") from None


def read_rehearsal_request(text: str, *, key: Ed25519PrivateKey) -> Rehearsal:
    """The line that the desk wants signed by this key. Raises KeyRefused if it wants none."""
    mine = [one for one in lines_asked(text) if one.key == public_half(key)]
    if len(mine) != 1:
        raise KeyRefused(
            "The sheet was typed right, but its key is neither the program key nor the successor "
            "that the charter names. Take the other sheet, or have the charter name this key."
        )
    return mine[0]


def sign_rehearsal(asked: Rehearsal, *, key: Ed25519PrivateKey) -> str:
    """The signed rehearsal, as the sheet that goes back to the desk."""
    signed = replace(asked, signature=key.sign(asked.signed_part()))
    return write_sheet(Heading.REHEARSAL, signed.write())
