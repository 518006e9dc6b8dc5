"""Stretches of time, as a coordinator reads them at three in the morning."""

from datetime import UTC, datetime, timedelta

from leanto.desk.rota.templatetags.rota_words import dated
from leanto.rules.rota import Span


def test_a_gap_of_two_weeks_is_not_told_as_one_of_no_time() -> None:
    """Monday to Monday says nothing; the second day is named by its date."""
    start = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    assert "Dec 7" in dated(Span(start=start, until=start + timedelta(days=14)))
    assert "Tue" in dated(Span(start=start, until=start + timedelta(days=1)))
