"""Crockford's base32 as printed: forgiving to the eye, strict about bits. spec/README.md."""

from leanto.wire.errors import WrongCheck

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}
_SEEN_AS = str.maketrans("OIL", "011", " -")


def write_base32(data: bytes) -> str:
    """Upper case, without padding; spare bits are zero."""
    bits = len(data) * 8
    length = -(-bits // 5)
    number = int.from_bytes(data) << (length * 5 - bits)
    return "".join(_LETTERS[number >> (5 * place) & 31] for place in reversed(range(length)))


def read_base32(text: str) -> bytes:
    """The bytes, or WrongCheck: a letter that does not exist, or spare bits that are not zero."""
    values = [_VALUES.get(letter) for letter in plain_letters(text)]
    number = 0
    for value in values:
        if value is None:
            raise WrongCheck("a letter that is never printed")
        number = number << 5 | value
    size, spare = divmod(len(values) * 5, 8)
    if spare >= 5 or number & ((1 << spare) - 1):
        raise WrongCheck("letters are missing or left over")
    return (number >> spare).to_bytes(size)


def plain_letters(text: str) -> str:
    """Upper case, O as 0, I and L as 1, without the spaces and hyphens that people put in."""
    return text.upper().translate(_SEEN_AS)
