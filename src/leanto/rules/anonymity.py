"""Whether so few people can ask that who it is may be guessed."""

from collections.abc import Iterable

FEWEST_MEMBERS = 50
"""Below this many in all, a program is confidential and not anonymous."""


def is_small(members: Iterable[int | None]) -> bool:
    """May whoever asks be guessed, by how many serve at each agency of the program?

    Not said of a program of which a number is missing, or that has no agency yet.
    """
    known = list(members)
    if not known or any(count is None for count in known):
        return False
    return sum(count for count in known if count is not None) < FEWEST_MEMBERS
