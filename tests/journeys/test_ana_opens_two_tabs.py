"""Ana opens her pocket twice: one window does the work, the other says so and can take it over."""

from typing import NamedTuple

import pytest
from playwright.sync_api import Page

from tests.harness import officer, supporter, talking
from tests.harness.cast import Cast, Person
from tests.harness.house import House

pytestmark = pytest.mark.journey


class Night(NamedTuple):
    house: House
    ana: Person
    ben: Person


@pytest.fixture(scope="module")
def night(house: House, cast: Cast) -> Night:
    ana, ben = talking.ready(house, cast)
    return Night(house, ana, ben)


def count(house: House, table: str) -> int:
    """Rows in the mailroom."""
    with house.opened("mailroom") as mailroom:
        ((rows,),) = mailroom.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own names
    return int(rows)


def sees_in(page: Page, heading: str) -> None:
    page.get_by_role("heading", name=heading, exact=True).first.wait_for()


def test_two_windows_ask_once_and_the_talk_follows_the_one_in_use(night: Night) -> None:
    """No double request, no double ring, no pass lost: every window tells the truth."""
    house, ana, ben = night
    ben.opens(house.pocket)
    officer.goes_to_ask(ana, house)
    first = ana.page
    spent = count(house, "spent")
    ana.browser.new_page()
    ana.opens(house.pocket)
    ana.opens_door("Talk to a peer")
    ana.sees("Open in another window")
    officer.still_has_the_lines(ana)

    first.get_by_label("What's going on?", exact=True).fill("Twice tonight.")
    first.get_by_role("button", name="First peer available", exact=True).click()
    first.locator("[aria-current=step]", has_text="Received").wait_for()
    assert (count(house, "request"), count(house, "spent") - spent) == (1, 1)

    ana.presses("Use this window")
    officer.is_received(ana)
    sees_in(first, "Open in another window")
    assert (count(house, "request"), count(house, "spent") - spent) == (1, 1)

    supporter.claims(ben)
    officer.opens_answer(ana)
    ana.reads("Twice tonight.")
    ben.reads("Twice tonight.")
    assert ben.page.get_by_text("Twice tonight.").count() == 1
    sees_in(first, "Open in another window")
    ana.page.close()

    first.get_by_role("button", name="Use this window", exact=True).click()
    officer.opens_answer(ana)
    ana.reads("Twice tonight.")
