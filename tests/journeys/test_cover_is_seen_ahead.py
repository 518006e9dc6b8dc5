"""Cleo sees that nobody will be there before it happens, and the desk tells her by itself."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from leanto.host.clock import moment
from leanto.host.config import load, save
from leanto.sim.region import PEERS
from tests.harness import coordinator, officer
from tests.harness.cast import Cast, Person
from tests.harness.coordinator import EMAIL, cleo_of
from tests.harness.house import House
from tests.harness.net import free_port
from tests.harness.postoffice import PostOffice, post_office

pytestmark = pytest.mark.journey

PAT = PEERS[-1]
WITHIN_SECONDS = 20


@pytest.fixture(scope="module")
def office() -> Iterator[PostOffice]:
    with post_office(free_port()) as found:
        yield found


@pytest.fixture(scope="module")
def house(settled_house: House, office: PostOffice) -> House:
    """A program with a mail server, and one peer who is on duty every day."""
    settled_house.at_desk("left_alone", PAT.handle)
    save(replace(load(settled_house.data), mail=office.mail))
    settled_house.kill_and_start()
    return settled_house


@pytest.fixture(scope="module")
def cleo(house: House, cast: Cast) -> Person:
    cleo = cleo_of(house, cast)
    cleo.refusals.add(409)
    coordinator.comes_in(cleo, coordinator.invited(house))
    return cleo


def letters(house: House, office: PostOffice, *, more_than: int) -> list[str]:
    """What lies in Cleo's mailbox once there is more than before; a minute passes."""
    house.clock.forward(seconds=60)
    until = time.monotonic() + WITHIN_SECONDS
    while len(office.texts(to=EMAIL)) <= more_than and time.monotonic() < until:
        time.sleep(0.1)
    return office.texts(to=EMAIL)


def takes_off(cleo: Person, house: House, day: datetime) -> None:
    """The shift of that day, as far as the question whether she means it, and yes."""
    cleo.opens(f"{house.desk}/rota/?week={day:%Y-%m-%d}")
    cleo.sees("Rota")
    section = cleo.page.locator(f'section[aria-labelledby="{day:%Y-%m-%d}"]')
    section.get_by_role("link", name=PAT.name).last.click()
    cleo.sees("Change a shift")
    cleo.presses("Remove this shift")
    cleo.sees("Remove this shift?")
    cleo.presses("Remove shift")


def test_what_would_leave_somebody_with_no_one_is_refused_until_it_is_mended(
    house: House, cleo: Person
) -> None:
    """The reason stands on the page; a backstop makes it possible; the gap is seen at once."""
    day = moment(house.clock) + timedelta(days=2)
    takes_off(cleo, house, day)
    cleo.reads(re.compile("^Not saved. Nobody at all would be rung on "))
    coordinator.goes_to_peer(cleo, house, name=PAT.name)
    cleo.presses("Mark as backstop")
    cleo.sees(f"Make {PAT.name} a backstop")
    cleo.presses("Mark as backstop")
    cleo.sees(PAT.name)
    takes_off(cleo, house, day)
    cleo.sees("Rota")
    cleo.presses("Cover")
    cleo.sees("Cover")
    cleo.reads(re.compile("^Nobody is on duty: "))
    cleo.reads("There is only one backstop who can be rung. Two at least are wanted.")
    cleo.presses("Home")
    cleo.sees("Tonight")
    cleo.reads(re.compile("^Nobody is on duty: "))


def test_the_alarm_is_mailed_and_waits_for_a_mail_server_that_refuses(
    house: House, cleo: Person, office: PostOffice
) -> None:
    """No alarm is lost: the page says that mail does not go out, and then it does."""
    before = len(letters(house, office, more_than=0))
    office.mood = "refuse"
    takes_off(cleo, house, moment(house.clock) + timedelta(days=1))
    cleo.sees("Rota")
    house.clock.forward(seconds=60)
    cleo.presses("Cover")
    while "takes no mail to coordinators" not in cleo.page.get_by_role("main").inner_text():
        cleo.reloads()
        cleo.sees("Cover")
    office.mood = "take"
    text = letters(house, office, more_than=before)[-1]
    assert "Nobody is on duty" in text
    assert "No hay nadie de guardia" in text
    assert house.desk in text
    for one in PEERS:
        assert one.name not in text
        assert one.handle not in text
    cleo.reloads()
    cleo.sees("Cover")
    assert "takes no mail" not in cleo.on_screen()


def test_whoever_looks_and_asks_makes_no_mail(
    house: House, cleo: Person, cast: Cast, office: PostOffice
) -> None:
    """Ana asks, minutes pass, and Cleo's mailbox holds to the byte what it held before."""
    quiet = letters(house, office, more_than=0)
    ana = cast.person("ana", origins=house.origins)
    (card,) = coordinator.prints_cards(cleo, house, count=1)
    officer.types_card(ana, house, card)
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "It was the kid on Mill Street.")
    officer.is_received(ana)
    for _minute in range(3):
        house.clock.forward(seconds=60)
        time.sleep(1.2)
    assert office.texts(to=EMAIL) == quiet
    officer.stops_asking(ana)
