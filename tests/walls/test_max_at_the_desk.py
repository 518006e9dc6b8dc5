"""Max at the desk's doors: with no account, with a page of his own, with a name full of markup."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from leanto.desk.admission.models import Box
from leanto.desk.bulletin.models import HeldCharter
from leanto.desk.enrolment.models import Enrolment
from leanto.desk.people.models import Staff
from leanto.desk.roster.models import Agency, Peer, Standing, Unit
from leanto.desk.rota.models import Shift
from leanto.desk.site.access import NAMELESS, Access
from tests.harness.program import Program
from tests.harness.staff import (
    PASSWORD,
    SECRET,
    browser_of,
    code_in_the_app,
    member,
    member_with_second_step,
)
from tests.walls.test_desk_routes import ALL, EXAMPLES, leads_to

pytestmark = pytest.mark.django_db

MARKUP = "<img src=x onerror=x>\"'`{{7777*7777}}"
ELSEWHERE = "127.66.6.6"
PAGES = [(route, access) for route, _, access in ALL if access not in NAMELESS]
STAFF_PAGES = [route for route, access in PAGES if access in {Access.STAFF, Access.COORDINATOR}]


@pytest.fixture(autouse=True)
def nothing_tried_yet() -> None:
    """Tries are counted in memory, which outlives a test."""
    cache.clear()


@pytest.fixture
def desk_of_max() -> None:
    """Everything that has a name at this desk, and each name is markup."""
    now = datetime.now(UTC)
    agency = Agency.objects.create(code="harlow-pd", name=MARKUP)
    unit = Unit.objects.create(agency=agency, name=MARKUP)
    peer = Peer.objects.create(
        pk=EXAMPLES["uuid"],
        name=MARKUP,
        agency=agency,
        unit=unit,
        chain_of_command=MARKUP,
        handle=MARKUP[:40],
    )
    Standing.objects.create(peer=peer, number=1, status=Standing.Status.ENROLLED, since=now)
    Shift.objects.create(
        pk=EXAMPLES["uuid"], peer=peer, start=now, until=now + timedelta(hours=9), tier=0
    )
    Box.objects.create(number=1, count=3, last_day=now.date())
    Enrolment.objects.create(
        peer=peer,
        invitation_digest="0" * 64,
        last_day=30_000,
        handle=MARKUP[:40],
        signing_key=bytes(31) + b"\1",
        agreement_key=bytes(31) + b"\2",
        shared=[[1, MARKUP]],
        state=Enrolment.State.HANDED_IN,
    )
    HeldCharter.objects.create(id=1, body=Program(today=20_780).charter())
    Staff.objects.create(name=MARKUP, email="max@example.org", role="coordinator")


@pytest.mark.usefixtures("desk_of_max")
def test_a_name_is_a_name_on_every_page_and_no_secret_stands_on_any() -> None:
    """Markup is shown as letters; nobody's second step, password or session is to be read."""
    cleo = member_with_second_step()
    browser = browser_of(cleo)
    shown = 0
    for route, _ in PAGES:
        answer = browser.get(route)
        page = read(answer)
        assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, route
        assert "<img src=x" not in page, route
        assert "60481729" not in page, route  # the product: no template reads a name as its own
        shown += "&lt;img src=x onerror" in page
        secrets = [SECRET, cleo.password, str(browser.cookies[settings.SESSION_COOKIE_NAME].value)]
        assert not [one for one in secrets if one in page], route
    assert shown >= 6


@pytest.mark.usefixtures("desk_of_max")
def test_looking_changes_nothing() -> None:
    """A link or a picture elsewhere that leads to any of our pages does nothing with it."""
    browser = browser_of(member_with_second_step())
    before = everything()
    for route, access in PAGES:
        if access is not Access.PUBLIC:
            read(browser.get(route, {"action": "delete", "count": "3", "name": "Max"}))
        assert everything() == before, route


@pytest.mark.usefixtures("desk_of_max")
@pytest.mark.parametrize("origin", ["http://max.example", "null", "http://desk.localhost.max:8000"])
def test_a_form_on_another_page_is_refused_even_with_the_right_words(origin: str) -> None:
    """Every page that takes forms, with Cleo's session and her own token, sent from elsewhere."""
    browser = browser_of(member_with_second_step(), enforce_csrf_checks=True)
    browser.get("/peers/invite/")
    token = browser.cookies[settings.CSRF_COOKIE_NAME].value
    before = everything()
    for route, _ in PAGES:
        answer = browser.post(route, {"csrfmiddlewaretoken": token}, headers={"origin": origin})
        assert answer.status_code == HTTPStatus.FORBIDDEN, route
    assert everything() == before


GONE: dict[str, Callable[[Client, Staff], object]] = {
    "signed out": lambda browser, _staff: browser.post("/sign-out/"),
    "no longer staff": lambda _browser, staff: Staff.objects.filter(pk=staff.pk).update(
        is_active=False
    ),
    "another password elsewhere": lambda _browser, staff: new_password(staff),
}


@pytest.mark.parametrize("how", GONE)
def test_a_session_that_ended_opens_no_page(how: str) -> None:
    """Max has copied Cleo's cookie: dead once she signs out, leaves or changes her password."""
    cleo = member_with_second_step()
    browser, copied = browser_of(cleo), Client()
    copied.cookies[settings.SESSION_COOKIE_NAME] = browser.cookies[
        settings.SESSION_COOKIE_NAME
    ].value
    assert copied.get("/rota/").status_code == HTTPStatus.OK
    GONE[how](browser, cleo)
    for route in STAFF_PAGES:
        for answer in (copied.get(route), copied.post(route)):
            assert leads_to(answer, "/sign-in/"), route


def test_a_session_that_max_chose_is_not_the_one_she_gets() -> None:
    """He plants a cookie in her browser before she signs in: it knows nobody afterwards."""
    cleo, planted = member_with_second_step(), Client()
    planted.get("/sign-in/")
    planted.session["max"] = "was here"
    planted.session.save()
    known = "chosen-by-max-chosen-by-max-chos"
    planted.cookies[settings.SESSION_COOKIE_NAME] = known
    planted.post("/sign-in/", {"login": cleo.email, "password": PASSWORD})
    half = planted.cookies[settings.SESSION_COOKIE_NAME].value
    planted.post("/sign-in/code/", {"code": code_in_the_app()})
    whole = planted.cookies[settings.SESSION_COOKIE_NAME].value
    assert planted.get("/rota/").status_code == HTTPStatus.OK
    assert len({known, half, whole}) == 3
    for other in (known, half):
        max_ = Client()
        max_.cookies[settings.SESSION_COOKIE_NAME] = other
        assert leads_to(max_.get("/rota/"), "/sign-in/")


FOREIGN = ("https://max.example/", "//max.example", "/\\max.example", "http:max.example", "\t//max")


@pytest.mark.parametrize("where", FOREIGN)
def test_no_page_sends_anyone_elsewhere(where: str) -> None:
    """Whatever stands behind `next`, signing in, confirming and choosing a language stay here."""
    cleo = member_with_second_step()
    browser = Client()
    entered = browser.post(
        f"/sign-in/?next={quote(where)}",
        {"login": cleo.email, "password": PASSWORD, "next": where},
    )
    coded = browser.post(f"/sign-in/code/?next={quote(where)}", {"code": code_in_the_app()})
    asked = [
        browser.get(f"/sign-in/?next={quote(where)}"),
        browser.post("/language/", {"language": "es", "next": where}),
        browser.post(f"/confirm/?next={quote(where)}", {"password": PASSWORD, "next": where}),
        browser.post("/sign-out/", {"next": where}),
    ]
    for answer in (entered, coded, *asked):
        location = answer.headers.get("Location", "/")
        assert location.startswith("/"), location
        assert not location.startswith(("//", "/\\")), location


def sign_in(password: str, *, address: str = "127.0.0.1", email: str = "cleo@example.org") -> str:
    browser = Client(REMOTE_ADDR=address)
    answer = browser.post("/sign-in/", {"login": email, "password": password})
    return "in" if answer.status_code == HTTPStatus.FOUND else answer.content.decode()


def test_max_elsewhere_cannot_hold_cleo_out() -> None:
    """He guesses until he is held off: at her own desk she comes in."""
    member_with_second_step()
    said = [sign_in("a guess of Max", address=ELSEWHERE) for _ in range(6)]
    assert "Too many tries" in said[-1]
    assert sign_in(PASSWORD) == "in"
    assert "Too many tries" in sign_in(PASSWORD, address=ELSEWHERE)


def test_a_wrong_password_and_an_unknown_address_are_one_answer() -> None:
    """Who works at the desk is not to be found out at its door."""
    member_with_second_step()
    known = sign_in("a guess of Max")
    unknown = sign_in("a guess of Max", email="cle0@example.org", address=ELSEWHERE)
    assert without_what_was_typed(known) == without_what_was_typed(unknown)


def without_what_was_typed(page: str) -> str:
    lines = page.replace("cle0@", "cleo@").splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


def new_password(staff: Staff) -> None:
    staff.set_password("another four words")
    staff.save()


def read(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return bytes(content).decode()


def everything() -> dict[str, list[Any]]:
    """Every row of the desk but those of sessions."""
    return {
        model.__name__: sorted(map(repr, model.objects.values_list()))
        for model in models()
        if model.__name__ != "Session"
    }


def models() -> Iterator[Any]:
    yield from apps.get_models()


def test_every_role_there_is_stands_in_the_table() -> None:
    """A new role has to be tried at every door: `test_desk_routes.py` knows these."""
    assert set(Staff.Role) == {Staff.Role.COORDINATOR}
    assert leads_to(browser_of(member()).get("/rota/"), "/second-step/")
