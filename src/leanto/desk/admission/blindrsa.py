"""Blind signing: RFC 9474 section 4.3, the issuer's half of a pass.

The signer raises an integer that somebody unknown chose to the secret exponent. Two things go wrong
with that, and both are answered here: how long it takes depends on the integer (answer: it is
multiplied by a fresh random factor first), and one miscalculated half of the Chinese remainder
gives the key away (answer: the result is checked with the public exponent before it leaves).
"""

import secrets

from cryptography.hazmat.primitives.asymmetric import rsa


class OutOfRange(ValueError):
    """A blinded message is not a number below the modulus; its sender must blind anew."""


class Miscalculated(Exception):
    """The machine computed a wrong signature. Nothing left the room; have the hardware checked."""


class BlindSigner:
    """One issuer key, able to sign what it cannot read."""

    def __init__(self, key: rsa.RSAPrivateKey) -> None:
        numbers = key.private_numbers()
        self._p, self._q = numbers.p, numbers.q
        self._dp, self._dq, self._q_inverse = numbers.dmp1, numbers.dmq1, numbers.iqmp
        self._n, self._e = numbers.public_numbers.n, numbers.public_numbers.e
        self.length_bytes = (self._n.bit_length() + 7) // 8

    def fits(self, blinded: bytes) -> bool:
        """Whether this is a number that can be signed: asked before a batch is counted."""
        return len(blinded) == self.length_bytes and int.from_bytes(blinded) < self._n

    def sign(self, blinded: bytes) -> bytes:
        """The blind signature, as long as the modulus; the same message always gets the same one.

        Raises OutOfRange and Miscalculated.
        """
        if not self.fits(blinded):
            raise OutOfRange
        number = int.from_bytes(blinded)
        factor, inverse = self._factor()
        masked = number * pow(factor, self._e, self._n) % self._n
        signature = self._private(masked) * inverse % self._n
        if pow(signature, self._e, self._n) != number:
            raise Miscalculated
        return signature.to_bytes(self.length_bytes, "big")

    def _factor(self) -> tuple[int, int]:
        # A factor that shares a prime with n would have no inverse; it would also be the lottery.
        factor = secrets.randbelow(self._n - 2) + 2
        return factor, pow(factor, -1, self._n)

    def _private(self, number: int) -> int:
        by_p = pow(number % self._p, self._dp, self._p)
        by_q = pow(number % self._q, self._dq, self._q)
        return by_q + self._q * (self._q_inverse * (by_p - by_q) % self._p)
