"""Max tries: each time he is refused, in words on a screen and as a problem on the wire."""

import secrets
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leanto.wire.cards import Card
from leanto.wire.charter import Charter
from leanto.wire.head import Head
from leanto.wire.mailboxes import Post, ReadKeyBody, address_of
from leanto.wire.requests import SLOTS, Ask, Claim, Slot, Urgency, Wish
from leanto.wire.tokens import Token
from tests.harness import max as forging
from tests.harness import officer, supporter, vault
from tests.harness.cast import Cast, Person
from tests.harness.house import House, serving
from tests.harness.mailroom import problem
from tests.harness.meddler import Meddler, meddling
from tests.harness.net import Answer, free_port, request

pytestmark = pytest.mark.journey

OCTETS = {"Content-Type": "application/octet-stream"}
KEPT = "open:admission/bulletin"


class Street(NamedTuple):
    """A program with its officers, and Max on the line between."""

    house: House
    max: Meddler
    cards: list[str]


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    house = House(tmp_path_factory.mktemp("house"), seen_port=free_port())
    with (
        meddling(port=house.seen_port, behind=house.port) as max_,
        serving(house, settled=True),
    ):
        yield Street(house, max_, house.at_desk("cards", "4"))


@pytest.fixture
def honest_again(street: Street) -> Iterator[None]:
    yield
    street.max.lies.clear()


def letters(link: str) -> str:
    return link.rpartition("=")[2]


def goes_to_card(person: Person, street: Street, card: str) -> None:
    person.opens(street.house.pocket)
    person.opens_door("Talk to a peer")
    officer.says_own_device(person)
    person.presses("I have a card")
    person.sees("Type your card")
    person.types("Code on the card", card)
    person.presses("Go on")


def kept_head(person: Person) -> Head:
    kept = vault.records(person.page)[KEPT]
    return Head.read(bytes.fromhex(kept["head"][2:]))


def test_a_guessed_card_opens_nothing(street: Street, cast: Cast) -> None:
    """A card that was never printed looks right and is refused; the lines stay."""
    pin = Card.read(street.cards[0]).pin
    guessed = Card(secrets.token_bytes(10), pin).link(pocket_origin=street.house.pocket)
    max_ = cast.person("max", origins=street.house.origins)
    max_.refusals.add(403)
    goes_to_card(max_, street, letters(guessed))
    max_.reads("This card is not known here. It may be past its last day")
    max_.presses("Lines that answer")
    max_.sees("Find professional help")


def test_a_stolen_pass_is_worth_one_request_and_costs_her_nothing(
    street: Street, cast: Cast
) -> None:
    """The same pass twice is refused; her pocket takes its next one by itself."""
    ana = cast.person("ana", origins=street.house.origins)
    ana.refusals.add(409)
    officer.types_card(ana, street.house, letters(street.cards[0]))
    passes = vault.records(ana.page)["open:admission/passes"]["tokens"]
    stolen = Token.read(bytes.fromhex(passes[0]["token"][2:])).header()
    (first, *_) = forging.duty_addresses(street.house)
    assert asks(street.house, first, stolen).status == 201
    assert problem(asks(street.house, first, stolen)) == "token-spent"
    officer.goes_to_ask(ana, street.house)
    officer.asks(ana, "")
    officer.is_received(ana)
    ana.presses("I don't need it any more")
    ana.presses("Yes, stop")
    ana.sees("Someone who has been there")


def asks(house: House, address: bytes, header: str) -> Answer:
    spare = [Slot(secrets.token_bytes(16), secrets.token_bytes(4096)) for _ in range(SLOTS - 1)]
    body = Ask(
        request_id=secrets.token_bytes(16),
        reply_address=address_of(secrets.token_bytes(32)),
        wish=Wish.FIRST_AVAILABLE,
        urgency=Urgency.WHENEVER,
        slots=(Slot(address, secrets.token_bytes(4096)), *spare),
    )
    headers = {**OCTETS, "Authorization": header}
    return request("POST", house.mailroom_behind("/requests"), body=body.write(), headers=headers)


def test_what_is_not_his_stays_shut(street: Street) -> None:
    """A wrong size, someone else's mailbox, a claim without a duty: problems, and nothing done."""
    post = Post(secrets.token_bytes(16), secrets.token_bytes(4096)).write()
    his = secrets.token_bytes(32)
    claim = Claim(request_id=secrets.token_bytes(16), read_key=his, talk_address=address_of(his))
    tried = {
        "wrong-size": ("/envelopes", post + b"\0"),
        "mailbox-unknown": ("/envelopes/fetch", ReadKeyBody(his).write()),
        "request-unknown": ("/requests/claim", claim.write()),
        "token-missing": ("/requests", bytes(49_379)),
    }
    for name, (path, body) in tried.items():
        assert problem(street.house.ask_mailroom("POST", path, body)) == name


@pytest.mark.usefixtures("honest_again")
def test_a_new_pocket_refuses_a_program_that_max_made_up(street: Street, cast: Cast) -> None:
    """A card pins the program key: a charter by any other key is not the program's."""
    max_key = Ed25519PrivateKey.generate()
    true = forging.shown(street.house)[forging.PATHS["charter"]]
    street.max.lies[forging.PATHS["charter"]] = forging.charter_of_his_own(true, max_key)
    fay = cast.person("new-officer", origins=street.house.origins)
    goes_to_card(fay, street, letters(street.cards[1]))
    fay.reads("The program's list could not be proved true, so it is not used.")
    assert KEPT not in vault.records(fay.page)


@pytest.mark.usefixtures("honest_again")
def test_forged_and_older_bulletins_change_nothing(street: Street, cast: Cast) -> None:
    """Whatever Max shows her, she keeps the last good list and can ask."""
    house, ana = street.house, cast.person("ana-keeps", origins=street.house.origins)
    officer.types_card(ana, house, letters(street.cards[2]))
    old = forging.shown(house)
    house.leanto("publish", "--data", house.data)
    ana.reloads()
    newest = newer(ana, than=Head.read(old[forging.PATHS["head"]]))
    street.max.lies.update(old)
    sees_the_list(ana, house, newest)
    now = forging.shown(house)[forging.PATHS["head"]]
    street.max.lies = {forging.PATHS["head"]: forging.next_head(now, Ed25519PrivateKey.generate())}
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
    officer.goes_to_ask(ana, house)
    ana.presses("Choose a peer")
    ana.sees("Choose a peer")
    assert ana.page.get_by_role("heading", level=2).count() > 5
    assert kept_head(ana) == held


@pytest.mark.usefixtures("honest_again")
def test_two_lists_under_one_number_are_said_so(street: Street, cast: Cast) -> None:
    """Even who stole the desk's key cannot show one officer another list without her seeing it."""
    house, ana = street.house, cast.person("ana-sees", origins=street.house.origins)
    officer.types_card(ana, house, letters(street.cards[3]))
    held = kept_head(ana)
    true = forging.shown(house)[forging.PATHS["head"]]
    street.max.lies[forging.PATHS["head"]] = forging.other_head(true, forging.desk_key(house))
    ana.opens(house.pocket)
    ana.opens_door("Talk to a peer")
    ana.reads("Two different lists came under the same number.")
    assert kept_head(ana) == held


def test_the_mailroom_takes_no_bulletin_but_the_programs(street: Street) -> None:
    """Forged, older, forked: refused by name, and everyone still sees the true one."""
    house = street.house
    true = forging.shown(house)
    charter = forging.charter_of_his_own(true["/bulletin/charter"], Ed25519PrivateKey.generate())
    assert problem(house.ask_mailroom("PUT", "/charter", charter)) == "bulletin-forged"
    assert Charter.read(forging.shown(house)["/bulletin/charter"]).serial == 1
    assert forging.shown(house) == true


def test_an_invitation_serves_one_phone(street: Street, cast: Cast) -> None:
    """If Max was faster with Ben's invitation, Ben's phone says so, and the words tell Cleo."""
    house = street.house
    invite = ("invite", "peer", "--data", house.data, "--name", "Ben Aldous", "--agency", "ash-pd")
    link = house.leanto(*invite).strip()
    max_ = cast.person("max-as-ben", origins=house.origins)
    supporter.hands_in(max_, link, handle="Benny")
    ben = cast.person("ben", origins=house.origins)
    ben.refusals.add(409)
    ben.opens(link)
    officer.says_own_device(ben)
    ben.sees("Your invitation")
    ben.presses("Go on")
    ben.reads("This invitation was used on another device.")
