"""Ana asks, Ben is there, they talk and burn it: then no server's file knows that it ever was.

Everybody comes from an address of their own and says words, names and numbers that stand nowhere
else. What the servers were told is read off the wire, so that nothing is forgotten here.
"""

import time
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest

from leanto.mailroom.sweeping import BELIEVED_AFTER_SECONDS, EVERY_SECONDS
from leanto.wire.cards import Card
from tests.harness import officer, supporter, talking, vault
from tests.harness.cast import DESKTOP, PHONE, Cast, Person
from tests.harness.house import House, serving
from tests.harness.street import Street, street
from tests.harness.sweep import address_forms, found_in, unfindable
from tests.harness.told import token_digests, told

pytestmark = pytest.mark.journey

GONE_WITHIN_SECONDS = 10
A_LOOK_SECONDS = 0.5
REQUEST_LIVES_DAYS = 7
BROWSERS = {"ana": "CanaryPhone/47.11 (hers)", "ben": "CanaryDesk/08.15 (his)"}
ADDRESSES = {"ana": "127.66.47.11", "ben": "127.66.8.15"}
HER_WORDS = ("I am Ana Kestrel, badge 4711-K.", "It was the kid on Goldcrest Street.")
HIS_WORDS = ("Goldcrest Street was mine too. Siskin, by the way.", "Say it to me, Kestrel.")
# Of hers alone: the program knows its agencies, and must never hear which one is hers.
HER_AGENCY, HER_UNIT = "Harlow Police Department", "Dispatch"


class Night(NamedTuple):
    """Two people who are ready for each other, and the streets on which they come."""

    house: House
    ana: Person
    ben: Person
    streets: dict[str, Street]
    card: Card
    phrase: str


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A program whose server notes what it writes."""
    house = House(tmp_path_factory.mktemp("house"))
    house.module = "tests.harness.watched"
    house.notified = True
    with serving(house) as served:
        yield served


@pytest.fixture(scope="module")
def night(house: House, cast: Cast) -> Iterator[Night]:
    with street(ADDRESSES["ana"]) as hers, street(ADDRESSES["ben"]) as his:
        streets = {"ana": hers, "ben": his}
        devices = {
            name: device | way.proxy | {"user_agent": BROWSERS[name]}
            for (name, way), device in zip(streets.items(), (PHONE, DESKTOP), strict=True)
        }
        ana = cast.person("ana", origins=house.origins, device=devices["ana"])
        ben = cast.person("ben", origins=house.origins, device=devices["ben"])
        supporter.joins(ben, house)
        (link,) = house.at_desk("cards", "1")
        card = Card.read(officer.code_on(link))
        officer.types_card(ana, house, card.typed())
        phrase = " ".join(officer.makes_words(ana))
        officer.goes_to_ask(ana, house)
        officer.tells_agency(ana, HER_AGENCY, HER_UNIT)
        for one in (ana, ben):
            one.refusals.add(404)  # a letter on its way when the other one burns finds no mailbox
        yield Night(house, ana, ben, streets, card, phrase)


def test_nothing_of_a_talk_is_left_ten_seconds_after_burn(night: Night) -> None:
    """With the servers still running: not a word, number, address or sealed body of it."""
    house, ana, ben, streets, *_ = night
    at_the_desk = all_that_the_desk_knows(house)
    talking.begins(ana, ben, house, HER_WORDS[0])
    ben.reads(HER_WORDS[0])
    alive = told(request for way in streets.values() for request in way.sent())
    assert in_the_mailroom(house, alive, "request id")  # else the search below finds nothing ever
    assert in_the_mailroom(house, alive, "reply address")
    talking.says(ben, *HIS_WORDS)
    talking.says(ana, HER_WORDS[1])
    ben.reads(HER_WORDS[1])
    ana.reads(HIS_WORDS[1])
    letters = {name: one for name, one in everything(night).items() if name.startswith("envelope")}
    assert len(letters) > len(HER_WORDS + HIS_WORDS)
    assert left(house, letters) == [], "letters that were fetched and forgotten"

    canaries = everything(night)
    assert unfindable(canaries) == []
    talking.burns(ana)
    ben.sees("Burned")
    canaries |= everything(night)
    assert left(house, canaries) == []
    assert all_that_the_desk_knows(house) == at_the_desk
    assert rows_of_talks(house) == 0
    # Of a pass its mark is left, and only where it must be known again: the desk could match it.
    marks = token_digests(streets["ana"].sent())
    assert marks
    for mark in marks:
        assert {path.parent.name for path in where(house, mark)} == {"mailroom"}


def test_what_is_hers_alone_never_leaves_her_device(night: Night) -> None:
    """Words, phrase and agency are on no wire: a server cannot keep what it never had."""
    on_the_wire = [(Path(name), way.went_up()) for name, way in night.streets.items()]
    hers = {"agency": HER_AGENCY.encode(), "its code": b"harlow-pd", "unit": HER_UNIT.encode()}
    assert found_in(on_the_wire, said_by(night) | hers) == []


def test_every_file_that_the_server_writes_is_on_the_list(night: Night) -> None:
    """What is written somewhere else would be swept by nobody."""
    house = night.house
    listed = tomllib.loads(files("leanto").joinpath("data", "may-hold.toml").read_text("utf-8"))
    patterns = {pattern for one in listed["files"] for pattern in one["names"]}
    written = {Path(name) for name in house.written() if name not in {"/dev/null", ":memory:"}}
    assert written
    assert [one for one in written if not one.is_relative_to(house.data)] == []
    there = {one for one in house.data.rglob("*") if one.is_file()}
    names = {one.relative_to(house.data).as_posix() for one in written | there}
    assert [name for name in names if not any(fnmatchcase(name, one) for one in patterns)] == []
    assert list(house.temporary.iterdir()) == []
    house.leanto("drill", "subpoena", "--data", house.data)  # says no more than this test, or fails


def test_nothing_of_a_request_is_left_when_nobody_came(night: Night) -> None:
    """After seven days it goes by itself, though the officer never came back to end it."""
    house, ana, ben, streets, *_ = night
    ben.shuts()
    before = streets["ana"].sent()
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "Is Kestrel heard by anyone?")
    officer.is_received(ana)
    ana.shuts()
    # Not the last so many: they stand by connection, and an older one may have carried the new.
    asked = told(one for one in streets["ana"].sent() if one not in before)
    # The mailbox for an answer stays for its lease: it says nothing but that it is one.
    asked = {name: one for name, one in asked.items() if not name.startswith("reply address")}
    assert in_the_mailroom(house, asked, "request id")
    assert in_the_mailroom(house, asked, "sealed request")
    house.clock.to_noon(days=REQUEST_LIVES_DAYS + 1)
    time.sleep(EVERY_SECONDS + 1)
    house.clock.forward(seconds=BELIEVED_AFTER_SECONDS)
    assert left(house, asked | of_people(night)) == []


def everything(night: Night) -> dict[str, bytes]:
    """All that may be nowhere once the talk is burned."""
    requests = (request for way in night.streets.values() for request in way.sent())
    secrets: dict[str, bytes] = {}
    for one in (night.ana, night.ben):
        kept = sorted(vault.secrets(vault.records(one.page)))
        secrets |= {f"{one.name}'s secret {at}": value for at, value in enumerate(kept)}
    return told(requests) | secrets | of_people(night)


def said_by(night: Night) -> dict[str, bytes]:
    """Words and names, and the seven that open her vault."""
    words = {f"words {words}": words.encode() for words in HER_WORDS + HIS_WORDS}
    names = {"her name": b"Kestrel", "his name": b"Siskin", "badge": b"4711-K"}
    return words | names | {"her seven words": night.phrase.encode()}


def of_people(night: Night) -> dict[str, bytes]:
    """What they said and who they are; not what an agency is, which the program has to know."""
    typed = night.card.typed()
    cards = {
        "card": night.card.code,
        "card as typed": typed.encode(),
        "card without spaces": typed.replace(" ", "").encode(),
        "card in its link": officer.code_on(night.card.link(pocket_origin="")).encode(),
    }
    browsers = {f"{name}'s browser": agent.encode() for name, agent in BROWSERS.items()}
    hers, his = (address_forms(one) for one in ADDRESSES.values())
    return said_by(night) | cards | browsers | hers | his


def left(house: House, canaries: dict[str, bytes]) -> list[str]:
    """What is still somewhere when the time is over in which it had to go."""
    deadline = time.monotonic() + GONE_WITHIN_SECONDS
    while (found := found_in(house.every_file(), canaries)) and time.monotonic() < deadline:
        time.sleep(A_LOOK_SECONDS)
    return found


def where(house: House, value: bytes) -> list[Path]:
    """The files that hold it."""
    return [path for path, content in house.every_file() if value in content]


def in_the_mailroom(house: House, canaries: dict[str, bytes], name: str) -> bool:
    """Whether one of this name lies there now."""
    named = [value for key, value in canaries.items() if key.startswith(name)]
    disk = house.mailroom_on_disk()
    return any(value in disk for value in named)


def all_that_the_desk_knows(house: House) -> list[str]:
    with house.opened("desk") as desk:
        return list(desk.iterdump())


def rows_of_talks(house: House) -> int:
    with house.opened("mailroom") as mailroom:
        tables = ("mailbox", "envelope", "request", "sealed_request")
        counts = [mailroom.execute(f"SELECT count(*) FROM {one}") for one in tables]  # noqa: S608 -- ours
        return sum(count.fetchone()[0] for count in counts)
