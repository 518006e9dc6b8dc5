"""Ana enters her card: from then on her pocket knows whom to trust, and seven words lock it."""

from typing import Any

import pytest

from tests.harness import officer
from tests.harness.cast import DESKTOP, PHONE, Cast, Person
from tests.harness.house import House

pytestmark = pytest.mark.journey

MISTYPED = "One of the letters is not as on the card. Check the groups of four and try again."
WRONG_WORDS = "These are not the same seven words. Check the order and the spelling on your paper."


@pytest.fixture(scope="module")
def cards(settled_house: House) -> list[str]:
    """A box of cards, as links."""
    return settled_house.at_desk("cards", "6")


def typed(link: str) -> str:
    letters = officer.code_on(link)
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4)).lower()


@pytest.mark.parametrize(("nth", "device"), [(0, PHONE), (1, DESKTOP)], ids=["phone", "desktop"])
def test_ana_enters_her_card_and_keeps_seven_words(
    settled_house: House, cast: Cast, cards: list[str], nth: int, device: dict[str, Any]
) -> None:
    """What she keeps opens after a killed browser; what she hides opens with her words alone."""
    ana = cast.person(f"ana-{nth}", origins=settled_house.origins, device=device)
    officer.types_card(ana, settled_house, typed(cards[nth]))
    words = officer.makes_words(ana)
    ana.is_killed()
    ana.opens(settled_house.pocket)
    ana.opens_door("Talk to a peer")
    ana.sees("Before you write")
    ana.presses("Hide screen")
    ana.sees("Notes")
    ana.presses("Open")
    ana.presses("Your talks are locked. Open with your seven words")
    ana.sees("Open with your seven words")
    unlocks(ana, [*words[1:], words[0]])
    ana.reads(WRONG_WORDS)
    unlocks(ana, words)
    ana.sees("Your talks")


def unlocks(ana: Person, words: list[str]) -> None:
    ana.types("Your seven words", " ".join(words))
    ana.presses("Open")


def test_a_scanned_card_leaves_the_address_at_once(
    settled_house: House, cast: Cast, cards: list[str]
) -> None:
    """Neither the address bar nor the way back holds what would let someone else in."""
    ana = cast.person("ana-scans", origins=settled_house.origins)
    link = cards[2]
    ana.opens(link)
    assert "card=" not in ana.page.url
    officer.says_own_device(ana)
    ana.sees("Your card works")
    ana.page.go_back()
    assert "card=" not in ana.page.url
    assert not [one for one in ana.asked if officer.code_on(link) in one]


def test_a_mistyped_card_is_said_so_before_anything_is_sent(
    settled_house: House, cast: Cast, cards: list[str]
) -> None:
    """One wrong letter is a mistake of fingers, and no server hears of it."""
    ana = cast.person("ana-mistypes", origins=settled_house.origins)
    officer.comes_without_card(ana, settled_house)
    ana.presses("I have a card")
    ana.sees("Type your card")
    card = typed(cards[3])
    ana.types("Code on the card", ("1" if card[0] != "1" else "2") + card[1:])
    ana.presses("Go on")
    ana.reads(MISTYPED)
    assert not [one for one in ana.asked if one.startswith(settled_house.desk)]


def test_a_shared_device_forgets_all_when_the_page_is_closed(
    settled_house: House, cast: Cast, cards: list[str]
) -> None:
    """On a computer that others use too, nothing is there afterwards but the public pages."""
    ana = cast.person("ana-shares", origins=settled_house.origins, device=DESKTOP)
    ana.opens(cards[4])
    ana.opens_door("No, it is shared or from work")
    ana.sees("On a shared or work device")
    ana.presses("Go on here")
    ana.sees("Your card works")
    ana.shuts()
    ana.opens(settled_house.pocket)
    ana.sees("Someone who has been there")
    assert ana.page.evaluate("indexedDB.databases()") == []
    ana.opens_door("Talk to a peer")
    ana.sees("Is this your own device?")


def test_peers_are_shuffled_and_conflicts_silently_absent(
    settled_house: House, cast: Cast, cards: list[str]
) -> None:
    """No peer stands first for long; her own agency only if she likes, her own unit never."""
    ana = cast.person("ana-chooses", origins=settled_house.origins)
    officer.types_card(ana, settled_house, typed(cards[5]))
    orders = [officer.peers_offered(ana, settled_house) for _ in range(4)]
    everyone = set(orders[0])
    assert all(set(one) == everyone for one in orders)
    assert len(set(orders)) > 1
    officer.goes_to_ask(ana, settled_house)
    officer.tells_agency(ana, "Harlow Police Department", "Patrol")
    outside = set(officer.peers_offered(ana, settled_house))
    assert everyone - outside == {"Marisol", "Tanya", "Bill"}
    own_too = set(officer.peers_offered(ana, settled_house, own_agency_too=True))
    assert everyone - own_too == {"Marisol"}
