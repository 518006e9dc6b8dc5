"""Ana reaches Ben in the night: they write to each other whatever fails, and either may burn it."""

import time
from typing import NamedTuple

import pytest

from tests.harness import officer, supporter, talking, vault
from tests.harness.cast import Cast, Person
from tests.harness.house import House

pytestmark = pytest.mark.journey

GONE_WITHIN_SECONDS = 10
OF_TALKS = (
    "SELECT address FROM mailbox",
    "SELECT address, id, substr(body, 1, 64) FROM envelope",
    "SELECT id, reply_address FROM request",
    "SELECT request_id, substr(body, 1, 64) FROM sealed_request",
)


class Night(NamedTuple):
    """Two people who are ready for each other."""

    house: House
    ana: Person
    ben: Person


@pytest.fixture(scope="module")
def night(house: House, cast: Cast) -> Night:
    ana, ben = talking.ready(house, cast)
    for one in (ana, ben):
        one.refusals.add(404)  # a letter on its way when the other one burns finds no mailbox
    return Night(house, ana, ben)


def all_that_the_desk_knows(house: House) -> list[str]:
    with house.opened("desk") as desk:
        return list(desk.iterdump())


def rows_of_talks(house: House) -> list[bytes]:
    """All in the mailroom that belongs to a talk; of a body what surely lies in one piece."""
    with house.opened("mailroom") as mailroom:
        rows = [row for question in OF_TALKS for row in mailroom.execute(question)]
    return [value for row in rows for value in row if isinstance(value, bytes)]


def settled(person: Person, *, mine: list[str], theirs: list[str]) -> list[talking.Said]:
    """Waits until the screen holds exactly these lines and every one of mine has arrived."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        lines = talking.said(person)
        arrived = all(one.state == "Arrived" for one in lines if one.by_me)
        if len(lines) >= len(mine) + len(theirs) and arrived:
            break
        time.sleep(0.3)
    lines = talking.said(person)
    assert [one.words for one in lines if one.by_me] == mine
    assert [one.words for one in lines if not one.by_me] == theirs
    assert {one.state for one in lines if one.by_me} == {"Arrived"}
    return lines


def test_nothing_is_lost_or_doubled_whatever_fails(night: Night) -> None:
    """Lost connections, reloads, killed browsers and killed servers cost time and no word."""
    house, ana, ben = night
    at_the_desk = all_that_the_desk_knows(house)
    talking.begins(ana, ben, house, "It was the kid on Mill Street.")
    ben.reads("It was the kid on Mill Street.")
    ana.loses_network()
    talking.says(ana, "I keep hearing it.", "Every night.")
    talking.says(ben, "Take your time.")
    ana.has_network_again()
    ana.reads("Take your time.")
    house.kill()
    ana.is_killed()
    talking.returns_to_talk(ana, house)
    talking.says(ana, "Are you there?")
    talking.says(ben, "I am not going anywhere.")
    house.start()
    ben.reads("Are you there?", within_ms=60_000)
    ana.reloads()
    talking.returns_to_talk(ana, house)
    ben.is_killed()
    talking.says(ana, "Good.")
    house.kill_and_start()
    talking.returns_to_talk(ben, house)
    ben.reads("Good.", within_ms=60_000)
    talking.says(ben, "Tell me about the kid.")
    of_ana = [
        "It was the kid on Mill Street.",
        "I keep hearing it.",
        "Every night.",
        "Are you there?",
        "Good.",
    ]
    of_ben = [
        talking.HELLO,
        "Take your time.",
        "I am not going anywhere.",
        "Tell me about the kid.",
    ]
    settled(ana, mine=of_ana, theirs=of_ben)
    settled(ben, mine=of_ben, theirs=of_ana)
    talking.burns(ana)
    ben.sees("Burned")
    assert all_that_the_desk_knows(house) == at_the_desk


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_either_burns_and_all_is_gone(night: Night, who: str) -> None:
    """Words and keys leave both pockets, and the mailroom's files within ten seconds."""
    house, ana, ben = night
    talking.begins(ana, ben, house, f"Burn this for {who}.")
    ben.reads(f"Burn this for {who}.")
    talking.says(ben, "I will.")
    ana.reads("I will.")
    traces = rows_of_talks(house)
    keys = {one.name: return_keys(one) for one in (ana, ben)}
    assert all(keys.values())
    assert left(house, traces)
    talking.burns(ana if who == "ana" else ben)
    (ben if who == "ana" else ana).sees("Burned")
    deadline = time.monotonic() + GONE_WITHIN_SECONDS
    while time.monotonic() < deadline and (rows_of_talks(house) or left(house, traces)):
        time.sleep(0.5)
    assert rows_of_talks(house) == []
    assert left(house, traces) == []
    for one in (ana, ben):
        kept = vault.records(one.page)
        assert "Burn this" not in str(kept)
        assert "I will." not in str(kept)
        assert vault.secrets(kept).isdisjoint(keys[one.name])


def test_the_other_phones_fall_silent(night: Night, cast: Cast) -> None:
    """Everyone on duty is rung; who was not needed hears thanks, and has nothing to do."""
    house, ana, ben = night
    sam = cast.person("sam", origins=house.origins)
    supporter.joins(sam, house, handle="Sam")
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "")
    sam.sees("Someone asks for a peer")
    supporter.claims(ben)
    sam.reads("Answered, thank you.")
    ana.sees("A peer is here")
    assert sam.page.get_by_role("button", name="I'm here").count() == 0


def return_keys(person: Person) -> set[bytes]:
    """The seeds that open letters of this person's talks."""
    kept = vault.records(person.page)
    talks = [record for name, record in kept.items() if name.startswith("sealed:talk/")]
    return vault.secrets([talk["keys"] for talk in talks])


def left(house: House, traces: list[bytes]) -> list[bytes]:
    """Those values that still stand somewhere in the database's files."""
    disk = house.mailroom_on_disk()
    return [one for one in traces if one in disk]
