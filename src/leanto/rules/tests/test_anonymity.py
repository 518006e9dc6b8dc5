"""When who asks may be guessed."""

import pytest

from leanto.rules.anonymity import is_small


@pytest.mark.parametrize(
    ("members", "small"),
    [
        ([], False),
        ([49], True),
        ([50], False),
        ([20, 29], True),
        ([20, 30], False),
        ([20, None], False),
    ],
)
def test_below_fifty_in_all_a_program_is_small(*, members: list[int | None], small: bool) -> None:
    """A region makes up for a small agency only if enough people are in it."""
    assert is_small(members) is small
