"""Max runs the mailroom: Ana's pocket believes nothing that it cannot prove, and the lines stay."""

import os
import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leanto.wire.head import Head
from leanto.wire.tokens import receipt_message
from tests.harness import max as forging
from tests.harness import officer, vault
from tests.harness.cast import Cast, Person
from tests.harness.house import House
from tests.harness.meddler import Between, Said

pytestmark = pytest.mark.journey

KEPT = "open:admission/bulletin"
HEAD, CHARTER = forging.PATHS["head"], forging.PATHS["charter"]


def ana_with_card(cast: Cast, ambush: Between, name: str) -> Person:
    ana = cast.person(name, origins=ambush.house.origins)
    officer.types_card(ana, ambush.house, next(ambush.cards))
    return ana


def kept_head(person: Person) -> Head:
    kept = vault.records(person.page)[KEPT]
    return Head.read(bytes.fromhex(kept["head"][2:]))


def test_a_new_pocket_refuses_a_program_that_max_made_up(ambush: Between, cast: Cast) -> None:
    """A card pins the program key: a charter by any other key is not the program's."""
    true = forging.shown(ambush.house)[CHARTER]
    ambush.max.lies[CHARTER] = forging.charter_of_his_own(true, Ed25519PrivateKey.generate())
    fay = cast.person("new-officer", origins=ambush.house.origins)
    officer.brings_card(fay, ambush.house, next(ambush.cards))
    fay.reads("The program's list could not be proved true, so it is not used.")
    officer.still_has_the_lines(fay)
    assert KEPT not in vault.records(fay.page)


def test_forged_and_older_bulletins_change_nothing(ambush: Between, cast: Cast) -> None:
    """Whatever Max shows her, she keeps the last good list and can ask."""
    house = ambush.house
    ana = ana_with_card(cast, ambush, "ana-keeps")
    old = forging.shown(house)
    house.leanto("publish", "--data", house.data)
    ana.reloads()
    newest = newer(ana, than=Head.read(old[HEAD]))
    ambush.max.lies.update(old)
    sees_the_list(ana, house, newest)
    now = forging.shown(house)
    late = newest.day + 91  # the charter names the desk's key for ninety days
    lies = {
        "by a key of his own": forging.next_head(now[HEAD], Ed25519PrivateKey.generate()),
        "by a key past its days": forging.next_list(house, day=late, last_day=late)[HEAD],
        "nothing at all": b"",
    }
    for lie in lies.values():
        ambush.max.lies = {HEAD: lie}
        sees_the_list(ana, house, newest)


def newer(person: Person, *, than: Head) -> Head:
    """The head that this pocket holds, once it has a newer one."""
    person.sees("Someone who has been there")
    for _ in range(50):
        held = kept_head(person)
        if held.serial > than.serial:
            return held
        person.page.wait_for_timeout(100)
    raise AssertionError("no newer bulletin came")


def sees_the_list(ana: Person, house: House, held: Head) -> None:
    assert len(officer.peers_offered(ana, house)) > 5
    officer.still_has_the_lines(ana)
    assert kept_head(ana) == held


def test_two_lists_under_one_number_are_said_so(ambush: Between, cast: Cast) -> None:
    """Even who stole the desk's key cannot show one officer another list without her seeing it."""
    house, ana = ambush.house, ana_with_card(cast, ambush, "ana-sees")
    held = kept_head(ana)
    true = forging.shown(house)[HEAD]
    ambush.max.lies[HEAD] = forging.other_head(true, forging.desk_key(house))
    ana.opens(house.pocket)
    ana.opens_door("Talk to a peer")
    ana.reads("Two different lists came under the same number.")
    officer.still_has_the_lines(ana)
    assert kept_head(ana) == held


def test_a_list_that_nobody_renews_is_old_and_serves_on(ambush: Between, cast: Cast) -> None:
    """Max may keep the new one from her: the screen says how old hers is, and asking works."""
    house, ana = ambush.house, ana_with_card(cast, ambush, "ana-waits")
    today = kept_head(ana).day
    ambush.max.lies = forging.next_list(house, day=today - 5, last_day=today - 2)
    ana.opens(house.pocket)
    ana.opens_door("Talk to a peer")
    ana.reads("The program's list on this device is 5 days old.")
    officer.still_has_the_lines(ana)
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "")
    officer.is_received(ana)


def test_only_a_true_receipt_says_received(ambush: Between, cast: Cast) -> None:
    """A yes alone, another key's, another request's: *not sent yet*, and the lines.

    The very same bytes go out each time, until the mailroom is honest.
    """
    house, ana = ambush.house, ana_with_card(cast, ambush, "ana-asks")
    key = Ed25519PrivateKey.generate()
    true = (house.data / "mailroom" / "receipt.key").read_bytes()
    room = Ed25519PrivateKey.from_private_bytes(true)
    another, status = os.urandom(32), 201
    lies = [
        Said(200),
        Said(status, receipt(key, digest=another)),
        Said(status, receipt(room, digest=another)),
    ]
    left = iter(lies)
    ana.refusals.add(503)
    ambush.max.answers["/requests"] = lambda _body: next(left, Said(503))
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "The night of the ninth.")
    while len(ambush.max.read_at("/requests")) < len(lies):
        is_not_sent(ana)
    is_not_sent(ana)
    ambush.max.answers.clear()
    ana.reloads()
    ana.presses(re.compile("^You asked for a peer"))
    is_step(ana, "Received")
    assert len(set(ambush.max.read_at("/requests"))) == 1


def receipt(key: Ed25519PrivateKey, *, digest: bytes) -> bytes:
    """An answer to somebody's request that looks like one."""
    signature = key.sign(receipt_message(path="/requests", digest=digest, status=201))
    return b"\1" + (1).to_bytes(4) + b"\1" + signature


def is_step(ana: Person, state: str) -> None:
    ana.waits_for(ana.page.locator("[aria-current=step]", has_text=state))


def is_not_sent(ana: Person) -> None:
    is_step(ana, "Not sent yet")
    officer.still_has_the_lines(ana)
    ana.page.wait_for_timeout(100)
