"""Desk and mailroom are restored from old copies: numbers are not repeated, and a fork ends."""

import shutil
from collections.abc import Callable
from typing import NamedTuple

import pytest

from leanto.wire.head import Head
from tests.harness import coordinator, officer, supporter, vault
from tests.harness.cast import DESKTOP, Cast, Person
from tests.harness.coordinator import cleo_of
from tests.harness.house import House

pytestmark = pytest.mark.journey

FORKED = "Two different lists came under the same number."
HELD = "open:admission/bulletin"


class Town(NamedTuple):
    """A program, its coordinator, and Ana who holds its bulletin."""

    house: House
    cleo: Person
    ana: Person


@pytest.fixture(scope="module")
def town(house: House, cast: Cast) -> Town:
    ana, cleo = cast.person("ana", origins=house.origins), cleo_of(house, cast)
    ben = cast.person("ben", origins=house.origins, device=DESKTOP)
    supporter.joins(ben, house)
    ben.shuts()
    coordinator.comes_in(cleo, coordinator.invited(house))
    officer.joins(ana, house)
    return Town(house, cleo, ana)


def copied(house: House, *rooms: str) -> Callable[[], None]:
    """A backup of these rooms as they are now; what is given puts it back."""
    kept = house.folder / "-and-".join(rooms)
    house.stop()
    for room in rooms:
        shutil.copytree(house.data / room, kept / room)
    house.start()

    def put_back() -> None:
        house.stop()
        for room in rooms:
            shutil.rmtree(house.data / room)
            shutil.copytree(kept / room, house.data / room)
        house.start()

    return put_back


def shown(house: House) -> Head:
    return Head.read(house.ask_mailroom("GET", "/bulletin/head").body)


def held(ana: Person, house: House) -> Head:
    """What her pocket follows, after a look at what is newer."""
    officer.goes_to_ask(ana, house)
    return Head.read(bytes.fromhex(vault.records(ana.page)[HELD]["head"][2:]))


def test_a_restored_desk_goes_on_where_the_mailroom_is(town: Town) -> None:
    """Its page says what is wrong and what to do; one press, and every pocket follows again."""
    house, cleo, ana = town
    put_back = copied(house, "desk")
    for _ in range(2):
        house.leanto("publish", "--data", house.data)
    before = held(ana, house)
    put_back()
    house.leanto("publish", "--data", house.data)
    assert shown(house) == before
    cleo.opens(house.desk)
    cleo.presses("Bulletin")
    cleo.sees("Bulletin")
    cleo.presses("Was this desk restored from a backup?")
    cleo.sees("Go on after the mailroom's newest")
    cleo.presses("Go on and publish")
    cleo.sees("Bulletin")
    cleo.reads("is out.")
    after = shown(house)
    assert (after.serial, after.previous) == (before.serial + 1_000, before.hash())
    assert held(ana, house) == after
    assert ana.page.get_by_text(FORKED).count() == 0


def test_two_of_one_number_stop_a_pocket_until_the_key_is_retired(town: Town) -> None:
    """Both rooms forgot; Ana did not. She keeps the last good list, says so, and can ask; a fresh
    key, signed off-line, ends it, and nothing that the old key signs counts after that."""
    house, cleo, ana = town
    put_back = copied(house, "desk", "mailroom")
    house.leanto("publish", "--data", house.data)
    first = held(ana, house)
    put_back()
    house.leanto("publish", "--data", house.data)
    second = shown(house)
    assert second.serial == first.serial
    assert second != first
    assert held(ana, house) == first
    ana.opens(house.pocket)
    ana.opens_door("Talk to a peer")
    ana.reads(FORKED)
    ana.presses("I understand, go on")
    officer.asks(ana, "")
    officer.is_received(ana)
    officer.stops_asking(ana)
    house.leanto("publish", "--data", house.data)
    assert held(ana, house) == first
    makes_fresh_key(cleo, house)
    coordinator.has_all_renewed(cleo, house, key=house.key)
    after = held(ana, house)
    assert after == shown(house)
    assert after.bulletin_key != first.bulletin_key
    assert ana.page.get_by_text(FORKED).count() == 0


def makes_fresh_key(cleo: Person, house: House) -> None:
    cleo.opens(house.desk)
    cleo.presses("Bulletin")
    cleo.presses("Renew the charter and the vouches")
    cleo.sees("Renewal")
    cleo.presses(
        "Was this desk in other hands, or do devices say there are two bulletins of one number?"
    )
    cleo.sees("A fresh key for this desk")
    cleo.presses("Make a fresh key")
    cleo.sees("Renewal")
    cleo.reads("It names a fresh key for this desk and retires the one it signs with.")
