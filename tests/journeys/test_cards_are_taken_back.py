"""A card that gives nothing any more: what was drawn still works, and nobody meets a bare no."""

from typing import NamedTuple

import pytest

from leanto.rules.weeks import running_epochs
from leanto.wire.cards import Card
from leanto.wire.draws import BATCH, Draw
from leanto.wire.tokens import MODULUS_SIZE
from tests.harness import keeping, officer, supporter
from tests.harness.cast import DESKTOP, Cast, Person
from tests.harness.house import House
from tests.harness.net import Answer, request

pytestmark = pytest.mark.journey

NEXT_SEASON_DAYS = 70
PLACE = "The shelf by the union hall's coffee machine"


class Box(NamedTuple):
    """Ana, whose card lies in a box that was taken back after she used it."""

    house: House
    ana: Person
    ben: Person
    other: str


@pytest.fixture(scope="module")
def box(house: House, cast: Cast) -> Box:
    ana = cast.person("ana", origins=house.origins)
    ben = cast.person("ben", origins=house.origins, device=DESKTOP)
    supporter.joins(ben, house)
    link, other = house.at_desk("cards", "2")
    officer.types_card(ana, house, officer.code_on(link))
    officer.makes_words(ana)
    house.at_desk("takes_back", "1")
    ana.refusals |= {403, 404}
    return Box(house, ana, ben, other)


def draw(house: House, code: bytes) -> Answer:
    """What the desk says to this code."""
    epoch = running_epochs(today=house.clock.day())[-1].number
    body = Draw(code, epoch, tuple(bytes(MODULUS_SIZE) for _ in range(BATCH))).write()
    octets = {"Content-Type": "application/octet-stream"}
    return request("POST", house.desk + "/issuance/draw", body=body, headers=octets)


def test_passes_that_were_drawn_still_work(box: Box) -> None:
    """Whoever holds one is one of us, whatever became of the paper."""
    house, ana, *_ = box
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "")
    officer.is_received(ana)
    officer.stops_asking(ana)


def test_without_a_pass_the_lines_answer_and_the_next_card_is_near(box: Box) -> None:
    """The next season her card gives none. She reads so, whom she can call, and where another card
    lies; with that one she asks, and what she had written is still there."""
    house, ana, ben, *_ = box
    keeping.time_passes(house, ana, ben, days=NEXT_SEASON_DAYS)
    ben.opens(house.pocket)
    ben.goes_to("On call")
    house.at_desk("duty", "Ben")
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "It was the kid on Mill Street.")
    ana.reads(
        "This card is not known here. It may be past its last day, or its box was taken back."
    )
    ana.reads(PLACE)
    assert ana.page.get_by_role("link", name="Call 988").count() > 0
    (fresh,) = house.at_desk("cards", "1")
    officer.presents_card(ana, officer.code_on(fresh))
    ana.sees("Your card works")
    ana.presses("Talk to a peer")
    ana.sees("Before you write")
    ana.presses("I understand, go on")
    ana.sees("Ask for a peer")
    written = ana.page.get_by_label("What's going on?", exact=True)
    assert written.input_value() == "It was the kid on Mill Street."
    officer.asks(ana, "")
    officer.is_received(ana)


def test_unknown_taken_back_and_old_are_one_answer(box: Box, cast: Cast) -> None:
    """Nobody learns from the refusal what a card was; the screen says what to do."""
    house, *_, other = box
    (old,) = house.at_desk("old_cards")
    codes = [b"no such 10", *(Card.read(officer.code_on(one)).code for one in (other, old))]
    answers = [draw(house, code) for code in codes]
    assert {one.status for one in answers} == {403}
    assert len({one.body for one in answers}) == 1
    for name, link in (("dana", other), ("eve", old)):
        someone = cast.person(name, origins=house.origins)
        someone.lives_on(NEXT_SEASON_DAYS)
        someone.refusals.add(403)
        someone.opens(link)
        someone.opens_door("Yes, it is my own")
        someone.reads("This card is not known here. It may be past its last day")
        someone.reads(PLACE)
        assert someone.page.get_by_role("link", name="Call 988").count() > 0
        someone.shuts()
