"""Keeping a peer and coming back, by the words on both screens."""

from tests.harness import officer, supporter
from tests.harness.cast import Person
from tests.harness.house import House

KNOWN = "Someone you spoke with before"


def keeps(ana: Person, name: str) -> None:
    """In the talk that is open before her, or has just ended."""
    ana.presses("Keep this peer")
    ana.sees("Keep this peer?")
    ana.types("Your name for this peer", name)
    ana.presses("Keep")
    ana.reads(f"You keep this peer as {name}.")


def writes_reminder(ben: Person, words: str) -> None:
    """In the talk in which he is kept, or at the list of all."""
    if ben.page.get_by_text("Write a reminder").count():
        ben.page.get_by_text("Write a reminder").click()
    ben.types("Your reminder", words)
    ben.presses("Save")


def comes_back_to(ana: Person, pocket: str, name: str) -> None:
    """From the landing, by the name that she gave, past the limits to a request on its way."""
    ana.opens(pocket)
    ana.presses("The peers you kept")
    ana.sees("The peers you kept")
    ana.presses(f"Ask {name}")
    ana.sees("Before you write")
    ana.presses("I understand, go on")
    ana.sees("Ask for a peer")
    ana.presses(f"Ask {name} first")


def is_known(ana: Person, ben: Person) -> bool:
    """He is rung alone first, and takes it; whether his own pocket says that they spoke before."""
    ana.waits_for(ana.page.get_by_role("button", name="Ring others now"))
    officer.is_received(ana)
    supporter.claims(ben)
    return ben.page.get_by_role("heading", name=KNOWN).count() == 1


def time_passes(house: House, *people: Person, days: int) -> None:
    """For the program and everybody's devices, which are shut meanwhile."""
    for one in people:
        one.lives_on(days)
    house.clock.forward(days=days)
