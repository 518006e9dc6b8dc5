"""Ana waits: each minute of it the screen says what is true, and who else answers.

Time passes on her device and at the program as the stories say.
"""

import json
import re
from typing import Any, NamedTuple

import pytest

from tests.harness import officer, supporter, talking
from tests.harness.cast import DESKTOP, Cast, Person
from tests.harness.house import House
from tests.harness.rounds import in_soak_alone

pytestmark = pytest.mark.journey

HOURS = 5
ASKING = re.compile("/requests$")
STORE_FULL: dict[str, Any] = {
    "status": 507,
    "content_type": "application/problem+json",
    "headers": {"Access-Control-Allow-Origin": "*"},
    "body": json.dumps({"type": "urn:leanto:problem:store-full", "status": 507}),
}
SEE_WHO_ANSWERS = "See who answers now"
HELPS_RUN = "Cleo helps run this program"


class Night(NamedTuple):
    """Whoever is there tonight."""

    house: House
    ana: Person
    cleo: Person


@pytest.fixture(scope="module")
def night(house: House, cast: Cast) -> Night:
    """Ana, and Cleo, who runs the program and agreed to be rung when nobody answers."""
    ana = cast.person("ana", origins=house.origins)
    cleo = cast.person("cleo", origins=house.origins, device=DESKTOP)
    supporter.joins_as_backstop(cleo, house)
    ana.waits(seconds=0)
    (link,) = house.at_desk("cards", "1")
    officer.types_card(ana, house, officer.code_on(link))
    for one in (ana, cleo):
        one.refusals.add(404)  # a letter on its way when the other one burns finds no mailbox
    return Night(house, ana, cleo)


@pytest.fixture(scope="module")
def ben(night: Night, cast: Cast) -> Person:
    """From here on there is somebody on duty."""
    ben = cast.person("ben", origins=night.house.origins, device=DESKTOP)
    supporter.joins(ben, night.house)
    ben.refusals.add(404)
    return ben


def time_passes(house: House, ana: Person, *, seconds: int) -> None:
    house.clock.forward(seconds=seconds)
    ana.waits(seconds=seconds)


def test_with_nobody_on_duty_the_screen_says_so_and_cleo_comes(night: Night) -> None:
    """No queue in silence: who is not there is said at once, the lines answer, the net rings on."""
    house, ana, cleo = night
    cleo.shuts()
    officer.goes_to_ask(ana, house)
    ana.reads("Nobody is on duty right now. You can still ask: others may answer.")
    officer.asks(ana, "It was the kid on Mill Street.")
    officer.is_received(ana)
    ana.sees("Nobody could be reached")
    officer.still_has_the_lines(ana)
    ana.presses(SEE_WHO_ANSWERS)
    ana.sees("Who answers now")
    ana.reads("You could say")
    ana.reads("Your request goes on ringing.")
    ana.presses("Back to waiting")
    cleo.opens(house.pocket)
    house.clock.forward(seconds=75)
    supporter.answers_as_backstop(cleo)
    ana.sees("A peer is here")
    ana.reads(HELPS_RUN)
    ana.presses("Open the talk")
    ana.sees("Talk with Cleo")
    ana.reads(HELPS_RUN)
    cleo.reads("It was the kid on Mill Street.")
    talking.burns(ana)


def test_what_cannot_wait_has_the_whole_net_from_the_first_second(night: Night) -> None:
    """Who says that it cannot wait is shown at once who else answers, and Cleo's phone rings."""
    house, ana, cleo = night
    officer.goes_to_ask(ana, house)
    ana.chooses("Now")
    ana.chooses("This can't wait")
    ana.presses("First peer available")
    officer.is_received(ana)
    ana.reads("You said it can't wait, so someone who helps run the program is rung too.")
    ana.reads("You don't have to wait alone.")
    cleo.reads("Someone asks for a peer")
    ana.presses(SEE_WHO_ANSWERS)
    ana.sees("Who answers now")
    ana.presses("I don't need it any more")
    ana.presses("Yes, stop")
    ana.sees("Someone who has been there")


def test_ben_sleeps_and_the_net_opens_step_by_step(night: Night, ben: Person) -> None:
    """The chosen peer lets it ring: others ring when she says so, Cleo at two minutes, and at four
    and a half she is shown who else answers; then Cleo is there, and Ana sees who that is."""
    house, ana, cleo = night
    officer.goes_to_ask(ana, house)
    ana.chooses("Now")
    ana.presses("Choose a peer")
    ana.presses("Ask Ben")
    officer.is_received(ana)
    ana.reads("The peer you chose is being rung.")
    ben.reads("Someone asks for a peer")
    ana.presses("Ring others now")
    ana.reads("The peer you chose has not picked up. Others are rung now.")
    assert cleo.page.get_by_text("Someone asks for a peer").count() == 0
    time_passes(house, ana, seconds=120)
    ana.reads("Nobody has picked up yet, so someone who helps run the program is rung too.")
    cleo.reads("Someone asks for a peer")
    assert ana.page.get_by_text("You don't have to wait alone.").count() == 0
    time_passes(house, ana, seconds=150)
    ana.reads("You don't have to wait alone.")
    ana.waits_for(ana.page.get_by_role("link", name=SEE_WHO_ANSWERS))
    supporter.answers_as_backstop(cleo)
    ana.sees("A peer is here")
    ana.reads(HELPS_RUN)
    ana.presses("Open the talk")
    talking.burns(ana)


def test_she_waits_in_peace_leaves_word_and_is_answered_hours_later(
    night: Night, ben: Person
) -> None:
    """Her phone may lie in a drawer: Ben is rung all the same, and her words wait for him."""
    house, ana, _ = night
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "I don't know where to start.")
    officer.is_received(ana)
    ana.presses("I'll wait")
    ana.reads("Take your time.")
    ana.opens(house.pocket)
    ana.opens_door("Talk to a peer")
    ana.reads("Take your time.")
    ana.presses("Leave word")
    ana.sees("Leave word and come back later?")
    ana.types("Write while you wait", "I keep hearing it.")
    ana.presses("Yes, leave word")
    ana.sees("You left word")
    ana.shuts()
    house.clock.forward(seconds=HOURS * 3_600)
    ben.goes_to("Someone asks for a peer")
    ben.reads("Whenever it suits")
    supporter.claims(ben)
    ana.waits(seconds=HOURS * 3_600)
    ana.opens(house.pocket)
    ana.opens_door("Talk to a peer")
    ben.reads("I keep hearing it.")
    talking.burns(ben)
    ana.sees("You are not waiting")


@in_soak_alone
def test_refused_restarted_and_reloaded_it_arrives_once(night: Night, ben: Person) -> None:
    """A full disk is said and burns nothing; then the servers fall twice, the line is down, the
    page is loaded anew: one request rings, paid once, and its words arrive once."""
    house, ana, _ = night
    spent = passes_spent(house)
    ana.browser.route(ASKING, lambda route: route.fulfill(**STORE_FULL))
    ana.refusals |= {507}
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "Is anybody there?")
    ana.reads("The program's server is full and cannot take your request yet.")
    officer.still_has_the_lines(ana)
    assert passes_spent(house) == spent
    house.kill()
    ana.browser.unroute(ASKING)
    ana.loses_network()
    ana.waits(seconds=60)
    ana.reads("No connection. Your request waits on this device and goes out by itself.")
    ana.has_network_again()
    ana.reloads()
    house.start()
    ana.opens(house.pocket)
    ana.opens_door("Talk to a peer")
    officer.is_received(ana)
    house.kill_and_start()
    ana.reloads()
    ben.opens(house.pocket)
    supporter.claims(ben)
    ben.reads("Is anybody there?")
    assert ben.page.get_by_text("Is anybody there?").count() == 1
    assert passes_spent(house) == spent + 1
    with house.opened("mailroom") as mailroom:
        assert mailroom.execute("SELECT count(*) FROM request").fetchone() in {(0,), (1,)}


def passes_spent(house: House) -> int:
    with house.opened("mailroom") as mailroom:
        (count,) = mailroom.execute("SELECT count(*) FROM spent").fetchone()
    return int(count)
