"""Max as an officer: with a card of his own, or with none, he gets what is his and no more."""

import os
import secrets
from collections.abc import Callable

import pytest

from leanto.mailroom.routes import ROUTES, Access
from leanto.wire.cards import Card
from leanto.wire.listening import Ring
from leanto.wire.mailboxes import Forget, Post, ReadKeyBody, address_of
from leanto.wire.requests import (
    SLOTS,
    Act,
    ActBody,
    Answer,
    Ask,
    Claim,
    KeyedBody,
    Seal,
    Slot,
    Urgency,
    Wish,
)
from leanto.wire.tokens import Token
from tests.harness import max as forging
from tests.harness import net, officer, vault
from tests.harness.cast import Cast
from tests.harness.mailroom import OCTETS, Mailroom, problem
from tests.harness.meddler import Between
from tests.harness.program import Program
from tests.harness.stand_ins import Officer, Peer, envelope, leave, line_to, secret

pytestmark = pytest.mark.journey


def test_a_guessed_card_opens_nothing(ambush: Between, cast: Cast) -> None:
    """A card that was never printed looks right and is refused; the lines stay."""
    pin = Card.read(next(ambush.cards)).pin
    guessed = Card(secrets.token_bytes(10), pin).link(pocket_origin=ambush.house.pocket)
    max_ = cast.person("max", origins=ambush.house.origins)
    max_.refusals.add(403)
    officer.brings_card(max_, ambush.house, officer.code_on(guessed))
    max_.reads("This card is not known here. It may be past its last day")
    officer.still_has_the_lines(max_)


def test_a_stolen_pass_is_worth_one_request_and_costs_her_nothing(
    ambush: Between, cast: Cast
) -> None:
    """The same pass twice is refused; her pocket takes its next one by itself."""
    house = ambush.house
    ana = cast.person("ana", origins=house.origins)
    ana.refusals.add(409)
    officer.types_card(ana, house, next(ambush.cards))
    passes = vault.records(ana.page)["open:admission/passes"]["tokens"]
    stolen = Token.read(bytes.fromhex(passes[0]["token"][2:])).header()
    (first, *_) = forging.duty_addresses(house)
    url = house.mailroom_behind("/requests")
    headers = OCTETS | {"Authorization": stolen}
    asked = [net.request("POST", url, body=ask_at(first), headers=headers) for _ in range(2)]
    assert asked[0].status == 201
    assert problem(asked[1]) == "token-spent"
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "")
    officer.is_received(ana)


def ask_at(address: bytes) -> bytes:
    spare = [Slot(os.urandom(16), envelope()) for _ in range(SLOTS - 1)]
    return Ask(
        request_id=os.urandom(16),
        reply_address=address_of(secret()),
        wish=Wish.FIRST_AVAILABLE,
        urgency=Urgency.WHENEVER,
        slots=(Slot(address, envelope()), *spare),
    ).write()


@pytest.fixture
def ana(mailroom: Mailroom) -> Officer:
    """She has asked Ben, and has a letter waiting."""
    ben = Peer(mailroom)
    mailroom.publish(ben.address)
    asking = Officer(mailroom)
    asking.ask(ben)
    assert leave(mailroom, asking.address).status == 201
    return asking


def test_no_key_but_hers_opens_anything_of_hers(mailroom: Mailroom, ana: Officer) -> None:
    """Every door with a key, tried with a key of nobody, of Max's own mailbox, of a peer not asked.

    One answer for all, byte for byte, and her letter and her request are where they were.
    """
    ben, cara = Peer(mailroom), Peer(mailroom)
    mailroom.publish(ben.address, cara.address, serial=2)
    max_ = Officer(mailroom)
    max_.ask(ben)
    keys = (secret(), max_.read_key, cara.read_key)
    for path, body in (keyed := bodies(ana)).items():
        answers = [mailroom.post(path, body(key)) for key in keys]
        if path.startswith("/requests"):  # the others name a mailbox by its key alone
            assert {problem(one) for one in answers} == {"request-unknown"}, path
            assert len({(one.status, one.body) for one in answers}) == 1, path
    doors = {path for path, door in ROUTES.items() if door.access in KEYED}
    # Copies have keys of their own; what a peer says about that peer's own phone names nobody else.
    assert {one for one in doors if not one.startswith(("/slots", "/duty/"))} == set(keyed)
    assert len(ana.fetch()) == 1
    assert ana.state() in {1, 4}


KEYED = {Access.WITH_READ_KEY, Access.WITH_DUTY_KEY}


def bodies(ana: Officer) -> dict[str, Callable[[bytes], bytes]]:
    """What would be done to Ana's request and mailbox by whoever had this key."""
    hers = ana.request_id
    slots = tuple(Slot(os.urandom(16), envelope()) for _ in range(SLOTS))
    return {
        "/envelopes/fetch": lambda key: ReadKeyBody(key).write(),
        "/envelopes/forget": lambda key: Forget(key, (os.urandom(16),)).write(),
        "/mailboxes/close": lambda key: ReadKeyBody(key).write(),
        "/requests/seal": lambda key: Seal(request_id=hers, read_key=key, slots=slots).write(),
        "/requests/act": lambda key: ActBody(request_id=hers, read_key=key, act=Act.CLOSE).write(),
        "/requests/state": lambda key: KeyedBody(request_id=hers, read_key=key).write(),
        "/requests/claim": lambda key: Claim(
            request_id=hers, read_key=key, talk_address=os.urandom(16)
        ).write(),
        "/requests/pass": lambda key: KeyedBody(request_id=hers, read_key=key).write(),
        "/requests/answer": lambda key: Answer(
            request_id=hers, read_key=key, envelope=envelope()
        ).write(),
    }


def test_an_id_or_an_address_of_hers_cannot_be_taken(mailroom: Mailroom, ana: Officer) -> None:
    """Max asks under her request's id, or wants answers in her mailbox: refused, no pass burned."""
    ben = Peer(mailroom)
    mailroom.publish(ben.address, serial=2)
    token = mailroom.program.token_header()
    same_id = Officer(mailroom, request_id=ana.request_id).ask_body(ben)
    same_mailbox = Officer(mailroom, read_key=ana.read_key).ask_body(ben)
    duty_mailbox = Officer(mailroom, read_key=ben.read_key).ask_body(ben)
    for body in (same_id, same_mailbox, duty_mailbox):
        assert problem(mailroom.post("/requests", body, token)) == "request-exists"
    assert mailroom.post("/requests", Officer(mailroom).ask_body(ben), token).status == 201
    assert ana.state() in {1, 4}


def test_only_passes_of_this_program_are_taken(mailroom: Mailroom, ana: Officer) -> None:
    """None, another program's, one by Max's own key, garbage, two at once: refused alike."""
    ben = Peer(mailroom)
    mailroom.publish(ben.address, serial=2)
    other = Program(today=mailroom.program.today).token_header()
    good = mailroom.program.token_header()
    body = Officer(mailroom).ask_body(ben)
    for token in (other, good[:-3] + 'A="', good.replace("PrivateToken", "Bearer"), "PrivateToken"):
        assert problem(mailroom.post("/requests", body, token)) == "token-invalid"
    assert problem(mailroom.post("/requests", body)) == "token-missing"
    for path, door in ROUTES.items():
        if door.method == "POST" and door.access is not Access.WITH_TOKEN:
            size = door.size.at_least
            plain, paid = (mailroom.post(path, bytes(size), token) for token in ("", good))
            assert (plain.status, plain.body) == (paid.status, paid.body), path
    assert mailroom.post("/requests", body, good).status == 201


def test_max_fills_her_mailbox_and_no_other(mailroom: Mailroom, ana: Officer) -> None:
    """512 letters and no more; what is full says so, and everyone else is served."""
    for _ in range(511):
        assert leave(mailroom, ana.address).status == 201
    assert problem(leave(mailroom, ana.address)) == "mailbox-full"
    ben = Peer(mailroom)
    mailroom.publish(ben.address, serial=2)
    other = Officer(mailroom)
    other.ask(ben)
    assert leave(mailroom, other.address).status == 201
    (first, *_) = ana.fetch()
    assert ana.forget(first.id).status == 204
    assert mailroom.post("/envelopes", Post(ana.address, envelope()).write()).status == 201


def test_a_request_rings_nobody_twice(mailroom: Mailroom) -> None:
    """Twelve slots to one peer are one ring."""
    ben = Peer(mailroom)
    mailroom.publish(ben.address)
    with line_to(mailroom) as phone:
        phone.listen(ben.read_key)
        max_ = Officer(mailroom)
        max_.ask(*[ben] * SLOTS)
        assert phone.next(Ring).request_id == max_.request_id
        assert phone.quiet(Ring, for_seconds=1)
