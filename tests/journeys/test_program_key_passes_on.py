"""The program key is lost; the one that it named takes its place, and nobody is left behind."""

from pathlib import Path
from typing import NamedTuple

import pytest

from leanto.wire.cards import Card
from leanto.wire.charter import Charter
from tests.harness import coordinator, officer, supporter, talking, vault
from tests.harness.cast import DESKTOP, Cast, Person
from tests.harness.coordinator import cleo_of
from tests.harness.house import House

pytestmark = pytest.mark.journey

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
    next_key, public = new_key(house)
    cleo = cleo_of(house, cast)
    coordinator.comes_in(cleo, coordinator.invited(house))
    coordinator.has_all_renewed(cleo, house, "--successor", public, key=house.key)
    house.key.unlink()
    read = coordinator.has_all_renewed(cleo, house, key=next_key)
    return Passed(house, ana, ben, fay, read, links[2:])


def new_key(house: House) -> tuple[Path, str]:
    """Another program key in another drawer, and its public half."""
    path = house.folder / "second-drawer" / "key.pem"
    path.parent.mkdir()
    said = house.leanto("key", "new", "--key", path, answers="\n")
    return path, said.split("public half")[1].split()[0]


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
