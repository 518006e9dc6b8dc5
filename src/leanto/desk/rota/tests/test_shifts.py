"""Cleo keeps the rota: each change is told plainly, written down and published."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from leanto.desk.audit.models import Entry
from leanto.desk.bulletin.models import Publication
from leanto.desk.roster import actions as roster
from leanto.desk.roster.models import Peer
from leanto.desk.rota.models import Shift
from leanto.desk.site.configuration import DeskConfig
from tests.harness.staff import browser_of, member_with_second_step

NIGHT = {
    "from_day": "2026-11-25",
    "from_time": "22:00",
    "until_day": "2026-11-26",
    "until_time": "06:00",
    "tier": "0",
}


@pytest.fixture
def ben(program: DeskConfig, now: datetime) -> Peer:
    """Ben, enrolled."""
    agency = roster.add_agency(code="harlow-pd", name="Harlow Police", by=None, now=now)
    peer = roster.invite_peer(
        name="Ben Okafor",
        agency=agency,
        unit=None,
        chain_of_command="",
        reserve=False,
        by=None,
        now=now,
    )
    roster.mark_enrolled(peer=peer, handle="Ben", by=None, now=now)
    return peer


@pytest.fixture
def cleos_browser(ben: Peer) -> Client:
    """Cleo's browser, signed in."""
    return browser_of(member_with_second_step())


def said(browser: Client, path: str, form: dict[str, Any]) -> str:
    """What the page says after a form is sent."""
    return browser.post(path, form, follow=True).content.decode()


@pytest.mark.django_db
def test_a_shift_is_added_changed_and_removed(cleos_browser: Client, ben: Peer) -> None:
    """The week shows it in Chicago's hours, and each act is one line of audit."""
    page = said(cleos_browser, "/rota/add/", NIGHT | {"peer": ben.pk})
    assert "22:00 to Thu 06:00" in page
    shift = Shift.objects.get()
    later = NIGHT | {"peer": ben.pk, "until_time": "07:00"}
    assert "22:00 to Thu 07:00" in said(cleos_browser, f"/rota/{shift.pk}/", later)
    said(cleos_browser, f"/rota/{shift.pk}/remove/", {})
    assert not Shift.objects.exists()
    acts = Entry.objects.filter(act__contains="shift").values_list("act", flat=True)
    assert sorted(acts) == ["added-shift", "changed-shift", "removed-shift"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"until_day": "2026-11-25"}, "The shift ends before it begins"),
        ({"from_day": "2027-03-14", "from_time": "02:30"}, "The clock jumps over this time"),
        ({"peer": "00000000-0000-4000-8000-000000000000"}, "Select a valid choice"),
    ],
)
def test_a_shift_that_cannot_be_is_refused_with_a_sentence(
    cleos_browser: Client, ben: Peer, change: dict[str, str], sentence: str
) -> None:
    """Nothing is saved half, and the sentence says what to change."""
    assert sentence in said(cleos_browser, "/rota/add/", NIGHT | {"peer": str(ben.pk)} | change)
    assert not Shift.objects.exists()


@pytest.mark.django_db
def test_nobody_is_in_two_places_at_once(cleos_browser: Client, ben: Peer) -> None:
    """An overlap would count one peer as two."""
    said(cleos_browser, "/rota/add/", NIGHT | {"peer": ben.pk})
    page = said(cleos_browser, "/rota/add/", NIGHT | {"peer": ben.pk, "from_time": "23:00"})
    assert "has a shift from 11/25/2026 22:00 already" in page
    assert Shift.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_of_the_rota_is_published_once_it_is_saved(
    cleos_browser: Client, ben: Peer
) -> None:
    """A peer who is on the rota but in no bulletin would never be rung."""
    Publication.objects.all().delete()
    said(cleos_browser, "/rota/add/", NIGHT | {"peer": ben.pk})
    assert Publication.objects.count() == 1
