"""Coming back on a new phone with seven words, by the words on its screens."""

import re
from collections.abc import Sequence

from tests.harness import vault
from tests.harness.cast import Person
from tests.harness.house import House
from tests.harness.officer import comes_without_card


def makes_copy_anew(person: Person, house: House) -> None:
    """At *what is kept here*, as somebody does who is about to change phones."""
    person.opens(house.pocket)
    person.presses("This device: what is kept here")
    person.sees("Is this your own device?")
    person.presses("Make it anew now")
    person.waits_for(person.page.locator("button:not([aria-disabled=true])", has_text="anew now"))
    person.reads(re.compile("^A sealed copy of .+ lies at the program"))


def types_words(person: Person, house: House, words: Sequence[str]) -> None:
    """On an empty phone, without any card, from the landing to the seven words."""
    comes_without_card(person, house)
    person.presses("I have been here before: seven words")
    tries_words(person, words)


def tries_words(person: Person, words: Sequence[str]) -> None:
    person.sees("I have been here before")
    person.types("Your seven words", " ".join(words))
    person.presses("Bring it back")


def passes_on(person: Person) -> list[str]:
    """The unspent passes that lie on this phone."""
    held = vault.records(person.page)["open:admission/passes"]["tokens"]
    return [str(one["token"]) for one in held]


def drew(person: Person) -> bool:
    """Whether this phone ever asked the desk for passes."""
    return any(one.endswith("/issuance/draw") for one in person.asked)
