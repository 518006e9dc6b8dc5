"""Cleo is told no, when and what to do first, before anybody would ask and reach no one."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from leanto.desk.audit.acts import Act
from leanto.desk.audit.models import Entry
from leanto.desk.bulletin.queries import charter
from leanto.desk.conftest import KeyHolder
from leanto.desk.enrolment.saying import say_standing
from leanto.desk.enrolment.tests.ben import Phone, enrolled
from leanto.desk.roster.actions import mark_backstop
from leanto.desk.roster.models import Peer
from leanto.desk.rota.actions import add_shift
from leanto.desk.rota.models import Shift
from leanto.desk.site.configuration import DeskConfig
from tests.harness.staff import browser_of, member_with_second_step

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def phone(program: DeskConfig) -> Phone:
    return Phone(charter().program_id)


@pytest.fixture
def ben(phone: Phone, key_holder: KeyHolder, now: datetime) -> Peer:
    """On duty tonight; nobody else is there."""
    peer = enrolled("Ben", sign=key_holder.vouch, now=now - HOUR, phone=phone, weeks=4)
    add_shift(peer=peer, start=now, until=now + 12 * HOUR, tier=0, by=None, now=now)
    return peer


@pytest.fixture
def cleo(ben: Peer) -> Client:
    return browser_of(member_with_second_step())


def test_the_last_one_on_duty_is_not_taken_off(cleo: Client, ben: Peer, now: datetime) -> None:
    """The page says when and what to do; the shift stands, and no line of audit says otherwise."""
    path = f"/rota/{Shift.objects.get().pk}/remove/"
    answer = cleo.post(path)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nobody at all would be rung on Wed, Nov 25, 06:00 to 18:00" in page
    assert "First put somebody else on duty" in page
    assert Shift.objects.exists()
    assert not Entry.objects.filter(act=Act.REMOVED_SHIFT).exists()
    mark_backstop(peer=ben, since=now.date(), by=None, now=now)
    assert cleo.post(path).status_code == 302
    assert not Shift.objects.exists()
    end = f"/peers/{ben.pk}/backstop/end/"
    assert cleo.post(end).status_code == 409
    assert Peer.objects.get().backstop_since == now.date()


def test_a_shift_that_is_moved_away_says_so_at_the_form(cleo: Client, ben: Peer) -> None:
    """What Cleo typed stays in the form, beside the reason."""
    form = {
        "peer": ben.pk,
        "from_day": "2026-11-25",
        "from_time": "08:00",
        "until_day": "2026-11-25",
        "until_time": "18:00",
        "tier": "0",
    }
    page = cleo.post(f"/rota/{Shift.objects.get().pk}/", form).content.decode()
    assert "Nobody at all would be rung on Wed, Nov 25, 06:00 to 08:00" in page
    assert 'value="08:00"' in page


def test_a_name_without_a_live_key_covers_nothing(
    cleo: Client, key_holder: KeyHolder, now: datetime
) -> None:
    """Dev is on the rota and has handed in no key: whoever asks would ring nobody."""
    dev = enrolled("Dev", sign=key_holder.vouch, now=now - HOUR)
    add_shift(peer=dev, start=now, until=now + 12 * HOUR, tier=0, by=None, now=now)
    bens = Shift.objects.get(peer__name="Ben")
    assert cleo.post(f"/rota/{bens.pk}/remove/").status_code == 409


def test_bens_own_no_is_never_refused(cleo: Client, ben: Peer, phone: Phone, now: datetime) -> None:
    """Reserve is consent: his word from his own phone counts, and over what Cleo once ticked."""
    Peer.objects.update(reserve=True)
    Shift.objects.all().delete()
    say_standing(body=phone.standing(now=now), now=now)
    page = cleo.get(f"/peers/{ben.pk}/").content.decode()
    assert "as they say in their own pocket" in page
    form = {"name": "Ben", "agency": ben.agency_id, "reserve": "on"}
    assert cleo.post(f"/peers/{ben.pk}/change/", form).status_code == 302
    assert "as they say in their own pocket" in cleo.get(f"/peers/{ben.pk}/").content.decode()
    shown = cleo.get("/cover/").content.decode()
    assert "Nobody at all would be rung" in shown
