"""Cleo runs the desk: she comes in by a link and a second step, and keeps somebody on duty."""

import re
import time
from datetime import timedelta

import pytest

from leanto.host.clock import moment
from leanto.wire.head import Head
from tests.harness.authenticator import STEP_SECONDS, digits
from tests.harness.cast import DESKTOP, Cast, Person
from tests.harness.house import House

pytestmark = pytest.mark.journey

EMAIL = "cleo@example.org"
PASSWORD = "four random words please"
PAGES = ("Home", "Peers", "Rota", "What we hold", "Audit", "Account")


def serial(house: House) -> int:
    return Head.read(house.ask_mailroom("GET", "/bulletin/head").body).serial


def invited(house: House) -> str:
    call = ("invite", "coordinator", "--data", house.data, "--name", "Cleo Marsh")
    return house.leanto(*call, "--email", EMAIL).strip()


def comes_in(cleo: Person, link: str) -> str:
    """From the link to the desk; gives the secret in her authenticator app."""
    cleo.opens(link)
    cleo.sees("Welcome, Cleo Marsh")
    cleo.types("Password", PASSWORD)
    cleo.types("Password again", PASSWORD)
    cleo.presses("Go on")
    cleo.sees("Set up the second step")
    secret = cleo.reads(re.compile(r"^[A-Z2-7]{32}$")).inner_text()
    cleo.types("Code shown in the app", digits(secret, at_seconds=int(time.time())))
    cleo.presses("Finish")
    cleo.sees("Recovery codes")
    assert len(cleo.listed(within=cleo.page.get_by_role("main"))) == 10
    cleo.presses("I have kept them")
    cleo.sees("Tonight")
    return secret


def signs_in(cleo: Person, secret: str) -> None:
    cleo.types("E-mail", EMAIL)
    cleo.types("Password", PASSWORD)
    cleo.presses("Sign in")
    cleo.sees("Second step")
    # A code works once: the app's next one is taken a little early.
    cleo.types("Code", digits(secret, at_seconds=int(time.time()) + STEP_SECONDS))
    cleo.presses("Go on")
    cleo.sees("Tonight")


def test_cleo_comes_in_by_a_link_and_a_second_step(settled_house: House, cast: Cast) -> None:
    """The link works once, a password alone opens nothing, and every page is without barriers."""
    cleo = cast.person("cleo", origins=settled_house.origins, device=DESKTOP)
    cleo.refusals.add(410)
    link = invited(settled_house)
    secret = comes_in(cleo, link)
    for name in PAGES:
        cleo.presses(name)
        cleo.sees({"Home": "Tonight", "Account": "Your account"}.get(name, name))
    cleo.shuts()
    cleo.opens(settled_house.desk)
    cleo.sees("Sign in")
    signs_in(cleo, secret)
    cleo.opens(link)
    cleo.sees("This link does not open")


def test_a_changed_rota_is_published_at_once(settled_house: House, cast: Cast) -> None:
    """Who is on duty tonight is known to the mailroom and to every pocket without anyone's help."""
    cleo = cast.person("cleo", origins=settled_house.origins, device=DESKTOP)
    before = serial(settled_house)
    day = moment(settled_house.clock) + timedelta(days=5)
    cleo.opens(settled_house.desk)
    cleo.presses("Rota")
    cleo.sees("Rota")
    cleo.presses("Add a shift")
    cleo.sees("Add a shift")
    cleo.picks("Peer", "Earl")
    cleo.types("From, day", f"{day:%Y-%m-%d}")
    cleo.types("From, time", "18:00")
    cleo.types("Until, day", f"{day:%Y-%m-%d}")
    cleo.types("Until, time", "06:00")
    cleo.presses("Add shift")
    cleo.reads("The shift ends before it begins. For a night, choose the next day.")
    cleo.types("Until, day", f"{day + timedelta(days=1):%Y-%m-%d}")
    cleo.presses("Add shift")
    cleo.sees("Rota")
    cleo.reads("Earl Whitaker").wait_for()
    assert serial(settled_house) == before + 1
