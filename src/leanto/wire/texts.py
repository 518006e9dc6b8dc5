"""Canonical text: UTF-8, NFC, no control character but the line feed."""

from unicodedata import is_normalized

from leanto.wire.errors import WrongLayout


def read_text(data: bytes) -> str:
    """The text these bytes spell, or WrongLayout. Nothing is repaired."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise WrongLayout("text is not UTF-8") from None
    _refuse_unless_canonical(text)
    return text


def write_text(text: str) -> bytes:
    """The bytes of a canonical text; WrongLayout for any other, so that we never send one."""
    _refuse_unless_canonical(text)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise WrongLayout("text has half a character") from None


def _refuse_unless_canonical(text: str) -> None:
    if any(letter < " " and letter != "\n" for letter in text):
        raise WrongLayout("text has a control character")
    if not is_normalized("NFC", text):
        raise WrongLayout("text is not in NFC")
