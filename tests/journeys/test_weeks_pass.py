"""Nobody looks for weeks: keys run out one after the other, and somebody is always reached."""

from typing import NamedTuple

import pytest

from leanto.rules.weeks import monday_of
from leanto.wire.charter import BULLETIN_KEY_DAYS
from tests.harness import coordinator, keeping, officer, supporter
from tests.harness.cast import DESKTOP, Cast, Person
from tests.harness.coordinator import cleo_of
from tests.harness.house import House

pytestmark = pytest.mark.journey

STALE = "The program's list on this device is"


class Weeks(NamedTuple):
    """Ana, two peers, and a desk."""

    house: House
    ana: Person
    ben: Person
    sam: Person
    cleo: Person
    charter_ends: int


@pytest.fixture(scope="module")
def weeks(house: House, cast: Cast) -> Weeks:
    ana, sam = (cast.person(name, origins=house.origins) for name in ("ana", "sam"))
    ben = cast.person("ben", origins=house.origins, device=DESKTOP)
    for one, handle in ((ben, "Ben"), (sam, "Sam")):
        supporter.joins(one, house, handle=handle)
    cleo = cleo_of(house, cast)
    coordinator.comes_in(cleo, coordinator.invited(house))
    officer.joins(ana, house)
    for one in (ana, ben, sam):
        one.refusals |= {403, 404, 410}
    return Weeks(house, ana, ben, sam, cleo, house.clock.day() + BULLETIN_KEY_DAYS)


def looks_in(peer: Person, house: House, handle: str) -> None:
    """Opens the pocket once, which hands in new weeks, and takes a shift."""
    peer.opens(house.pocket)
    peer.goes_to("On call")
    peer.reads("Listening")
    house.at_desk("duty", handle)


def asks_and_stops(ana: Person, house: House) -> None:
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "")
    officer.is_received(ana)
    officer.stops_asking(ana)


def test_three_weeks_away_a_peer_can_still_be_asked(weeks: Weeks) -> None:
    """His pocket handed in four weeks ahead: a holiday drops nobody."""
    house, ana, ben, sam, *_ = weeks
    keeping.time_passes(house, ana, ben, sam, days=21)
    looks_in(sam, house, "Sam")
    assert set(officer.peers_offered(ana, house)) == {"Ben", "Sam"}


def test_five_weeks_away_the_desk_says_so_and_the_others_are_asked(weeks: Weeks) -> None:
    """Nobody seals to a key that is dead; Ana is offered the rest, and Cleo knows whom to call."""
    house, ana, ben, sam, cleo, _ = weeks
    keeping.time_passes(house, ana, ben, sam, days=17)
    looks_in(sam, house, "Sam")
    assert officer.peers_offered(ana, house) == ("Sam",)
    asks_and_stops(ana, house)
    coordinator.goes_to_peer(cleo, house, name="Ben Aldous")
    cleo.reads("Ask the peer to open the pocket once.")
    looks_in(ben, house, "Ben")
    assert set(officer.peers_offered(ana, house)) == {"Ben", "Sam"}


def test_past_its_date_the_list_is_still_used_with_the_lines_first(weeks: Weeks) -> None:
    """The charter ran out, so nothing new is published: the age is shown, the lines stand first,
    and asking goes on for as long as there are keys; a renewal makes all well again."""
    house, ana, ben, sam, cleo, charter_ends = weeks
    # On a Monday: its keys can be sealed to for longer than the list is fresh.
    last_monday = monday_of(charter_ends)
    keeping.time_passes(house, ana, ben, sam, days=last_monday - house.clock.day())
    looks_in(sam, house, "Sam")
    assert "Sam" in officer.peers_offered(ana, house)
    keeping.time_passes(house, ana, ben, sam, days=9)
    ana.opens(house.pocket)
    ana.opens_door("Talk to a peer")
    ana.reads(STALE)
    assert ana.page.get_by_role("link", name="Call 988").count() > 0
    asks_and_stops(ana, house)
    coordinator.has_all_renewed(cleo, house, key=house.key)
    ana.opens(house.pocket)
    ana.opens_door("Talk to a peer")
    ana.sees("Before you write")
    ana.page.get_by_text(STALE).wait_for(state="detached")
    asks_and_stops(ana, house)
