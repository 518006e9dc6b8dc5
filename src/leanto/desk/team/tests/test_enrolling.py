"""Cleo leads her peers through enrolment one after another, and sees who waits for whom."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client

from leanto.desk.audit.models import Entry
from leanto.desk.bulletin.queries import charter
from leanto.desk.conftest import KeyHolder
from leanto.desk.enrolment.models import Enrolment
from leanto.desk.enrolment.saying import say_standing
from leanto.desk.enrolment.tests.ben import Phone, enrolled
from leanto.desk.people.models import Staff
from leanto.desk.roster.actions import add_agency, invite_peer, stand_down
from leanto.desk.roster.models import Agency, Peer
from leanto.desk.roster.remits import set_remit
from leanto.desk.site import configuration
from leanto.desk.site.configuration import DeskConfig
from leanto.desk.team.enrolling import on_the_way
from leanto.rules.weeks import day_of
from tests.harness.postoffice import PostOffice, post_office
from tests.harness.staff import browser_of, member_with_second_step

HOUR = timedelta(hours=1)


@pytest.fixture
def office(program: DeskConfig, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    with post_office() as found:
        monkeypatch.setattr(configuration, "_config", replace(program, mail=found.mail))
        yield found


@pytest.fixture
def cleo(program: DeskConfig) -> Staff:
    return member_with_second_step()


@pytest.fixture
def gus(program: DeskConfig, now: datetime) -> Peer:
    """Of another agency than Ben, on the roster and nothing more."""
    agency = add_agency(code="millbrook", name="Millbrook Police", by=None, now=now)
    return invite_peer(
        name="Gus Hale",
        agency=agency,
        unit=None,
        chain_of_command="",
        reserve=False,
        by=None,
        now=now - HOUR,
    )


def steps(now: datetime) -> list[tuple[str, str]]:
    return [(one.peer.name, one.step) for one in on_the_way(Peer.objects.all(), now=now)]


def test_each_stands_where_they_are_until_all_are_ready(
    gus: Peer, key_holder: KeyHolder, now: datetime
) -> None:
    """Ready is whoever was reached by a test and whose phone opened what was sealed to it."""
    phone = Phone(charter().program_id)
    enrolled("Ben", sign=key_holder.vouch, now=now - HOUR, phone=phone, weeks=2)
    assert steps(now) == [("Gus Hale", "none"), ("Ben", "untested")]
    today = day_of(now)
    say_standing(body=phone.standing(now=now, reached_day=today), now=now)
    assert steps(now) == [("Gus Hale", "none"), ("Ben", "unopened")]
    later = now + HOUR
    say_standing(body=phone.standing(now=later, reached_day=today, opened_day=today), now=later)
    stand_down(peer=gus, by=None, now=later)
    assert steps(later) == [("Ben", "ready")]


def test_an_invitation_goes_by_mail_and_its_address_stays_nowhere(
    office: PostOffice, cleo: Staff, gus: Peer
) -> None:
    """Who serves is in no table, no line of audit and no page by their own address."""
    browser, door = browser_of(cleo), f"/peers/{gus.pk}/keys/mail/"
    assert "Send it by e-mail" in browser.get("/peers/enrolling/").content.decode()
    answer = browser.post(door, {"to": "gus@example.org", "language": "es"})
    assert answer.status_code == 302
    (letter,) = office.letters
    text = letter.message.get_content()
    assert (letter.to, text.count("#invitation=")) == ("gus@example.org", 1)
    assert "Su invitación" in letter.message["Subject"]
    assert Enrolment.objects.get(peer=gus).state == Enrolment.State.INVITED
    assert not Entry.objects.filter(on__contains="@").exists()
    assert Entry.objects.filter(act="mailed-invitation", on="Gus Hale").count() == 1


@pytest.mark.parametrize("to", ["gus@example.org\nBcc: max@example.org", "gus", "", "a@b.c, d@e.f"])
def test_what_is_no_address_gets_no_letter(
    office: PostOffice, cleo: Staff, gus: Peer, to: str
) -> None:
    """No second reader, and no invitation that nobody gets."""
    door = f"/peers/{gus.pk}/keys/mail/"
    assert browser_of(cleo).post(door, {"to": to, "language": "en"}).status_code == 200
    assert not office.letters
    assert not Enrolment.objects.exists()


def test_a_letter_that_is_not_taken_leaves_no_invitation(
    office: PostOffice, cleo: Staff, gus: Peer
) -> None:
    """Cleo is told, and prints it instead."""
    office.mood = "refuse"
    door = f"/peers/{gus.pk}/keys/mail/"
    page = browser_of(cleo).post(door, {"to": "gus@example.org", "language": "en"})
    assert "did not take the letter" in page.content.decode()
    assert set(Enrolment.objects.values_list("state", flat=True)) == {Enrolment.State.ENDED}


def test_who_looks_after_one_agency_leads_and_brings_in_its_peers_alone(
    cleo: Staff, gus: Peer, key_holder: KeyHolder, now: datetime
) -> None:
    """Another agency's names are not theirs to see, nor to add to."""
    enrolled("Ben", sign=key_holder.vouch, now=now - HOUR)
    dev: Client = browser_of(held := member_with_second_step("Dev Rao"))
    harlow = Agency.objects.get(code="harlow-pd")
    set_remit(person=held, agencies=[harlow], by=cleo, now=now)
    page = dev.get("/peers/enrolling/").content.decode()
    assert "Ben" in page
    assert "Gus Hale" not in page
    sent = {"text": "name,agency\nFay,millbrook\n", "column-0": "name", "column-1": "agency"}
    assert "that you look after" in dev.post("/peers/bring-in/", sent).content.decode()
    rota = {
        "text": "peer,start,end\nGus Hale,2026-12-01 22:00,2026-12-02 06:00\n",
        "column-0": "peer",
        "column-1": "start",
        "column-2": "end",
        "order": "iso",
    }
    assert "There is no peer “Gus Hale”" in dev.post("/rota/bring-in/", rota).content.decode()
    assert dev.get(f"/peers/{gus.pk}/keys/mail/").status_code == 404
