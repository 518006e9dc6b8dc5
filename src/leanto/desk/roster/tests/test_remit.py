"""A coordinator of single agencies sees the peers and shifts of those, and nobody else's."""

from datetime import datetime, timedelta
from http import HTTPStatus

import pytest

from leanto.desk.audit.models import Entry
from leanto.desk.people import actions as people
from leanto.desk.people.models import Staff
from leanto.desk.roster import actions
from leanto.desk.roster.models import Peer
from leanto.desk.roster.remits import is_for_all
from leanto.desk.rota.actions import add_shift
from leanto.desk.rota.models import Shift
from leanto.desk.site.configuration import DeskConfig
from tests.harness.staff import PASSWORD, browser_of, member_with_second_step

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def shifts(desk: DeskConfig, now: datetime) -> dict[str, Shift]:
    """A peer on duty now in each of two agencies, by the agency's code."""
    return {code: _on_duty(code, now) for code in ("harlow", "reed")}


@pytest.fixture
def fay(shifts: dict[str, Shift]) -> Staff:
    """Fay, who coordinates Harlow's peers."""
    fay = member_with_second_step("Fay Lind")
    fay.remits.create(agency=shifts["harlow"].peer.agency)
    return fay


def _on_duty(code: str, now: datetime) -> Shift:
    peer = actions.invite_peer(
        name=f"Ben of {code}",
        agency=actions.add_agency(code=code, name=f"{code} police", by=None, now=now),
        unit=None,
        chain_of_command="",
        reserve=False,
        by=None,
        now=now,
    )
    actions.mark_enrolled(peer=peer, handle=code, by=None, now=now)
    return add_shift(peer=peer, start=now, until=now + 8 * HOUR, tier=0, by=None, now=now)


def test_she_sees_and_changes_only_the_people_of_her_agency(
    fay: Staff, shifts: dict[str, Shift]
) -> None:
    """Neither a list nor a guessed address shows her anybody else."""
    browser = browser_of(fay)
    for page in ("/peers/", "/rota/", "/rota/add/", "/peers/invite/"):
        shown = browser.get(page).content.decode()
        assert "harlow" in shown, page
        assert "reed" not in shown, page
    for code, answer in (("harlow", HTTPStatus.OK), ("reed", HTTPStatus.NOT_FOUND)):
        peer, shift = shifts[code].peer, shifts[code]
        paths = (
            f"/peers/{peer.pk}/",
            f"/peers/{peer.pk}/change/",
            f"/peers/{peer.pk}/keys/invite/",
            f"/rota/{shift.pk}/",
            f"/rota/{shift.pk}/remove/",
        )
        assert {browser.get(path).status_code for path in paths} == {answer}, code


def test_she_puts_nobody_into_or_out_of_another_agency(
    fay: Staff, shifts: dict[str, Shift]
) -> None:
    """A form that names another agency, or another agency's peer, is refused."""
    browser, reed = browser_of(fay), shifts["reed"].peer
    form = {"name": "New", "agency": reed.agency_id}
    assert browser.post("/peers/invite/", form).status_code == HTTPStatus.OK
    browser.post(f"/peers/{shifts['harlow'].peer.pk}/change/", form)
    assert not Peer.objects.filter(name="New").exists()
    shift = {
        "peer": reed.pk,
        "from_day": "2026-12-25",
        "from_time": "22:00",
        "until_day": "2026-12-26",
        "until_time": "06:00",
        "tier": "0",
    }
    browser.post("/rota/add/", shift)
    assert Shift.objects.filter(peer=reed).count() == 1


def test_another_coordinator_says_whose_peers_she_looks_after(
    fay: Staff, shifts: dict[str, Shift]
) -> None:
    """Written down; nobody widens it for themselves, and home leads to where she may go."""
    cleo = member_with_second_step()
    reed = shifts["reed"].peer.agency
    assert browser_of(fay).post(f"/peers/remit/{fay.pk}/", {}).status_code == HTTPStatus.FORBIDDEN
    browser_of(cleo).post(f"/peers/remit/{fay.pk}/", {"agencies": [reed.pk]})
    assert [remit.agency for remit in fay.remits.all()] == [reed]
    assert Entry.objects.filter(act="set-remit", by=cleo).exists()
    browser_of(cleo).post(f"/peers/remit/{cleo.pk}/", {"agencies": [reed.pk]})
    assert is_for_all(cleo)
    assert browser_of(fay).get("/").headers["Location"] == "/peers/"


def test_whoever_is_invited_for_one_agency_never_sees_the_others(
    shifts: dict[str, Shift], now: datetime
) -> None:
    """From the first page on: there is no moment in which they look after everybody."""
    token = people.invite_coordinator(
        name="Dev Rao", email="dev@example.org", agencies=("reed",), by=None, now=now
    )
    dev = people.accept_invitation(token=token, password=PASSWORD, now=now)
    assert [remit.agency.code for remit in dev.remits.all()] == ["reed"]
