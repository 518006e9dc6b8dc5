"""Ana's phone is gone: with her paper she is back, and without it no door is shut."""

import re
from typing import NamedTuple

import pytest

from tests.harness import keeping, officer, returning, supporter, talking, vault
from tests.harness.cast import DESKTOP, Cast, Person
from tests.harness.house import House

pytestmark = pytest.mark.journey

KEPT_AS = "Night shift Ben"
NOTHING = "These words open nothing here."
NEXT_BOX = "The next box:"


class Home(NamedTuple):
    """Ben on duty, the card and the seven words that Ana has on paper, and her first phone."""

    house: House
    ben: Person
    ana: Person
    card: str
    words: list[str]


@pytest.fixture(scope="module")
def home(house: House, cast: Cast) -> Home:
    """She kept Ben in a talk, burned it, made her copy anew, and then her phone was gone."""
    ana = cast.person("ana", origins=house.origins)
    ben = cast.person("ben", origins=house.origins, device=DESKTOP)
    supporter.joins(ben, house)
    (link,) = house.at_desk("cards", "1")
    card = officer.code_on(link)
    officer.types_card(ana, house, card)
    words = officer.makes_words(ana)
    for one in (ana, ben):
        one.refusals.add(404)  # a letter on its way when the other one burns finds no mailbox
    talking.begins(ana, ben, house, "It was the kid on Mill Street.")
    keeping.keeps(ana, KEPT_AS)
    talking.burns(ana)
    ben.sees("Burned")
    returning.makes_copy_anew(ana, house)
    return Home(house, ben, ana, card, words)


def test_her_words_alone_bring_back_card_passes_and_ben(home: Home, cast: Cast) -> None:
    """Nothing is drawn anew: what lay sealed is there, and Ben knows her when she comes."""
    house, ben, ana, _, words = home
    left = returning.passes_on(ana)
    ana.shuts()
    again = cast.person("ana-again", origins=house.origins)
    again.refusals.add(404)  # as above
    returning.types_words(again, house, words)
    again.sees("You are back")
    again.reads("Your card and its passes are here again.")
    again.reads("Whom you kept is here again.")
    assert returning.passes_on(again) == left[::-1], "from the other end"
    assert not returning.drew(again)
    keeping.comes_back_to(again, house.pocket, KEPT_AS)
    assert keeping.is_known(again, ben)
    officer.opens_answer(again)
    again.sees(f"Talk with {KEPT_AS}")
    talking.burns(again)
    ben.sees("Burned")
    again.presses("Hide screen")
    again.presses("Open")
    again.presses("Your talks are locked. Open with your seven words")
    again.types("Your seven words", " ".join(words))
    again.presses("Open")
    again.sees("Your talks")


def test_her_card_first_and_then_her_words(home: Home, cast: Cast) -> None:
    """Whoever types the card first loses nothing: the words bring the rest."""
    house, _, _, card, words = home
    third = cast.person("ana-third", origins=house.origins)
    officer.types_card(third, house, card)
    drawn = returning.passes_on(third)
    third.presses("Talk to a peer")
    third.sees("Before you write")
    third.page.goto(f"{house.pocket}/#back")
    returning.tries_words(third, words)
    third.sees("You are back")
    assert returning.passes_on(third)[: len(drawn)] == drawn
    assert len(returning.passes_on(third)) > len(drawn)
    third.opens(house.pocket)
    third.presses("The peers you kept")
    third.reads(KEPT_AS)


def test_wrong_words_say_no_more_than_that(home: Home, cast: Cast) -> None:
    """One sentence for all words but hers, with the lines; what is mistyped is not sent."""
    house, _, _, _, words = home
    max_ = cast.person("max", origins=house.origins)
    max_.refusals.add(404)
    returning.types_words(max_, house, [*words[:6], "lantrn"])
    max_.reads("These are not seven words of the list.")
    assert not slot_asked(max_)
    for wrong in ([*words[1:], words[0]], ["river"] * 7):
        returning.tries_words(max_, wrong)
        max_.reads(NOTHING)
    officer.still_has_the_lines(max_)
    assert "open:admission/passes" not in vault.records(max_.page)
    assert len(slot_asked(max_)) == 2


def test_without_network_she_is_told_and_the_lines_stand(home: Home, cast: Cast) -> None:
    """No network is no wrong word: it says so, and her words work a moment later."""
    house, _, _, _, words = home
    fourth = cast.person("ana-offline", origins=house.origins)
    officer.comes_without_card(fourth, house)
    fourth.presses("I have been here before: seven words")
    fourth.loses_network()
    returning.tries_words(fourth, words)
    fourth.reads("No answer. Nothing was lost.")
    officer.still_has_the_lines(fourth)
    fourth.has_network_again()
    fourth.presses("Bring it back")
    fourth.sees("You are back")


def test_with_her_card_and_no_words_she_starts_anew(home: Home, cast: Cast) -> None:
    """She is told what is gone, and reaches a peer; a fourth phone is shown the next box."""
    house, ben, _, card, _ = home
    fifth = cast.person("ana-wordless", origins=house.origins)
    officer.comes_without_card(fifth, house)
    fifth.presses("I have been here before: seven words")
    fifth.presses("I have lost my words")
    fifth.sees("Without your seven words")
    fifth.reads("Nobody can recover them for you")
    fifth.reads("Gone with them: the peers you kept")
    fifth.presses("I have a card")
    fifth.sees("Type your card")
    fifth.types("Code on the card", card)
    fifth.presses("Go on")
    fifth.sees("Your card works")
    assert fifth.page.get_by_text(KEPT_AS).count() == 0
    officer.goes_to_ask(fifth, house)
    officer.asks(fifth, "")
    officer.is_received(fifth)
    supporter.claims(ben)
    assert ben.page.get_by_role("heading", name=keeping.KNOWN).count() == 0
    sixth = cast.person("ana-used-up", origins=house.origins)
    sixth.refusals.add(409)
    officer.brings_card(sixth, house, card)
    sixth.reads("This card has given all its passes for now.")
    sixth.reads(re.compile(f"^{NEXT_BOX}"))
    assert sixth.page.get_by_role("link", name=re.compile("^Call 988")).count() > 1


def test_with_neither_she_is_shown_the_lines_and_the_next_box(home: Home, cast: Cast) -> None:
    """No screen on her way ends in a refusal."""
    house = home.house
    nobody = cast.person("nobody", origins=house.origins)
    officer.comes_without_card(nobody, house)
    for heading in ("Talk to a peer", "Without your seven words"):
        nobody.sees(heading)
        officer.still_has_the_lines(nobody)
        nobody.reads("Cards are handed out on paper")
        if heading == "Talk to a peer":
            nobody.presses("I have been here before: seven words")
            nobody.presses("I have lost my words")


def test_an_old_copy_shows_its_day_and_no_room_ever_held_the_words(home: Home, cast: Cast) -> None:
    """After seven weeks the day of the copy stands on the screen; no server has a word or a key."""
    house, _, _, _, words = home
    house.clock.forward(days=50)
    late = cast.person("ana-late", origins=house.origins)
    late.refusals.add(409)  # her other devices keep the same copy: who comes second takes it in
    late.lives_on(50)
    returning.types_words(late, house, words)
    late.sees("You are back")
    day = late.reads(re.compile("^This copy is from ")).inner_text()
    assert re.search(r"from \w+ \d+, 20\d\d\.", day)
    late.opens(house.pocket)
    late.presses("The peers you kept")
    late.reads(KEPT_AS)
    keys = vault.records(late.page)["sealed:slot-keys/own"]
    keepsakes = [
        one["keepsake"]
        for name, one in vault.records(late.page).items()
        if name.startswith("sealed:kept-peer/")
    ]
    secret = [vault.secrets(keys), {b" ".join(word.encode() for word in words)}]
    wanted = [one for some in secret for one in some]
    assert len(wanted) == 2
    assert len(keepsakes) == 1
    for path, content in house.every_file():
        assert not [one for one in wanted if one in content], path


def slot_asked(person: Person) -> list[str]:
    return [one for one in person.asked if "/slots/" in one]
