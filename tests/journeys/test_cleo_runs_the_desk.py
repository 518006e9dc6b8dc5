"""Cleo runs the desk: she comes in by a link and a second step, and keeps somebody on duty."""

from datetime import timedelta

import pytest

from leanto.host.clock import moment
from leanto.wire.cards import Card
from leanto.wire.head import Head
from tests.harness import coordinator
from tests.harness.cast import Cast
from tests.harness.coordinator import cleo_of
from tests.harness.house import House

pytestmark = pytest.mark.journey

PAGES = {
    "Home": "Tonight",
    "Peers": "Peers",
    "Rota": "Rota",
    "Cards": "Cards",
    "Bulletin": "Bulletin",
    "What we hold": "What we hold",
    "Audit": "Audit",
    "Account": "Your account",
}


def serial(house: House) -> int:
    return Head.read(house.ask_mailroom("GET", "/bulletin/head").body).serial


def test_cleo_comes_in_by_a_link_and_a_second_step(settled_house: House, cast: Cast) -> None:
    """The link works once, a password alone opens nothing, and every page is without barriers."""
    cleo = cleo_of(settled_house, cast)
    cleo.refusals.add(410)
    link = coordinator.invited(settled_house)
    secret = coordinator.comes_in(cleo, link)
    for name, heading in PAGES.items():
        cleo.presses(name)
        cleo.sees(heading)
    cleo.shuts()
    cleo.opens(settled_house.desk)
    cleo.sees("Sign in")
    coordinator.signs_in(cleo, secret)
    cleo.opens(link)
    cleo.sees("This link does not open")


def test_a_changed_rota_is_published_at_once(settled_house: House, cast: Cast) -> None:
    """Who is on duty is known to the mailroom and to every pocket without anyone's help."""
    cleo = cleo_of(settled_house, cast)
    before = serial(settled_house)
    day = moment(settled_house.clock) + timedelta(days=5)
    cleo.opens(settled_house.desk)
    cleo.presses("Rota")
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
    cleo.reads("Earl Whitaker")
    assert serial(settled_house) == before + 1


def test_a_sheet_of_cards_is_shown_once(settled_house: House, cast: Cast) -> None:
    """What is printed are good cards, all different, and the desk cannot show them again."""
    cleo = cleo_of(settled_house, cast)
    typed = coordinator.prints_cards(cleo, settled_house, count=9)
    cards = {Card.read(one) for one in typed}
    assert len(cards) == 9
    cleo.presses("They are printed: back to Cards")
    cleo.sees("Cards")
    files = dict(settled_house.every_file())
    assert not [path for path, content in files.items() for card in cards if card.code in content]
