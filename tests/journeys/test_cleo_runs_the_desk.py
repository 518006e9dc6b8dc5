"""Cleo runs the desk: she comes in by a link and a second step, and keeps somebody on duty."""

import re
import time
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from leanto.host.clock import moment
from leanto.sim.region import PEERS, TIME_ZONE, Neighbor
from leanto.wire.cards import Card
from leanto.wire.head import Head
from tests.harness import coordinator, officer
from tests.harness.cast import Cast, Person
from tests.harness.coordinator import cleo_of
from tests.harness.house import House

pytestmark = pytest.mark.journey

SHIFT, STORY = timedelta(hours=1), timedelta(minutes=1)
CLOCK = re.compile(r"\d\d:\d\d")
PAGES = {
    "Home": "Tonight",
    "Peers": "Peers",
    "Rota": "Rota",
    "Cover": "Cover",
    "Cards": "Cards",
    "Bulletin": "Bulletin",
    "Limits and lines": "Limits and lines",
    "Opening": "Opening",
    "What we hold": "What we hold",
    "Audit": "Audit",
    "Account": "Your account",
}


class Desk(NamedTuple):
    """Cleo at her desk, with the secret of her authenticator app."""

    house: House
    cleo: Person
    link: str
    secret: str


@pytest.fixture(scope="module")
def desk(settled_house: House, cast: Cast) -> Desk:
    cleo = cleo_of(settled_house, cast)
    cleo.refusals.add(410)
    link = coordinator.invited(settled_house)
    return Desk(settled_house, cleo, link, coordinator.comes_in(cleo, link))


@pytest.fixture(scope="module")
def ana(desk: Desk, cast: Cast) -> Person:
    """Ana with a card that Cleo printed."""
    ana = cast.person("ana", origins=desk.house.origins)
    (card,) = coordinator.prints_cards(desk.cleo, desk.house, count=1)
    officer.types_card(ana, desk.house, card)
    return ana


def serial(house: House) -> int:
    return Head.read(house.ask_mailroom("GET", "/bulletin/head").body).serial


def everything_on_her_pages(desk: Desk) -> list[str]:
    """Every line of every page, in order; only the minute goes on."""
    desk.cleo.opens(desk.house.desk)
    lines = []
    for name, heading in PAGES.items():
        desk.cleo.presses(name)
        desk.cleo.sees(heading)
        text = desk.cleo.page.get_by_role("main").inner_text()
        lines += CLOCK.sub("some time", text).splitlines()
    return lines


def test_cleo_comes_in_by_a_link_and_a_second_step(desk: Desk) -> None:
    """The link works once, and a password alone opens nothing."""
    house, cleo, link, secret = desk
    cleo.shuts()
    cleo.opens(house.desk)
    cleo.sees("Sign in")
    coordinator.signs_in(cleo, secret)
    cleo.opens(link)
    cleo.sees("This link does not open")


def test_at_the_desk_nothing_tells_that_anyone_asked(desk: Desk, ana: Person) -> None:
    """Ana asks for a peer, and every page says to the letter what it said before."""
    before = everything_on_her_pages(desk)
    officer.goes_to_ask(ana, desk.house)
    officer.asks(ana, "It was the kid on Mill Street.")
    officer.is_received(ana)
    after = everything_on_her_pages(desk)
    officer.stops_asking(ana)
    assert after == before


def test_a_changed_rota_reaches_every_pocket(desk: Desk, ana: Person) -> None:
    """One more peer on duty now: published at once, and Ana's pocket counts them."""
    house, cleo, *_ = desk
    start = this_hour(house)
    before, on_duty = serial(house), on_duty_as_seen_by(ana, house)
    cleo.opens(house.desk)
    someone = who_is_off_duty(cleo)
    cleo.presses("Rota")
    cleo.presses("Add a shift")
    cleo.sees("Add a shift")
    fills_in(cleo, someone, start, start - timedelta(hours=1))
    cleo.reads("The shift ends before it begins. For a night, choose the next day.")
    fills_in(cleo, someone, start, start + SHIFT)
    cleo.sees("Rota")
    assert serial(house) == before + 1
    assert on_duty_as_seen_by(ana, house) == on_duty + 1


def this_hour(house: House) -> datetime:
    """When it began, with time left in it for a story: the town's shifts change on the hour only,
    so who is off duty stays so until the shift ends. Pockets go by the real clock, so the story
    waits for it."""
    now = moment(house.clock)
    if (now + STORY).hour != now.hour:
        time.sleep(STORY.total_seconds())
    return moment(house.clock).astimezone(ZoneInfo(TIME_ZONE)).replace(minute=0)


def who_is_off_duty(cleo: Person) -> Neighbor:
    tonight = cleo.page.get_by_role("main").inner_text()
    return next(one for one in PEERS if one.name not in tonight)


def fills_in(cleo: Person, peer: Neighbor, start: datetime, until: datetime) -> None:
    cleo.picks("Peer", peer.handle)
    cleo.types("From, day", f"{start:%Y-%m-%d}")
    cleo.types("From, time", f"{start:%H:%M}")
    cleo.types("Until, day", f"{until:%Y-%m-%d}")
    cleo.types("Until, time", f"{until:%H:%M}")
    cleo.presses("Add shift")


def on_duty_as_seen_by(ana: Person, house: House) -> int:
    officer.goes_to_ask(ana, house)
    text = ana.reads(re.compile(r"on duty now\.$")).inner_text()
    return int(text.split()[0])


def test_who_stands_down_is_offered_to_nobody(desk: Desk, ana: Person) -> None:
    """A click at the desk, and no pocket shows this peer any more."""
    house, cleo, *_ = desk
    assert "Ruth" in officer.peers_offered(ana, house)
    coordinator.goes_to_peer(cleo, house, name="Ruth Okafor")
    cleo.presses("Stand down")
    cleo.sees("Stand Ruth Okafor down?")
    cleo.presses("Stand down now")
    cleo.sees("Ruth Okafor")
    assert "Ruth" not in officer.peers_offered(ana, house)


def test_a_box_of_cards_is_given_once(desk: Desk) -> None:
    """What is printed are good cards, all different, and the desk cannot show them again."""
    typed = coordinator.prints_cards(desk.cleo, desk.house, count=9)
    cards = {Card.read(one) for one in typed}
    assert len(cards) == 9
    desk.cleo.presses("Back to Cards")
    desk.cleo.sees("Cards")
    files = list(desk.house.every_file())
    assert not [path for path, content in files for card in cards if card.code in content]
