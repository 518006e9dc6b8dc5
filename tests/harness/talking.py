"""A talk as both sides live it: begun, written in, burned."""

from dataclasses import dataclass

from tests.harness import officer, supporter
from tests.harness.cast import DESKTOP, Cast, Person
from tests.harness.house import House

ME = "You"
STATES = {"Not sent yet", "Sent", "Arrived"}
SPEAKERS = {ME, "Someone", "Ben", "Pat (practice)"}
HELLO = "I'm here. How are you doing?"


@dataclass(frozen=True)
class Said:
    """One line on the screen."""

    by_me: bool
    words: str
    state: str


def ready(house: House, cast: Cast) -> tuple[Person, Person]:
    """Ana with a card and her words, and Ben on duty: as most stories begin."""
    ana = cast.person("ana", origins=house.origins)
    ben = cast.person("ben", origins=house.origins, device=DESKTOP)
    supporter.joins(ben, house)
    officer.joins(ana, house)
    return ana, ben


def begins(ana: Person, ben: Person, house: House, words: str) -> None:
    """Ana asks, Ben is there, and both look at their talk."""
    officer.goes_to_ask(ana, house)
    officer.asks(ana, words)
    officer.is_received(ana)
    supporter.claims(ben)
    officer.opens_answer(ana)
    ana.sees("Talk with Ben")


def says(person: Person, *lines: str) -> None:
    for words in lines:
        person.types("Write", words)
        person.presses("Send")
        person.reads(words)


def said(person: Person) -> list[Said]:
    """Every line on the screen, from top to bottom."""
    paragraphs = person.page.get_by_role("log").get_by_role("paragraph").all_inner_texts()
    texts = [one.strip() for one in paragraphs]
    found = []
    for at, text in enumerate(texts):
        if text not in SPEAKERS:
            continue
        state = texts[at + 2] if at + 2 < len(texts) else ""
        found.append(Said(text == ME, texts[at + 1], state if state in STATES else ""))
    return found


def returns_to_talk(person: Person, house: House) -> None:
    """Opens the pocket anew and goes to the one open talk."""
    person.opens(house.pocket)
    person.presses("Your open talk")
    person.sees("Your talks")
    person.opens_door("Someone" if person.name == "ben" else "Ben")


def burns(person: Person) -> None:
    person.presses("Burn")
    person.sees("Burn this talk now?")
    person.presses("Yes, burn it")
    person.sees("Burned")
