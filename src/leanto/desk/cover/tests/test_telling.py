"""Cleo is told by mail what the rota lacks: in time, once a day, and when it is mended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from leanto.desk.bulletin.actions import publish
from leanto.desk.bulletin.models import Publication
from leanto.desk.conftest import NOW, KeyHolder
from leanto.desk.cover.models import MailTrouble, Told
from leanto.desk.cover.telling import tell
from leanto.desk.enrolment.tests.ben import enrolled
from leanto.desk.opening.models import Opening
from leanto.desk.opening.rehearsal import open_rehearsal
from leanto.desk.roster.actions import mark_backstop, stand_down
from leanto.desk.roster.models import Peer
from leanto.desk.rota.actions import add_shift, remove_shift, set_wanted
from leanto.desk.rota.models import Shift
from leanto.desk.site import configuration
from leanto.desk.site.configuration import DeskConfig
from tests.harness.postoffice import PostOffice, post_office
from tests.harness.staff import browser_of, member_with_second_step

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLEO = "cleo@example.org"


@pytest.fixture
def office(program: DeskConfig, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """The program's mail server; the program is open."""
    open_rehearsal(now=NOW)
    with post_office() as found:
        monkeypatch.setattr(configuration, "_config", replace(program, mail=found.mail))
        yield found


@pytest.fixture
def region(office: PostOffice, key_holder: KeyHolder, now: datetime) -> list[Peer]:
    """Cleo at the desk; Ben on duty for three weeks, Dev and Fay his backstops: all is well."""
    member_with_second_step()
    peers = [
        enrolled(name, sign=key_holder.vouch, now=now - 2 * HOUR, weeks=5)
        for name in ("Ben", "Dev", "Fay")
    ]
    on_duty(peers[0], now - DAY, now + 21 * DAY, now=now - HOUR)
    for one in peers[1:]:
        mark_backstop(peer=one, since=now.date(), by=None, now=now - HOUR)
    set_wanted(by_day=1, by_night=1, by=None, now=now - HOUR)
    publish(now=now - HOUR)
    Publication.objects.update(pushed=Publication.Pushed.YES)
    return peers


def on_duty(peer: Peer, start: datetime, until: datetime, *, now: datetime) -> Shift:
    return add_shift(peer=peer, start=start, until=until, tier=0, by=None, now=now)


def hole(ben: Peer, start: datetime, until: datetime, *, now: datetime) -> None:
    """Ben's shift is cut in two, and between them nobody is on duty."""
    shift = Shift.objects.get()
    late, shift.until = shift.until, start
    shift.save()
    on_duty(ben, until, late, now=now)


def told(office: PostOffice) -> list[str]:
    """What each letter to Cleo says first, without when."""
    first = (text.splitlines()[0] for text in office.texts(to=CLEO))
    return [line.removeprefix("- ").partition(":")[0] for line in first]


def test_what_is_well_makes_no_mail(region: list[Peer], office: PostOffice, now: datetime) -> None:
    """Silence is what a good rota earns; the minutes alone say nothing."""
    for minute in range(3):
        tell(now=now + minute * HOUR / 60)
    assert office.letters == []


def test_a_hole_is_told_as_it_comes_nearer_and_once_a_day(
    region: list[Peer], office: PostOffice, now: datetime
) -> None:
    """Three days ahead, a day later, a day ahead, when it is there; and then that it is over."""
    start = now + 4 * DAY
    hole(region[0], start, start + 3 * HOUR, now=now)
    when: list[int] = []
    for hours in range(-80, 6):
        tell(now=start + hours * HOUR)
        when += [hours] * (len(office.letters) - len(when))
    assert when == [-71, -47, -24, 0, 3]
    assert told(office) == ["Nobody is on duty"] * 4 + ["Mended"]
    letter = office.letters[0].message
    assert letter["Subject"] == "Please look at your desk / Por favor, mire su mesa de trabajo"
    text = letter.get_content()
    assert "No hay nadie de guardia" in text
    for name in ("Ben", "Dev", "Fay", "Harlow"):
        assert name not in text


def test_standing_down_goes_through_and_is_told_at_once(
    region: list[Peer], office: PostOffice, now: datetime
) -> None:
    """Whoever must go goes now; that nobody is left is said within the minute."""
    for one in region:
        stand_down(peer=one, by=None, now=now)
    tell(now=now)
    (text,) = office.texts(to=CLEO)
    for sentence in ("Nobody at all would be rung", "Nobody is on duty", "There is no backstop"):
        assert sentence in text


def test_mail_that_is_refused_is_shown_and_comes_later(
    region: list[Peer], office: PostOffice, now: datetime
) -> None:
    """A mail server that says no, or is away, costs time and no alarm."""
    remove_shift(shift=Shift.objects.get(), by=None, now=now)
    office.mood = "refuse"
    tell(now=now)
    tell(now=now + HOUR)
    assert office.letters == []
    assert not Told.objects.exists()
    assert MailTrouble.objects.get().since == now
    page = browser_of(member_with_second_step("Dee Marsh")).get("/cover/").content.decode()
    assert "the mail server takes no mail to coordinators" in page
    office.mood = "take"
    tell(now=now + 2 * HOUR)
    assert told(office) == ["Nobody is on duty"]
    assert not MailTrouble.objects.exists()


def test_an_alarm_that_came_back_within_the_day_is_not_told_twice_in_it(
    region: list[Peer], office: PostOffice, now: datetime
) -> None:
    """Whoever tries things at the rota is not mailed for each; the page shows it all the while."""
    ben, shift = region[0], Shift.objects.get()
    for hours in range(3):
        remove_shift(shift=shift, by=None, now=now)
        tell(now=now + hours * HOUR)
        shift = on_duty(ben, now - DAY, now + 21 * DAY, now=now)
        tell(now=now + hours * HOUR)
    assert told(office) == ["Nobody is on duty", "Mended"]


def test_a_clock_that_was_a_year_ahead_silences_nothing(
    region: list[Peer], office: PostOffice, now: datetime
) -> None:
    """What was told next year is told again today; an hour back tells once more, and no oftener."""
    remove_shift(shift=Shift.objects.get(), by=None, now=now)
    tell(now=now + 365 * DAY)
    office.letters.clear()
    tell(now=now)
    assert "Nobody is on duty" in office.texts(to=CLEO)[0]
    office.letters.clear()
    tell(now=now - HOUR)
    tell(now=now)
    assert len(office.letters) == 1


def test_before_the_opening_nobody_is_troubled(
    region: list[Peer], office: PostOffice, now: datetime
) -> None:
    """Nobody can ask yet: a rota that is being filled is no alarm."""
    Opening.objects.update(opened_on=None)
    for one in region:
        stand_down(peer=one, by=None, now=now)
    tell(now=now)
    assert office.letters == []


def test_before_the_first_bulletin_nobody_is_troubled(
    program: DeskConfig, office: PostOffice, now: datetime
) -> None:
    """A program that is still being set up has no cover yet, and nobody who could ask."""
    member_with_second_step()
    tell(now=now)
    assert office.letters == []
