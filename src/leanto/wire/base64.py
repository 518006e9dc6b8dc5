"""Base64url without padding, read strictly: one text for the same bytes. spec/README.md."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from re import fullmatch

from leanto.wire.errors import WrongLayout


def write_base64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode("ascii").rstrip("=")


def read_base64(text: str) -> bytes:
    """The bytes, or WrongLayout for a foreign letter, padding, or spare bits that are not zero."""
    if not fullmatch(r"[A-Za-z0-9_-]*", text) or len(text) % 4 == 1:
        raise WrongLayout("this is not base64url without padding")
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if write_base64(data) != text:
        raise WrongLayout("this is not base64url without padding")
    return data
