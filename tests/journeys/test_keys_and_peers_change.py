"""A peer leaves the program while somebody waits for him, or talks with him."""

import time
from typing import NamedTuple

import pytest

from leanto.wire.requests import Claim
from tests.harness import officer, supporter, talking, vault
from tests.harness.cast import DESKTOP, Cast, Person
from tests.harness.house import House
from tests.harness.mailroom import problem

pytestmark = pytest.mark.journey

GOES_ON_WITHIN_MS = 60_000
ADDRESS = bytes(16)


class Street(NamedTuple):
    """Ana, and two peers on duty, of whom Ben will leave."""

    house: House
    ana: Person
    ben: Person
    sam: Person


@pytest.fixture(scope="module")
def street(house: House, cast: Cast) -> Street:
    ana = cast.person("ana", origins=house.origins)
    ben = cast.person("ben", origins=house.origins, device=DESKTOP)
    sam = cast.person("sam", origins=house.origins)
    supporter.joins(ben, house)
    officer.joins(ana, house)
    ben.refusals |= {403, 404}  # his keys are refused from the minute in which he leaves
    sam.refusals.add(404)
    ana.refusals.add(404)
    return Street(house, ana, ben, sam)


def test_an_open_talk_is_not_cut_when_he_leaves(street: Street) -> None:
    """Both are told plainly, words still arrive, and she is offered somebody else and the lines."""
    house, ana, ben, sam = street
    talking.begins(ana, ben, house, "It was the kid on Mill Street.")
    ben.reads("It was the kid on Mill Street.")
    house.at_desk("stands_down", "Ben")
    talking.returns_to_talk(ana, house)
    ana.reads("Ben is not in the peer program any more. This talk is not cut")
    ana.reads("may not be protected as peer support")
    assert ana.page.get_by_role("link", name="Call 988").count() > 0
    talking.says(ana, "Are you all right?")
    ben.reads("Are you all right?")
    ben.opens(house.pocket)
    ben.goes_to("You are not on the list now")
    talking.returns_to_talk(ben, house)
    ben.reads("You are not in the peer program any more. This talk is not cut")
    talking.says(ben, "I am. I have retired.")
    ana.reads("I am. I have retired.")
    supporter.joins(sam, house, handle="Sam")
    ana.presses("Find me someone else")
    ana.sees("Before you write")
    ana.presses("I understand, go on")
    ana.sees("Ask for a peer")
    officer.asks(ana, "")
    supporter.claims(sam)
    officer.opens_answer(ana)
    ana.sees("Talk with Sam")
    talking.burns(ana)
    talking.returns_to_talk(ana, house)
    talking.burns(ana)


def test_an_open_request_goes_on_to_the_next_when_he_leaves(street: Street, cast: Cast) -> None:
    """His phone falls silent, his keys win nothing any more, and hers never says that he saw it."""
    house, ana, _, sam = street
    fay = cast.person("fay", origins=house.origins, device=DESKTOP)
    fay.refusals |= {403, 404}
    supporter.joins(fay, house, handle="Fay")
    sam.shuts()
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "")
    officer.is_received(ana)
    fay.sees("Someone asks for a peer")
    claim = his_claim(fay, ana)
    left_at = time.monotonic()
    house.at_desk("stands_down", "Fay")
    fay.sees("You are not on the list now")
    assert problem(house.ask_mailroom("POST", "/requests/claim", claim)) == "request-unknown"
    officer.is_received(ana)
    sam.opens(house.pocket)
    sam.waits_for(
        sam.page.get_by_role("link", name="Someone asks for a peer"), within_ms=GOES_ON_WITHIN_MS
    )
    assert time.monotonic() - left_at < GOES_ON_WITHIN_MS / 1000
    supporter.claims(sam)
    officer.opens_answer(ana)
    ana.sees("Talk with Sam")
    talking.burns(ana)


def his_claim(peer: Person, ana: Person) -> bytes:
    """What a changed pocket of this peer's could send, with everything that it truly holds."""
    (request,) = [one for one in vault.records(ana.page) if one.startswith("open:asking/")]
    weeks = [
        week
        for name, week in vault.records(peer.page).items()
        if name.startswith("open:duty-week/") and week["handedIn"]
    ]
    first = min(weeks, key=lambda week: week["firstDay"])
    return Claim(
        request_id=bytes.fromhex(request.rpartition("/")[2]),
        read_key=bytes.fromhex(first["readKey"][2:]),
        talk_address=ADDRESS,
    ).write()
