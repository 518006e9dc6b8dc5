"""The key on paper: what its holder types when every file is gone. spec/keysheets.md, Sheet."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leanto.programkey.keyfile import KeyRefused, public_half
from leanto.wire.charter import fingerprint
from leanto.wire.errors import WireError
from leanto.wire.keysheets import OWNER_SIZE, KeySheet


def sheet_of(key: Ed25519PrivateKey) -> KeySheet:
    """What is printed of this key: all of it."""
    return KeySheet(key.private_bytes_raw(), fingerprint(public_half(key))[:OWNER_SIZE])


def key_on(text: str) -> Ed25519PrivateKey:
    """The key on this sheet, as typed or scanned. Raises KeyRefused, and says where to look."""
    try:
        sheet = KeySheet.read(text)
    except WireError as slip:
        raise KeyRefused(f"This is not the whole sheet: {slip}.") from None
    key = Ed25519PrivateKey.from_private_bytes(sheet.secret)
    if sheet_of(key) != sheet:
        raise KeyRefused("Each row fits, but they are not of one sheet. Type them from one.")
    return key
