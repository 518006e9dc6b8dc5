"""The program key is lost: the one on the other sheet takes its place, and nobody is left behind.
Then it is stolen, and everybody begins anew."""

from typing import NamedTuple

import pytest

from leanto.wire.cards import Card
from leanto.wire.charter import Charter
from tests.harness import coordinator, officer, paper, supporter, talking, vault
from tests.harness.cast import DESKTOP, Cast, Person
from tests.harness.coordinator import cleo_of
from tests.harness.house import House, serving

pytestmark = pytest.mark.journey

PASS_REFUSED = 401
HELD = "open:admission/bulletin"


class Passed(NamedTuple):
    """A program whose key passed on while Ana and Ben talked and Fay's pocket was shut."""

    house: House
    ana: Person
    ben: Person
    fay: Person
    read: str
    old_cards: list[str]


@pytest.fixture(scope="module")
def passed(house: House, cast: Cast) -> Passed:
    ana, fay = (cast.person(name, origins=house.origins) for name in ("ana", "fay"))
    ben = cast.person("ben", origins=house.origins, device=DESKTOP)
    ana.refusals.add(404)
    ben.refusals.add(404)
    supporter.joins(ben, house)
    links = house.at_desk("cards", "4")
    for one, link in zip((ana, fay), links, strict=False):
        officer.types_card(one, house, officer.code_on(link))
    fay.shuts()
    officer.makes_words(ana)
    talking.begins(ana, ben, house, "It was the kid on Mill Street.")
    ben.reads("It was the kid on Mill Street.")
    sheets, public = paper.prints_sheets(house)
    cleo = cleo_of(house, cast)
    coordinator.comes_in(cleo, coordinator.invited(house))
    coordinator.has_all_renewed(cleo, house, "--successor", public, key=house.key)
    house.key.unlink()
    (sheets / "program-key.txt").unlink()
    next_key = paper.restored(house, sheets / "successor-key.txt")
    read = coordinator.has_all_renewed(cleo, house, key=next_key)
    return Passed(house, ana, ben, fay, read, links[2:])


def charter_held(person: Person) -> Charter:
    return Charter.read(bytes.fromhex(vault.records(person.page)[HELD]["charter"][2:]))


def test_the_next_key_holder_reads_whom_they_sign_for(passed: Passed) -> None:
    """What is about to happen is said before the yes, with the words of every peer."""
    assert "TAKES THE PLACE OF THE ONE BEFORE" in passed.read
    assert "Ben, vouched for until" in passed.read


def test_an_open_talk_goes_on(passed: Passed) -> None:
    """Neither notices anything: no word is lost, and he has not left."""
    house, ana, ben, *_ = passed
    talking.returns_to_talk(ana, house)
    talking.says(ana, "Still there?")
    ben.reads("Still there?")
    talking.says(ben, "Still here.")
    ana.reads("Still here.")
    assert ana.page.get_by_text("not in the peer program").count() == 0
    assert charter_held(ana).serial == 3
    talking.burns(ana)


def test_a_pocket_that_slept_through_it_follows(passed: Passed) -> None:
    """It saw only the very first charter, which named nobody; now it is offered Ben again, and says
    that another key signs."""
    house, _, _, fay, *_ = passed
    fay.opens(house.pocket)
    fay.opens_door("Talk to a peer")
    fay.reads("was replaced by the one it had named")
    assert officer.peers_offered(fay, house) == ("Ben",)
    assert charter_held(fay).program_id != b""
    assert charter_held(fay).serial == 3


def test_cards_of_both_keys_open_the_same_program(passed: Passed, cast: Cast) -> None:
    """A card that was printed before finds the way; a new one pins the new key."""
    house, *_, old_cards = passed
    (new,) = house.at_desk("cards", "1")
    assert Card.read(officer.code_on(new)).pin != Card.read(officer.code_on(old_cards[0])).pin
    for name, link in (("dana", old_cards[0]), ("eve", new)):
        someone = cast.person(name, origins=house.origins)
        officer.types_card(someone, house, officer.code_on(link))
        assert officer.peers_offered(someone, house) == ("Ben",)
        assert charter_held(someone).serial == 3
        someone.shuts()


def test_after_a_theft_nobody_is_asked_through_the_old_program_and_new_cards_begin_anew(
    passed: Passed,
) -> None:
    """The program is stopped, and another founded at its addresses. With the old one on their
    devices Ana asks nobody and Ben is rung by nobody: a thief could make peers of it."""
    house, ana, ben, *_ = passed
    ana.refusals.add(PASS_REFUSED)
    house.stop()
    ana.opens(house.pocket)
    ana.sees("Someone who has been there")
    officer.still_has_the_lines(ana)
    with serving(in_the_place_of(house)) as anew:
        officer.goes_to_ask(ana, anew)
        with ana.page.expect_response(lambda answer: answer.status == PASS_REFUSED):
            officer.asks(ana, "")
        ana.sees("You asked for a peer")
        ana.waits_for(ana.page.locator("[aria-current=step]", has_text="Not sent yet"))
        officer.still_has_the_lines(ana)
        ben.opens(anew.pocket)
        ben.goes_to("On call")
        ben.reads("Not reachable")
        (card,) = map(officer.code_on, anew.at_desk("cards", "1"))
        officer.stops_asking(ana)
        ana.opens(f"{anew.pocket}/#card")
        ana.types("Code on the card", card)
        ana.presses("Go on")
        ana.reads("or yours had to begin anew with new cards")
        for one in (ana, ben):
            forgets_everything(one, anew)
        supporter.joins(ben, anew)
        officer.types_card(ana, anew, card)
        assert officer.peers_offered(ana, anew) == ("Ben",)
        for one in (ana, ben):
            one.shuts()


def in_the_place_of(stolen: House) -> House:
    """A program at the same addresses with another key and another folder."""
    house = House(stolen.folder / "anew")
    house.folder.mkdir()
    house.port, house.seen_port = stolen.port, stolen.seen_port
    house.notifier_port = stolen.notifier_port
    return house


def forgets_everything(person: Person, house: House) -> None:
    person.opens(house.pocket)
    person.presses("This device: what is kept here")
    person.presses("Forget everything")
    person.presses("Yes, forget it all")
    person.sees("Someone who has been there")
