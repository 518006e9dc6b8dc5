"""Max carries the letters: whatever he does to them, each is read once, by whom it is for."""

import os
import time
from typing import NamedTuple

import pytest

from leanto.wire.mailboxes import ENVELOPE_SIZE, Post
from tests.harness import officer, supporter, talking
from tests.harness.cast import DESKTOP, Cast, Person
from tests.harness.house import House

pytestmark = pytest.mark.journey

TO_BEN = ["One road.", "Two lanes.", "Three of us."]
TO_ANA = ["I know it.", "Go on."]


class Waiting(NamedTuple):
    address: bytes
    body: bytes


@pytest.fixture(scope="module")
def talk(house: House, cast: Cast) -> tuple[Person, Person]:
    ana = cast.person("ana", origins=house.origins)
    ben = cast.person("ben", origins=house.origins, device=DESKTOP)
    supporter.joins(ben, house)
    (link,) = house.at_desk("cards", "1")
    officer.types_card(ana, house, officer.code_on(link))
    talking.begins(ana, ben, house, "")
    return ana, ben


def waiting(house: House, *, at_least: int) -> list[Waiting]:
    """What lies in the mailroom's database, as soon as so many letters do."""
    for _ in range(100):
        with house.opened("mailroom") as mailroom:
            rows = mailroom.execute("SELECT address, body FROM envelope").fetchall()
        if len(rows) >= at_least:
            return [Waiting(*row) for row in rows]
        time.sleep(0.1)
    raise AssertionError("the letters never came")


def put(house: House, address: bytes, body: bytes) -> None:
    assert house.ask_mailroom("POST", "/envelopes", Post(address, body).write()).status == 201


def spoiled(body: bytes) -> list[bytes]:
    """A bit in each part of it, half of it gone, its end gone, and nothing of it."""
    flipped = [changed(body, at) for at in (0, 3, 9, 600, 1_129, 3_000, 4_095)]
    short = [body[:keep].ljust(ENVELOPE_SIZE, b"\0") for keep in (2_048, 4_000)]
    return [*flipped, *short, bytes(ENVELOPE_SIZE), os.urandom(ENVELOPE_SIZE)]


def changed(body: bytes, at: int) -> bytes:
    return body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]


def has_exactly(person: Person, *, mine: list[str], theirs: list[str]) -> None:
    """Sooner or later, and still a second after."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        lines = talking.said(person)
        if len(lines) >= len(mine) + len(theirs):
            break
        time.sleep(0.2)
    person.page.wait_for_timeout(1_000)
    lines = talking.said(person)
    assert [one.words for one in lines if one.by_me] == mine
    assert [one.words for one in lines if not one.by_me] == theirs


def test_each_letter_is_read_once_whatever_max_does_to_it(
    house: House, talk: tuple[Person, Person]
) -> None:
    """Spoiled, cut, doubled, played again, put into the other's mailbox: only the true are shown.

    The lines stay above the talk all the while.
    """
    ana, ben = talk
    has_exactly(ana, mine=[], theirs=[talking.HELLO])
    ben.loses_network()
    talking.says(ana, *TO_BEN)
    for_ben = waiting(house, at_least=len(TO_BEN))
    bens = for_ben[-1].address
    for letter in for_ben:
        for bad in (*spoiled(letter.body), letter.body, letter.body):
            put(house, letter.address, bad)
    ben.has_network_again()
    has_exactly(ben, mine=[talking.HELLO], theirs=TO_BEN)
    ana.loses_network()
    talking.says(ben, *TO_ANA)
    for_ana = [one for one in waiting(house, at_least=len(TO_ANA)) if one.address != bens]
    anas = for_ana[-1].address
    for letter in for_ben:  # she gets back what she wrote, he gets again what he has read
        put(house, anas, letter.body)
        put(house, bens, letter.body)
    for letter in for_ana:
        put(house, bens, letter.body)
        put(house, anas, letter.body)
    ana.has_network_again()
    has_exactly(ana, mine=TO_BEN, theirs=[talking.HELLO, *TO_ANA])
    has_exactly(ben, mine=[talking.HELLO, *TO_ANA], theirs=TO_BEN)
    officer.still_has_the_lines(ana)
    officer.still_has_the_lines(ben)
