"""What Ana does in her pocket, step by step, by the words on its screens."""

import re

from leanto.wire.requests import Claim
from tests.harness import vault
from tests.harness.cast import Person
from tests.harness.house import House
from tests.harness.mailroom import problem

WORDS = 7
WAITING = re.compile("^(You asked for a peer|Nobody could be reached)$")


def says_own_device(person: Person) -> None:
    person.sees("Is this your own device?")
    person.opens_door("Yes, it is my own")


def joins(ana: Person, house: House) -> list[str]:
    """With a card from a new box, and seven words, which this gives."""
    (link,) = house.at_desk("cards", "1")
    types_card(ana, house, code_on(link))
    return makes_words(ana)


def code_on(link: str) -> str:
    """What stands on the card of this link, as one would type it."""
    return link.rpartition("=")[2]


def types_card(ana: Person, house: House, card: str) -> None:
    """From the landing to a card that works."""
    brings_card(ana, house, card)
    ana.sees("Your card works")


def brings_card(ana: Person, house: House, card: str) -> None:
    """From the landing to a card, whatever becomes of it."""
    comes_without_card(ana, house)
    presents_card(ana, card)


def presents_card(ana: Person, card: str) -> None:
    """By typing it, from where she reads that she needs one."""
    ana.presses("I have a card")
    ana.sees("Type your card")
    ana.types("Code on the card", card)
    ana.presses("Go on")


def comes_without_card(person: Person, house: House) -> None:
    """From the landing to what one can do who has typed nothing yet."""
    person.opens(house.pocket)
    person.sees("Someone who has been there")
    person.opens_door("Talk to a peer")
    says_own_device(person)
    person.sees("Talk to a peer")


def makes_words(person: Person, *, then: str = "Before you write") -> list[str]:
    """The seven words, written down and typed back once; `then` is the screen that follows."""
    person.presses("Make my seven words")
    person.sees("Your seven words")
    person.presses("Show me my words")
    person.sees("Write these down")
    words = person.listed(within=person.page.get_by_role("main"))
    assert len(words) == WORDS
    person.presses("I have written them down")
    person.sees("Type them back once")
    person.types("Your seven words", " ".join(words))
    person.presses("Done")
    person.sees(then)
    return words


def goes_to_ask(ana: Person, house: House) -> None:
    """From the landing past the limits to the one field."""
    ana.opens(house.pocket)
    ana.opens_door("Talk to a peer")
    ana.sees("Before you write")
    ana.presses("I understand, go on")
    ana.sees("Ask for a peer")


def asks(ana: Person, words: str, *, urgency: str = "Now") -> None:
    """Asks whoever is first."""
    if words:
        ana.types("What's going on?", words)
    ana.chooses(urgency)
    ana.presses("First peer available")


def is_received(ana: Person) -> None:
    """The mailroom has it on disk: of the three states, the second is the true one."""
    ana.sees(WAITING)
    ana.waits_for(ana.page.locator("[aria-current=step]", has_text="Received"))


def opens_answer(ana: Person) -> None:
    """Somebody is there, and she goes to the talk."""
    ana.sees("A peer is here")
    ana.presses("Open the talk")


def stops_asking(ana: Person) -> None:
    """The mailroom has answered: a page that goes before that says it twice, and hears a 404."""
    ana.presses("I don't need it any more")
    with ana.page.expect_response(re.compile("/requests/(act|withdraw)$")):
        ana.presses("Yes, stop")
    ana.sees("Someone who has been there")


def peers_offered(ana: Person, house: House, *, own_agency_too: bool = False) -> tuple[str, ...]:
    """Their handles in the order in which she is shown them."""
    goes_to_ask(ana, house)
    if own_agency_too:
        ana.page.get_by_role("checkbox", name="Someone from outside my agency").uncheck()
    ana.presses("Choose a peer")
    ana.sees("Choose a peer")
    return tuple(ana.page.get_by_role("heading", level=2).all_inner_texts())


def tells_agency(ana: Person, agency: str, unit: str = "") -> None:
    """Her own device leaves out whom she must not be brought together with."""
    ana.page.get_by_role("link", name=re.compile("my agency and unit")).click()
    ana.sees("Your agency and unit")
    ana.picks("Agency", agency)
    if unit:
        ana.picks("Unit", unit)
    ana.presses("Keep this")
    ana.sees("Ask for a peer")


def claimed_by(house: House, ana: Person, read_key: bytes) -> str:
    """What a mailroom answers whoever holds this key and knows what Ana's request is called."""
    names = [name for name in vault.records(ana.page) if name.startswith("open:asking/")]
    request_id = bytes.fromhex(names[-1].removeprefix("open:asking/"))
    body = Claim(request_id=request_id, read_key=read_key, talk_address=bytes(16)).write()
    return problem(house.ask_mailroom("POST", "/requests/claim", body))


def still_has_the_lines(person: Person) -> None:
    """Whatever else the screen says, the bar above it leads to a human voice."""
    bar = person.page.get_by_role("navigation", name="Lines that answer")
    links = [link for link in bar.get_by_role("link").all() if link.is_visible()]
    assert {"tel:988", "sms:988"} <= {link.get_attribute("href") for link in links}
