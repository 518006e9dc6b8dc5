"""What Ben says about being rung stands in the next bulletin, for officers and for the mailroom."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from leanto.desk.admission.actions import turn_epochs
from leanto.desk.admission.keys import key_folder
from leanto.desk.bulletin.assembling import content
from leanto.desk.bulletin.models import Publication
from leanto.desk.bulletin.queries import charter
from leanto.desk.conftest import KeyHolder
from leanto.desk.enrolment.saying import say_standing
from leanto.desk.enrolment.tests.ben import Phone, enrolled
from leanto.desk.roster.actions import mark_backstop
from leanto.desk.roster.models import Peer
from leanto.desk.site.configuration import DeskConfig
from leanto.rules.weeks import day_of, minute_of
from leanto.wire.duty import DutyPart, DutyShift
from leanto.wire.members import MembersPart, RotaEntry, Tier

HOUR = timedelta(hours=1)
CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture
def phone(program: DeskConfig) -> Phone:
    return Phone(charter().program_id)


@pytest.fixture
def ben(phone: Phone, key_holder: KeyHolder, now: datetime) -> Peer:
    return enrolled("Ben", sign=key_holder.vouch, now=now - HOUR, phone=phone, weeks=4)


def told(now: datetime) -> tuple[DutyShift, ...]:
    """When the mailroom may ring Ben; officers' devices are told the same."""
    turn_epochs(folder=key_folder(), today=day_of(now))
    found = content(folder=key_folder(), now=now)
    (person,) = DutyPart.read(found.duty).people
    seen = MembersPart.read(found.members).rota
    assert seen == tuple(
        RotaEntry(0, one.from_minute, one.until_minute, one.tier) for one in person.shifts
    )
    return person.shifts


def test_reserve_rings_outside_quiet_hours_and_the_switch_at_any(
    ben: Peer, phone: Phone, now: datetime
) -> None:
    """Quiet from 22 to 7 in Chicago; the switch is on from when he said so, for sixteen hours."""
    word = phone.standing(
        now=now,
        reserve_consent=1,
        quiet_from_minute=22 * 60,
        quiet_until_minute=7 * 60,
        available_until_minute=minute_of(now + 40 * HOUR),
    )
    say_standing(body=word, now=now)
    switch, *reserve = told(now)
    assert switch == DutyShift(Tier.AVAILABLE, minute_of(now), minute_of(now + 16 * HOUR))
    assert {one.tier for one in reserve} == {Tier.RESERVE}
    clocks = {
        datetime.fromtimestamp(60 * one.until_minute, UTC).astimezone(CHICAGO).hour
        for one in reserve[:-1]
    }
    assert clocks == {22}
    assert len(reserve) == 15
    off = phone.standing(now=now, said_minute=minute_of(now) + 1)
    say_standing(body=off, now=now)
    assert told(now) == ()


def test_a_backstop_is_listed_as_one_and_keeps_quiet_hours_too(
    ben: Peer, phone: Phone, now: datetime
) -> None:
    """Tier 3 for everybody who has to know whom to ask last."""
    mark_backstop(peer=ben, since=now.date(), by=None, now=now)
    (always,) = told(now)
    assert always.tier is Tier.BACKSTOP
    word = phone.standing(now=now, quiet_from_minute=0, quiet_until_minute=6 * 60)
    say_standing(body=word, now=now)
    assert {one.tier for one in told(now)} == {Tier.BACKSTOP}
    assert len(told(now)) == 15


@pytest.mark.django_db(transaction=True)
def test_a_word_is_in_a_bulletin_as_soon_as_it_is_said(
    ben: Peer, phone: Phone, now: datetime
) -> None:
    """Nobody waits for the clock: within the minute the mailroom is handed what Ben said."""
    before = Publication.objects.count()
    say_standing(body=phone.standing(now=now, reserve_consent=1), now=now)
    newest = Publication.objects.latest("serial")
    assert Publication.objects.count() == before + 1
    (person,) = DutyPart.read(bytes(newest.duty)).people
    assert [one.tier for one in person.shifts] == [Tier.RESERVE]
