"""To whom a request is sealed, and in which order: the pocket's rule, for who plays a pocket.

The twin of pocket/src/rules/slots.ts; spec/vectors/asked.json holds for both.
"""

from collections.abc import Sequence
from enum import StrEnum

SLOTS = 12
BACKSTOPS = 2


class Standing(StrEnum):
    """How somebody stands to a request, now. Whoever is on duty is that first."""

    CHOSEN = "chosen"
    ON_DUTY = "on-duty"
    BACKSTOP = "backstop"
    """Agreed to be rung when nobody answers."""
    SHOWS = "shows"
    """Shows available, or is in reserve."""
    REST = "rest"
    """Their shift is another time."""


def slot_order(*, standings: Sequence[Standing], chances: Sequence[float]) -> tuple[int, ...]:
    """Whose copies fill the twelve slots, as places in `standings`?

    The chosen one, those on duty, two backstops, those who show available, the rest; in each group
    the smallest of `chances`, in [0, 1) and one for each, comes first. Two backstops always: a
    request that nobody answers ends at somebody who agreed to that, however many are on duty.
    Conflicts are gone already.
    """
    shuffled = sorted(range(len(standings)), key=lambda at: chances[at])

    def those(standing: Standing) -> list[int]:
        return [at for at in shuffled if standings[at] is standing]

    backstops = those(Standing.BACKSTOP)
    net, more = backstops[:BACKSTOPS], backstops[BACKSTOPS:]
    first = (those(Standing.CHOSEN) + those(Standing.ON_DUTY))[: SLOTS - len(net)]
    order = first + net + those(Standing.SHOWS) + those(Standing.REST) + more
    return tuple(order[:SLOTS])
