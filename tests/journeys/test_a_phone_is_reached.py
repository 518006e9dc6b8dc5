"""How Ben's phone is reached: what he sets up, tries out and says is what happens at the rooms."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest

from leanto.wire.endpoints import Pushed as Payload
from leanto.wire.endpoints import What
from tests.harness import officer, supporter
from tests.harness.cast import Cast, Person
from tests.harness.house import House
from tests.harness.waking.browser import Pushed
from tests.harness.waking.house import house_with_ways
from tests.harness.waking.notifier import Ways

pytestmark = pytest.mark.journey

SAYS = {"title": "Leanto", "body": "Something is waiting for you.", "tag": "leanto"}
# One of a peer's tests after the other.
PACED_SECONDS = 25


@dataclass
class Reached:
    """Ben on duty, with a browser that can be pushed to."""

    house: House
    ways: Ways
    ben: Person
    push: Pushed


@pytest.fixture(scope="module")
def reached(tmp_path_factory: pytest.TempPathFactory, cast: Cast) -> Iterator[Reached]:
    with house_with_ways(tmp_path_factory.mktemp("house"), people="agencies") as (house, ways):
        ben = cast.person("ben", origins=house.origins)
        ben.also_own = (house.notifier,)
        push = Pushed(ben, origin=house.pocket, url=f"{ways.push.url}/ben")
        supporter.joins(ben, house)
        yield Reached(house, ways, ben, push)


def test_ways_are_set_up_tried_out_and_shown_as_they_are(reached: Reached) -> None:
    """A way counts as working when it was seen to; a dead one is said before it is needed."""
    ben, house, ways, push = reached.ben, reached.house, reached.ways, reached.push
    ben.goes_to("On call")
    ben.reads("With this page closed nothing reaches you yet")
    ben.goes_to("How your phone is reached")
    ben.presses("Use this browser")
    ben.sees("This browser, also when it is closed")
    ben.types("Your e-mail address", "ben@example.org")
    ben.presses("Add")
    ben.sees("E-mail")

    ben.page.get_by_role("button", name="Send a test").first.click()
    ben.reads("The test is on its way")
    (came,) = ways.push.waits_for(1, path="/ben")
    payload = push.phone.opens(came.body)
    assert payload.what is What.WAKE
    push.delivers(payload.write())
    ben.reads("Seen to arrive on")
    until(lambda: push.shown() == [SAYS])

    push.delivers(Payload(What.PING, payload.endpoint_id).write())
    ben.page.wait_for_timeout(500)  # nothing to wait for: nothing may come
    assert push.shown() == [SAYS]

    house.clock.forward(seconds=PACED_SECONDS)
    ben.page.get_by_role("button", name="Send a test").last.click()
    ben.reads("The test is on its way")
    ways.office.waits_for(1, to="ben@example.org")
    ben.presses("It came")
    ben.waits_for(ben.page.get_by_text("Seen to arrive on").nth(1))

    house.clock.forward(seconds=PACED_SECONDS)
    ways.push.say.append(410)
    ben.refusals = {404}
    ben.page.get_by_role("button", name="Send a test").first.click()
    ben.reads("Nothing arrives here any more")
    ben.presses("Back")
    ben.reads("One of the ways to reach you does not work any more")


def test_his_hours_stand_at_the_desk_and_his_buddy_nowhere(reached: Reached) -> None:
    """What he chose is what the desk puts into the bulletin; what is his own never leaves him."""
    ben, house = reached.ben, reached.house
    ben.opens(house.pocket)
    ben.goes_to("On call")
    ben.goes_to("Your hours and your rest")
    ben.chooses("You may also ring me outside my shifts")
    ben.page.get_by_label("No quiet hours").uncheck(force=True)
    ben.picks("From", "10:00")
    ben.types("Name", "Sam Buddy")
    ben.types("Number", "+1 555 0100 299")
    ben.presses("Save")
    ben.waits_for(ben.page.get_by_role("button", name="Forget it"))
    said = (
        "SELECT reserve, quiet_from_minute, quiet_until_minute, reached_day > 0"
        " FROM enrolment_ownword"
    )
    until(lambda: one_row(house, "desk", said) == (1, 600, 420, 1))
    for path, held in house.every_file():
        assert b"Sam Buddy" not in held, path
        assert b"0100 299" not in held, path


def test_a_drill_rings_is_tapped_and_counts_nothing_but_a_tap(reached: Reached) -> None:
    """Who agreed is rung for practice: no talk begins, and the screen asks for nothing."""
    ben, house = reached.ben, reached.house
    ben.opens(house.pocket)
    ben.goes_to("On call")
    ben.goes_to("How your phone is reached")
    ben.chooses("By day")
    until(lambda: one_row(house, "mailroom", "SELECT drills FROM drill_consent") == (1,))
    with closing(sqlite3.connect(house.data / "mailroom" / "mailroom.sqlite3")) as database:
        begun = "INSERT INTO drill SELECT person, randomblob(16), ?, 0 FROM drill_consent"
        database.execute(begun, (house.clock.seconds(),))
        database.commit()
    ben.reloads()  # the line tells again what still rings
    ben.presses("A drill: tap that you are there")
    ben.sees("A drill")
    ben.presses("I'm there")
    ben.sees("On call")
    until(lambda: one_row(house, "mailroom", "SELECT done FROM drill") == (1,))


def test_a_ring_that_is_seen_wakes_no_other_phone_and_a_heavy_talk_ends_in_a_rest(
    reached: Reached, cast: Cast
) -> None:
    """What stands on a screen that is looked at is not rung again by mail."""
    ben, house, ways = reached.ben, reached.house, reached.ways
    ana = cast.person("ana", origins=house.origins)
    officer.joins(ana, house)
    ben.opens(house.pocket)
    ben.goes_to("On call")
    ben.goes_to("How your phone is reached")
    while ben.page.get_by_role("button", name="Remove").count() > 0:
        ben.presses("Remove")
        ben.page.wait_for_timeout(300)
    ben.types("Your e-mail address", "night@example.org")
    ben.presses("Add")
    ben.sees("E-mail")
    wakes = "SELECT COUNT(*) FROM wakes"
    until(lambda: one_row(house, "mailroom", wakes) == (1,))
    ben.opens(house.pocket)
    ben.sees("Someone who has been there")
    before = len(ways.office.letters)
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "It was a kid.")
    ben.reads("Someone asks for a peer")
    house.clock.forward(seconds=10)
    time.sleep(3)  # nothing to wait for: nothing may come
    assert len(ways.office.letters) == before
    supporter.claims(ben)
    ben.presses("End the talk")
    ben.presses("Yes, end it")
    ben.sees("Was this a heavy one?")
    ben.presses("Rest 24 hours")
    ben.reads("You don't have to carry it alone")
    rests = "SELECT COUNT(*) FROM peer_gauge WHERE rests_until_hour > 0"
    until(lambda: one_row(house, "mailroom", rests) == (1,))
    ben.opens(house.pocket)
    ben.goes_to("On call")
    ben.presses("End my rest now")
    until(lambda: one_row(house, "mailroom", rests) == (0,))


def one_row(house: House, room: str, question: str) -> object:
    with house.opened(room) as database:
        return database.execute(question).fetchone()


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline, "it never came to be so"
        time.sleep(0.1)
