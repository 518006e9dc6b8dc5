"""Cleo comes to the desk for the first time; Max tries to."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from leanto.desk.audit.models import Entry
from leanto.desk.people import actions
from leanto.desk.people.models import Staff
from tests.harness.staff import (
    PASSWORD,
    SECRET,
    browser_of,
    code_in_the_app,
    member_with_second_step,
)

NOW = datetime.now(UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_tried_yet() -> None:
    """Tries and used codes are counted in memory, which outlives a test."""
    cache.clear()


def invite(*, now: datetime = NOW) -> str:
    """The path of a new one-time link for Cleo."""
    token = actions.invite_coordinator(
        name="Cleo Marsh", email="Cleo@example.org", by=None, now=now
    )
    return f"/welcome/{token}/"


def set_password(browser: Client, link: str, password: str = PASSWORD) -> str:
    """Type a password twice on the welcome page; gives the page that follows."""
    answer = browser.post(link, {"password": password, "again": password}, follow=True)
    return answer.content.decode()


def test_cleo_comes_in_by_her_link_a_password_and_an_app() -> None:
    """Password, second step, recovery codes shown once, home: and each act is written down."""
    browser, link = Client(), invite()
    assert "Welcome, Cleo Marsh" in browser.get(link).content.decode()

    page = set_password(browser, link)
    secret = re.search(r'class="once">(\w+)<', page)
    assert "<svg" in page
    assert secret

    shown = browser.post("/second-step/", {"code": code_in_the_app(secret[1])}, follow=True)
    codes = re.findall(r"<li>(\d{8})</li>", shown.content.decode())
    assert len(codes) == 10
    assert not re.search(
        r"<li>\d{8}</li>", browser.get("/account/recovery-codes/").content.decode()
    )
    assert browser.get("/").status_code == 200

    assert Staff.objects.get().email == "cleo@example.org"
    acts = set(Entry.objects.values_list("act", flat=True))
    assert acts == {"invited-coordinator", "joined", "set-up-second-step"}


def test_max_cannot_use_a_link_that_was_used() -> None:
    """A link found in somebody's mail opens nothing, and the sentence says whom to tell."""
    link = invite()
    set_password(Client(), link)
    answer = Client().post(link, {"password": "words of his own", "again": "words of his own"})
    assert answer.status_code == 410
    assert "works only once" in answer.content.decode()
    assert "tell a coordinator" in answer.content.decode()
    assert Staff.objects.count() == 1


def test_an_old_link_and_a_guessed_one_say_different_things_and_open_nothing() -> None:
    """A late Cleo learns what to do; a guessing Max learns nothing."""
    old = invite(now=NOW - timedelta(days=8))
    assert "too old" in Client().get(old).content.decode()
    assert "do not know this link" in Client().get("/welcome/guess/").content.decode()
    assert not Staff.objects.exists()


def test_a_new_link_ends_the_one_before() -> None:
    """A link that got lost is made harmless by making another."""
    lost, fresh = invite(), invite()
    assert "do not know this link" in Client().get(lost).content.decode()
    assert "Welcome, Cleo Marsh" in Client().get(fresh).content.decode()


def test_a_short_password_is_refused_with_a_sentence() -> None:
    """The desk's first lock is a password that cannot be guessed in an afternoon."""
    assert "at least 12" in set_password(Client(), invite(), "short").lower()
    assert not Staff.objects.exists()


def test_cleo_signs_in_with_both_steps() -> None:
    """Either one alone opens nothing."""
    member_with_second_step()
    browser = Client()
    browser.post("/sign-in/", {"login": "cleo@example.org", "password": PASSWORD})
    assert browser.get("/").status_code == 302
    browser.post("/sign-in/code/", {"code": code_in_the_app()})
    assert browser.get("/").status_code == 200


def test_a_code_works_once() -> None:
    """Max, who read the digits over her shoulder, is too late with them."""
    cleo = member_with_second_step()
    code = code_in_the_app()
    for browser, opens in ((Client(), True), (Client(), False)):
        browser.post("/sign-in/", {"login": cleo.email, "password": PASSWORD})
        browser.post("/sign-in/code/", {"code": code})
        assert (browser.get("/").status_code == 200) is opens


def test_guessing_is_stopped_after_five_tries() -> None:
    """Max guesses: after five tries even the right password does not help him."""
    cleo = member_with_second_step()
    for _ in range(5):
        Client().post("/sign-in/", {"login": cleo.email, "password": "a guess of Max"})
    page = Client().post("/sign-in/", {"login": cleo.email, "password": PASSWORD})
    assert "Too many tries" in page.content.decode()


def test_signing_out_needs_a_form_of_ours() -> None:
    """A link cannot sign Cleo out; her own button does."""
    browser = browser_of(member_with_second_step())
    browser.get("/sign-out/")
    assert browser.get("/").status_code == 200
    browser.post("/sign-out/")
    assert browser.get("/").status_code == 302


def test_the_second_step_is_sealed_in_the_database() -> None:
    """A stolen copy of the database does not hold what the app shows."""
    member_with_second_step()
    assert SECRET not in str(Authenticator.objects.get().data)
