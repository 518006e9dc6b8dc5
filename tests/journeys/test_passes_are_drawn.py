"""From a printed card to a request that rings, by public routes: what a pocket does, in Python."""

import secrets

import pytest

from leanto.sim.pocket.card import new_batch, open_members
from leanto.wire.cards import Card
from leanto.wire.charter import Charter, fingerprint
from leanto.wire.draws import Drawn
from leanto.wire.head import Head
from leanto.wire.mailboxes import address_of
from leanto.wire.members import MembersPart
from leanto.wire.public import PublicPart, TokenKey
from leanto.wire.requests import SLOTS, Ask, Slot, Urgency, Wish
from tests.harness.house import House
from tests.harness.net import Answer, request

pytestmark = pytest.mark.journey
OCTETS = {"Content-Type": "application/octet-stream"}


def card_of(house: House) -> Card:
    (link,) = house.at_desk("cards", "1")
    return Card.read(link)


def draw(house: House, body: bytes) -> Answer:
    url = f"http://desk.localhost:{house.port}/issuance/draw"
    return request("POST", url, body=body, headers=OCTETS)


def fetched(house: House, part: str) -> bytes:
    answer = house.ask_mailroom("GET", f"/bulletin/{part}")
    assert answer.status == 200
    return answer.body


def newest_key(house: House) -> TokenKey:
    """The issuer key of the epoch that seals the members' part."""
    head = Head.read(fetched(house, "head"))
    keys = PublicPart.read(fetched(house, "public")).token_keys
    return next(key for key in keys if key.epoch == head.epoch)


def members(house: House, drawn: Drawn) -> MembersPart:
    """The peers, opened with the key that the card brought."""
    head, sealed = Head.read(fetched(house, "head")), fetched(house, "members")
    return open_members(sealed, key=drawn.members_key, head=head)


def ask_body(duty_address: bytes) -> bytes:
    spare = [Slot(secrets.token_bytes(16), secrets.token_bytes(4096)) for _ in range(SLOTS - 1)]
    return Ask(
        request_id=secrets.token_bytes(16),
        reply_address=address_of(secrets.token_bytes(32)),
        wish=Wish.FIRST_AVAILABLE,
        urgency=Urgency.NOW,
        slots=(Slot(duty_address, secrets.token_bytes(4096)), *spare),
    ).write()


def test_a_card_buys_a_request_and_nobody_can_say_whose(settled_house: House) -> None:
    """Ana draws ten passes, the mailroom takes one, and no file of the desk holds any of them."""
    house, card = settled_house, card_of(settled_house)
    charter = Charter.read(fetched(house, "charter"))
    assert card.pins(fingerprint(charter.program_key))
    batch = new_batch(newest_key(house), program_id=charter.program_id)
    body = batch.draw(card.code).write()
    first, again = draw(house, body), draw(house, body)
    assert (first.status, first.body) == (200, again.body)
    drawn = Drawn.read(first.body)
    passes = batch.finished(drawn)
    peer = members(house, drawn).members[0]
    asked = request(
        "POST",
        house.mailroom_behind("/requests"),
        body=ask_body(peer.bundles[0].duty_address),
        headers={**OCTETS, "Authorization": passes[0].header()},
    )
    assert asked.status == 201
    for path, content in house.every_file():
        if "desk" in path.parts:
            assert card.code not in content, path
            for one in passes:
                assert one.authenticator not in content, path
                assert one.nonce not in content, path
