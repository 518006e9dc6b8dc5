"""Everything goes wrong in one night, and she still reaches a human."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from leanto.host.config import load, save
from tests.harness import officer, supporter, talking
from tests.harness.cast import DESKTOP, Cast, Person
from tests.harness.house import House
from tests.harness.waking.notifier import Ways, all_ways

pytestmark = pytest.mark.journey

ZONE = ZoneInfo("America/Chicago")
RINGS = "Someone asks for a peer"


@pytest.fixture
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Ways]]:
    """A program with its notifier, and a mail server that nobody can speak to."""
    house = House(tmp_path_factory.mktemp("house"))
    house.notified = True
    house.found(people="agencies")
    with all_ways() as ways:
        ways.office.mood = "drop"
        save(replace(load(house.data), **ways.allowed(house.folder)))  # type: ignore[arg-type]  # each by its own name
        try:
            house.start()
            yield house, ways
        finally:
            house.kill()


def test_asleep_killed_twice_and_no_mail_and_somebody_comes(
    night: tuple[House, Ways], cast: Cast
) -> None:
    """Ben is on duty and asleep, his mail goes nowhere, the program dies while it rings and once
    more before anybody is there: the request is there each time, the screen stays true, the lines
    stay. After two minutes Cleo's phone rings, and she answers."""
    house, ways = night
    ana, ben, cleo = people(house, cast)
    is_reached_by_mail_alone(ben, house)
    three_in_the_morning(house, ana, cleo)

    officer.goes_to_ask(ana, house)
    officer.asks(ana, "I keep seeing the car.")
    officer.is_received(ana)
    tried(ways, "ben@example.org")
    for _ in range(2):
        house.kill()
        officer.still_has_the_lines(ana)
        house.start()
        officer.is_received(ana)
    assert cleo.page.get_by_text(RINGS).count() == 0

    house.clock.forward(seconds=125)
    ana.waits(seconds=125)
    supporter.answers_as_backstop(cleo)
    ana.sees("A peer is here")
    ana.presses("Open the talk")
    ana.sees("Talk with Cleo")
    cleo.reads("I keep seeing the car.")
    assert ways.office.letters == []
    talking.burns(ana)


def people(house: House, cast: Cast) -> tuple[Person, Person, Person]:
    ana = cast.person("ana", origins=house.origins)
    ben = cast.person("ben", origins=house.origins, device=DESKTOP)
    cleo = cast.person("cleo", origins=house.origins, device=DESKTOP)
    for one in (ben, cleo):
        one.also_own = (house.notifier,)
    for one in (ana, cleo):
        one.refusals.add(404)  # a letter on its way when the other one burns finds no mailbox
    supporter.joins_as_backstop(cleo, house)
    cleo.opens(house.pocket)
    supporter.joins(ben, house)
    ana.waits(seconds=0)
    (link,) = house.at_desk("cards", "1")
    officer.types_card(ana, house, officer.code_on(link))
    return ana, ben, cleo


def is_reached_by_mail_alone(ben: Person, house: House) -> None:
    """He sets it up, and shuts his pocket for the night."""
    ben.goes_to("How your phone is reached")
    ben.types("Your e-mail address", "ben@example.org")
    ben.presses("Add")
    ben.sees("E-mail")
    deadline = time.monotonic() + 20
    while not _is_woken_by_something(house):
        assert time.monotonic() < deadline, "the mailroom does not know how he is reached"
        time.sleep(0.1)
    ben.shuts()


def _is_woken_by_something(house: House) -> bool:
    with house.opened("mailroom") as mailroom:
        return mailroom.execute("SELECT 1 FROM wakes").fetchone() is not None


def three_in_the_morning(house: House, *awake: Person) -> None:
    """The next one, on the program's clock and on the devices of who is awake."""
    now = datetime.fromtimestamp(house.clock.seconds(), ZONE)
    three = (now + timedelta(days=now.hour >= 3)).replace(hour=3, minute=0, second=0)
    seconds = int((three - now).total_seconds())
    house.clock.forward(seconds=seconds)
    for one in awake:
        one.waits(seconds=seconds)


def tried(ways: Ways, address: str) -> None:
    """His mail was on its way, and came nowhere."""
    deadline = time.monotonic() + 20
    while address not in " ".join(ways.office.tries):
        assert time.monotonic() < deadline, ways.office.tries
        time.sleep(0.1)
