"""What rings teach, whom they tire, and what part of the day it is."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from leanto.mailroom.gauge import known_of, learn, note_ring, tiers_of
from leanto.mailroom.moment import DAY_SECONDS, Moment, moment_at
from leanto.mailroom.store.schema import MAILROOM
from leanto.mailroom.store.sqlite import connect
from leanto.rules.candidates import Tier
from leanto.rules.gauge import PartOfDay, RingEnded, prior
from leanto.wire.duty import DutyPerson, DutyShift, Standing
from leanto.wire.members import Tier as ListedTier

NOON = 20_000 * DAY_SECONDS
ALWAYS = DutyShift(ListedTier.ON_DUTY, 0, 2**32 - 1)
BEN, WATCH = b"b" * 16, b"w" * 16
DUTY = {
    BEN: DutyPerson(b"ben's no", Standing.ORDINARY, (BEN,), (ALWAYS,)),
    WATCH: DutyPerson(b"watch's!", Standing.TEST, (WATCH,), (ALWAYS,)),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = connect(tmp_path / "mailroom.sqlite")
    opened.executescript(MAILROOM.newest)
    yield opened
    opened.close()


def at(days: float, part: PartOfDay = PartOfDay.DAY) -> Moment:
    return Moment(DUTY, NOON + int(days * DAY_SECONDS), part)


def test_a_needless_ring_is_remembered_for_a_month_and_an_answer_is_none(
    store: sqlite3.Connection,
) -> None:
    """One at night counts twice; being there is no alarm; the tier learns with the person."""
    learn(store, at(0), BEN, RingEnded.ACCEPTED, NOON)
    assert known_of(store, at(0), [b"ben's no"])[b"ben's no"].alarms == 0
    learn(store, at(0, PartOfDay.NIGHT), BEN, RingEnded.CUT_SHORT, NOON - 20)
    learn(store, at(0), BEN, RingEnded.REFUSED, NOON - 20)
    assert known_of(store, at(0), [b"ben's no"])[b"ben's no"].alarms == 3
    assert known_of(store, at(90), [b"ben's no"])[b"ben's no"].alarms < 0.2
    begun = prior(tier=Tier.ON_DUTY, part=PartOfDay.DAY)
    assert tiers_of(store, PartOfDay.DAY)[Tier.ON_DUTY].tries > begun.tries + 1.9
    assert tiers_of(store, PartOfDay.EVENING)[Tier.ON_DUTY] == begun


def test_night_rings_count_for_a_week_and_days_to_come_for_nothing(
    store: sqlite3.Connection,
) -> None:
    """Rung by day nobody is tired; a clock that was ahead tires nobody."""
    for moment in (at(0), at(0, PartOfDay.NIGHT), at(1, PartOfDay.NIGHT)):
        note_ring(store, moment, BEN)
    tired = [known_of(store, at(day), [b"ben's no"])[b"ben's no"].night_rings for day in range(9)]
    assert tired == [1, 2, 2, 2, 2, 2, 2, 1, 0]


def test_the_watch_teaches_nothing_about_peers(store: sqlite3.Connection) -> None:
    """Its person always answers: learned from, it would make every peer seem likely to."""
    learn(store, at(0), WATCH, RingEnded.ACCEPTED, NOON)
    note_ring(store, at(0, PartOfDay.NIGHT), WATCH)
    assert store.execute("SELECT count(*) FROM peer_gauge").fetchone() == (0,)
    assert store.execute("SELECT count(*) FROM tier_gauge").fetchone() == (0,)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-08", 23), ("2026-11-01", 25)])
def test_both_nights_of_a_turned_clock_have_one_evening_and_one_morning(
    day: str, hours: int
) -> None:
    """By the wall: the night ends at seven whether it had seven hours, six or eight."""
    zone = ZoneInfo("America/New_York")
    midnight = datetime.fromisoformat(day).replace(tzinfo=zone).astimezone(UTC)
    moments = [midnight + timedelta(minutes=30 + 60 * hour) for hour in range(hours)]
    parts = [moment_at({}, int(one.timestamp()), zone).part for one in moments]
    night = hours - 24 + 7
    assert parts == (
        [PartOfDay.NIGHT] * night
        + [PartOfDay.DAY] * 10
        + [PartOfDay.EVENING] * 6
        + [PartOfDay.NIGHT]
    )
