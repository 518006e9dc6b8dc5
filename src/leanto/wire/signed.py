"""What every signed thing shares: Ed25519 over a label and everything before the signature.

Nothing here checks a signature: callers verify `signed_part()` with the key they trust, once they
have asked whether it can be trusted at all.
"""

SIGNATURE_SIZE = 64
NOT_SIGNED = bytes(SIGNATURE_SIZE)
"""Stands in the place of a signature that is still to be made; it verifies for no key."""

_PRIME = 2**255 - 19
_SIGN_BIT = 1 << 255
# y of every point whose order divides 8; each stands for itself and for its mirror image.
_SMALL_ORDER = frozenset(
    int.from_bytes(bytes.fromhex(one), "little")
    for one in (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    )
)


def is_worthless(public_key: bytes) -> bool:
    """Is this an Ed25519 key (32 bytes) by which nobody could be known? spec/README.md.

    One of small order fits signatures that nobody made; one that is not in its one encoding (y not
    below the field's prime) is read differently by different libraries. `cryptography` takes both.
    """
    y = int.from_bytes(public_key, "little") & ~_SIGN_BIT
    return y >= _PRIME or y in _SMALL_ORDER
