"""Chance that can be asked again: each draw has a name, so that every policy meets the same world.

Whether Ben would have answered request 17 is one draw, the same whether a policy rings him first,
last or never. Differences between policies are then differences between policies.
"""

import math
from enum import IntEnum
from statistics import NormalDist

_MASK = (1 << 64) - 1
_NORMAL = NormalDist()
# Odd and unlike each other: where a draw stands among all draws.
_SEED, _FIRST, _SECOND, _PURPOSE = (
    0x9E3779B97F4A7C15,
    0xD1342543DE82EF95,
    0xAF251AF3B0F025B5,
    0xB564EF22EC7AECE5,
)


class Purpose(IntEnum):
    """What a draw decides. The numbers are part of the seed: append, never renumber."""

    PERSON = 1
    RESERVE = 2
    ROTA_ORDER = 3
    ARRIVALS = 4
    HOUR = 5
    SECOND = 6
    AVAILABLE = 7
    MUST_NOT = 8
    SHOCK = 9
    PATIENCE = 10
    ACCEPTS = 11
    ACCEPT_DELAY = 12
    PASSES = 13
    PASS_DELAY = 14
    TALK = 15
    HEAVY = 16
    HELPLINE = 17
    HELPLINE_DELAY = 18
    LIST_ACCEPTS = 19
    LIST_GIVES_UP = 20
    LIST_CALLS_BACK = 21
    LIST_CALLS_BACK_DELAY = 22
    COPY = 23
    CHOSEN = 24
    RUNG_AGAIN = 25


class Chance:
    """All the chance of one history."""

    __slots__ = ("_start",)

    def __init__(self, seed: int) -> None:
        self._start = seed * _SEED

    def share(self, purpose: Purpose, first: int, second: int = 0) -> float:
        """A number in (0, 1); `first` and `second` say for whom: request, peer, day."""
        key = self._start + first * _FIRST + second * _SECOND + purpose * _PURPOSE
        return ((_mixed(key & _MASK) >> 12) + 0.5) / (1 << 52)

    def normal(self, purpose: Purpose, first: int, second: int = 0) -> float:
        """A number of the normal distribution with mean 0 and standard deviation 1."""
        return _NORMAL.inv_cdf(self.share(purpose, first, second))

    def exponential(self, purpose: Purpose, first: int, second: int = 0) -> float:
        """A number of the exponential distribution with mean 1."""
        return -math.log(self.share(purpose, first, second))


def _mixed(key: int) -> int:
    """The finalizer of splitmix64 (Steele, Lea and Flood 2014), twice: keys differ in few bits."""
    for _ in range(2):
        key = ((key ^ (key >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        key = ((key ^ (key >> 27)) * 0x94D049BB133111EB) & _MASK
        key ^= key >> 31
    return key
