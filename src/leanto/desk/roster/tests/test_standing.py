"""Ben serves, and stops serving; what was stays proved."""

from datetime import datetime, timedelta

import pytest

from leanto.desk.people.models import Staff
from leanto.desk.roster import actions
from leanto.desk.roster.models import Agency, Peer
from leanto.desk.roster.queries import status_of
from leanto.desk.rota.actions import NotServing, add_shift
from leanto.desk.rota.models import Shift
from leanto.desk.rota.queries import standing_shifts
from leanto.desk.site.configuration import DeskConfig
from tests.harness.staff import browser_of, member_with_second_step

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def cleo(desk: DeskConfig) -> Staff:
    """Cleo, who coordinates."""
    return member_with_second_step()


@pytest.fixture
def ben(cleo: Staff, now: datetime) -> Peer:
    """Ben, invited thirty days ago and enrolled twenty days ago."""
    harlow = actions.add_agency(code="harlow-pd", name="Harlow Police", by=cleo, now=now)
    peer = actions.invite_peer(
        name="Ben Okafor",
        agency=harlow,
        unit=None,
        chain_of_command="",
        reserve=False,
        by=cleo,
        now=now - 30 * DAY,
    )
    actions.mark_enrolled(peer=peer, handle="Ben", by=cleo, now=now - 20 * DAY)
    return peer


def test_standing_is_known_for_any_day(ben: Peer, cleo: Staff, now: datetime) -> None:
    """In court it may matter whether somebody was a designated peer on that very day."""
    actions.stand_down(peer=ben, by=cleo, now=now)
    story = [status_of(ben, at=now - days * DAY) for days in (31, 30, 21, 20, 1, 0)]
    assert story == [None, "invited", "invited", "enrolled", "enrolled", "stood-down"]


def test_standing_down_ends_duty_now_and_keeps_what_was(
    ben: Peer, cleo: Staff, now: datetime
) -> None:
    """Off the rota at once; the hours he served stay as they were."""
    served = add_shift(
        peer=ben, start=now - 2 * HOUR, until=now + 2 * HOUR, tier=0, by=cleo, now=now
    )
    add_shift(peer=ben, start=now + DAY, until=now + DAY + HOUR, tier=0, by=cleo, now=now)
    actions.stand_down(peer=ben, by=cleo, now=now)
    assert not standing_shifts(now=now).exists()
    left = Shift.objects.get()
    assert (left.pk, left.until) == (served.pk, now)
    with pytest.raises(NotServing):
        add_shift(peer=ben, start=now + DAY, until=now + 2 * DAY, tier=0, by=cleo, now=now)
    with pytest.raises(actions.NotPossible):
        actions.stand_down(peer=ben, by=cleo, now=now)


def test_the_page_shows_how_everyone_stood_on_a_day(ben: Peer, cleo: Staff, now: datetime) -> None:
    """Cleo asks for a day in the past and sees that day, not today."""
    browser = browser_of(cleo)
    before = (now - 25 * DAY).date().isoformat()
    assert "Enrolled" in browser.get("/peers/").content.decode()
    past = browser.get("/peers/", {"day": before}).content.decode()
    assert "Ben Okafor" in past
    assert "Invited" in past
    assert "Enrolled" not in past


def test_cleo_invites_and_stands_down_by_the_pages(cleo: Staff, now: datetime) -> None:
    """The whole way by form and button, as she does it."""
    browser = browser_of(cleo)
    browser.post("/peers/agencies/", {"agency-name": "Reed County Sheriff", "agency-code": "reed"})
    agency = Agency.objects.get()
    browser.post("/peers/agencies/", {"unit-agency": agency.pk, "unit-name": "Jail"})
    form = {"name": "Deke Larsson", "agency": agency.pk, "unit": agency.units.get().pk}
    page = browser.post("/peers/invite/", form, follow=True)
    assert "Deke Larsson" in page.content.decode()
    deke = Peer.objects.get()
    assert "No reason is asked" in browser.get(f"/peers/{deke.pk}/stand-down/").content.decode()
    browser.post(f"/peers/{deke.pk}/stand-down/")
    assert status_of(deke, at=now) == "stood-down"
    again = browser.post(f"/peers/{deke.pk}/stand-down/")
    assert again.status_code == 409


def test_a_unit_of_another_agency_is_refused_with_a_sentence(cleo: Staff, now: datetime) -> None:
    """A wrong unit would put an officer before a colleague from their own."""
    one = actions.add_agency(code="a", name="Ash Falls", by=cleo, now=now)
    other = actions.add_agency(code="b", name="Harlow", by=cleo, now=now)
    unit = actions.add_unit(agency=other, name="Patrol", by=cleo, now=now)
    form = {"name": "Ben Okafor", "agency": one.pk, "unit": unit.pk}
    page = browser_of(cleo).post("/peers/invite/", form).content.decode()
    assert "This unit belongs to Harlow" in page
    assert not Peer.objects.exists()


def test_who_leads_others_shows_a_rank_and_serves_other_agencies_only(
    ben: Peer, cleo: Staff, now: datetime
) -> None:
    """A form without the rank is refused; the page says that nobody is offered him here yet."""
    browser = browser_of(cleo)
    form = {"name": ben.name, "agency": ben.agency_id, "supervises": "on"}
    refused = browser.post(f"/peers/{ben.pk}/change/", form)
    assert "Write their rank" in refused.content.decode()
    browser.post(f"/peers/{ben.pk}/change/", form | {"rank": "Captain"})
    page = f"/peers/{ben.pk}/"
    assert "so nobody is offered this peer" in browser.get(page).content.decode()
    actions.add_agency(code="reed", name="Reed County", by=cleo, now=now)
    shown = browser.get(page).content.decode()
    assert "Captain" in shown
    assert "They do not count as cover" in shown


def test_a_program_for_few_people_is_told_to_join_a_region(cleo: Staff, now: datetime) -> None:
    """The page says so, and takes it back when enough people are served together."""
    browser = browser_of(cleo)
    for code, count, small in (("ash", 30, True), ("reed", 40, False)):
        agency = actions.add_agency(code=code, name=code, by=cleo, now=now)
        browser.post("/peers/agencies/", {"members-agency": agency.pk, "members-count": count})
        page = browser.get("/peers/agencies/").content.decode()
        assert ("join other agencies in a region" in page) is small
