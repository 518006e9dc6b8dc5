"""A ring takes one way after the other, and never waits for a way that is not there."""

import pytest

from leanto.rules.waking import places_due


@pytest.mark.parametrize(
    ("seconds", "asleep", "open_page"),
    [(-9, 1, 0), (0, 1, 0), (4, 1, 0), (5, 1, 1), (19, 1, 1), (20, 2, 2), (40, 3, 3), (59, 3, 3)],
)
def test_each_way_has_its_second(seconds: int, asleep: int, open_page: int) -> None:
    """At once where no page is open, else after five seconds; then after twenty, after forty."""
    assert places_due(rung_for_seconds=seconds, line_open=False) == asleep
    assert places_due(rung_for_seconds=seconds, line_open=True) == open_page
