"""Max runs the desk: he has its keys and not the program's, so he can take away and never add."""

import os
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from leanto.sim.pocket.keys import AgreementKey, SealingKey, SigningKey
from leanto.sim.pocket.peer import PeerIdentity, Week, sign_bundle
from leanto.wire.bundle import Bundle
from leanto.wire.draws import Draw, Drawn, TokenKeys
from leanto.wire.head import Head
from leanto.wire.letters import Outer
from leanto.wire.members import Member, MembersPart, RotaEntry, Shared, SharedKind, Tier
from leanto.wire.public import PublicPart
from leanto.wire.requests import Ask
from leanto.wire.signed import NOT_SIGNED
from leanto.wire.tokens import write_token_key
from leanto.wire.vouch import Vouch
from tests.harness import max as forging
from tests.harness import net, officer, vault
from tests.harness.cast import Cast, Person
from tests.harness.house import House
from tests.harness.mailroom import OCTETS
from tests.harness.meddler import Between, Said

pytestmark = pytest.mark.journey

ALWAYS = (0, 2**32 - 1)
DRAW, TOKEN_KEYS = "/issuance/draw", "/token-keys"
MAX = PeerIdentity(SigningKey(os.urandom(32)), AgreementKey(os.urandom(32)))


def max_week(first_day: int) -> Week:
    return Week(first_day, os.urandom(32), SealingKey(os.urandom(32)))


def ghosts(part: MembersPart, week: Week, program_id: bytes) -> MembersPart:
    """Max among the peers in every way he has, all of them on duty for ever; the rest as before."""
    his = sign_bundle(week, identity=MAX, program_id=program_id)
    vouch = Vouch(
        program_id=program_id,
        handle="Ghost",
        signing_key=MAX.signing.public,
        agreement_key=MAX.agreement.public,
        last_day=his.last_day,
    )
    by_himself = replace(vouch, signature=MAX.signing.sign(vouch.signed_part()))
    first, second, third, *rest = part.members
    of_another = replace(by_himself, signature=first.vouch.signature)
    listed = (
        Member(by_himself, (his,), (), ()),
        Member(of_another, (his,), (), ()),
        replace(first, bundles=(his,)),  # his key behind a true peer's name
        replace(second, bundles=(replace(his, signature=NOT_SIGNED),)),
        replace(third, bundles=(resigned(third.bundles[0], week),)),
        *rest,
    )
    rota = tuple(RotaEntry(at, *ALWAYS, Tier.ON_DUTY) for at in range(5))
    return MembersPart(listed, rota)


def resigned(bundle: Bundle, week: Week) -> Bundle:
    """A true bundle with its signature, but for the key in it."""
    return replace(bundle, sealing_key=week.sealing.public)


def test_nobody_is_asked_whom_the_program_key_did_not_vouch_for(
    ambush: Between, cast: Cast
) -> None:
    """Ghosts, and Max's key behind a true peer's name: not shown, and nothing is sealed to him."""
    house = ambush.house
    ana = cast.person("ana-and-ghosts", origins=house.origins)
    officer.types_card(ana, house, next(ambush.cards))
    head = Head.read(forging.shown(house)[forging.PATHS["head"]])
    true = officer.peers_offered(ana, house, own_agency_too=True)
    week = max_week(head.day - (head.day - 4) % 7)
    before: list[str] = []

    def change(part: MembersPart) -> MembersPart:
        before.extend(member.vouch.handle for member in part.members)
        return ghosts(part, week, head.program_id)

    ambush.max.lies = forging.next_list(house, members=change)
    ana.reloads()
    offered = officer.peers_offered(ana, house, own_agency_too=True)
    assert set(offered) == set(true) - set(before[:3])
    assert len(offered) >= 3
    officer.still_has_the_lines(ana)
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "Only for a true peer.")
    ana.sees(officer.WAITING)
    (sent,) = ambush.max.read_at("/requests")
    slots = Ask.read(sent).slots
    assert week.duty_address not in [slot.duty_address for slot in slots]
    assert week.sealing.key_id not in [slot.sealed[1:9] for slot in slots]
    assert sum(readable(slot.sealed) for slot in slots) >= len(offered)


def readable(sealed: bytes) -> bool:
    """A copy for somebody, or noise that looks like one by chance: once in 256 times."""
    return sealed[0] == 1 and len(Outer.read(sealed).enc) == 1120


def sees_no_pass(ana: Person) -> None:
    ana.reads("Something here could not be proved true, so it is not used.")
    officer.still_has_the_lines(ana)
    kept = vault.records(ana.page).get("open:admission/passes", {})
    assert kept.get("tokens", []) == []


def drawn(house: House, body: bytes) -> Drawn:
    """What the true desk answers to this pocket."""
    url = f"http://desk.localhost:{house.port}{DRAW}"
    return Drawn.read(net.request("POST", url, body=body, headers=OCTETS).body)


def test_a_members_key_of_ones_own_is_not_taken(ambush: Between, cast: Cast) -> None:
    """A list for one card alone would tell Max whose pocket asks: the head's hash decides."""
    house = ambush.house

    def another_key(body: bytes) -> Said:
        return Said(200, replace(drawn(house, body), members_key=os.urandom(32)).write())

    ambush.max.answers[DRAW] = another_key
    ana = cast.person("ana-alone", origins=house.origins)
    officer.brings_card(ana, house, next(ambush.cards))
    sees_no_pass(ana)


def test_a_pass_signed_with_a_key_of_ones_own_is_not_taken(ambush: Between, cast: Cast) -> None:
    """One spoiled of ten, or all signed by another key, and the pocket has none."""
    house = ambush.house
    own = generate_private_key(65537, 2048).private_numbers()

    def marked(body: bytes) -> Said:
        blinded = [int.from_bytes(one) for one in Draw.read(body).blinded]
        modulus = own.public_numbers.n
        signed = tuple(pow(one % modulus, own.d, modulus).to_bytes(256) for one in blinded)
        return Said(200, replace(drawn(house, body), signed=signed).write())

    ambush.max.answers[DRAW] = marked
    ana = cast.person("ana-marked", origins=house.origins)
    officer.brings_card(ana, house, next(ambush.cards))
    sees_no_pass(ana)


def test_a_token_key_that_the_mailroom_does_not_know_is_not_drawn_with(
    ambush: Between, cast: Cast
) -> None:
    """Max shows her a list with a key for her alone: nothing of her card reaches the desk."""
    house = ambush.house
    spki = write_token_key(generate_private_key(65537, 2048).public_key().public_numbers().n)

    def for_her_alone(part: PublicPart) -> PublicPart:
        return replace(part, token_keys=tuple(replace(one, key=spki) for one in part.token_keys))

    true_keys = net.request("GET", house.mailroom_behind(TOKEN_KEYS)).body
    assert TokenKeys.read(true_keys).keys
    ambush.max.lies = forging.next_list(house, public=for_her_alone)
    ana = cast.person("ana-tagged", origins=house.origins)
    officer.brings_card(ana, house, next(ambush.cards))
    sees_no_pass(ana)
    assert ambush.max.read_at(DRAW) == []


SCRIPT = "<img src=x onerror=\"document.title='Max'\"><script>document.title='Max'</script>"
NO_DAY = "tomorrow'\"<b>"


def hostile(value: Any) -> Any:
    """Every text in it is markup, and no date is one."""
    if isinstance(value, dict):
        return {key: _hostile_at(key, one) for key, one in value.items()}
    return [hostile(one) for one in value] if isinstance(value, list) else value


def _hostile_at(key: str, value: Any) -> Any:
    if key in {"id", "status", "languages_reviewed"} or not isinstance(value, str | dict | list):
        return value
    if key in {"date", "verifyBy", "verified"}:
        return NO_DAY
    if key in {"call", "to", "source", "chat"}:
        return "javascript:document.title='Max'"
    return f"{SCRIPT}{value}" if isinstance(value, str) else hostile(value)


def test_what_a_list_says_is_text_and_nothing_else(ambush: Between, cast: Cast) -> None:
    """Markup, addresses that are scripts, days that are none: shown as letters, on every screen."""
    house = ambush.house

    def rewritten(part: PublicPart) -> PublicPart:
        return replace(
            part,
            program=hostile(part.program),
            pack=hostile(part.pack),
            helplines=tuple(hostile(one) for one in part.helplines),
            card_place=hostile(part.card_place),
        )

    def described(part: MembersPart) -> MembersPart:
        said = tuple(Shared(kind, SCRIPT) for kind in SharedKind)
        return replace(part, members=tuple(replace(one, shared=said) for one in part.members))

    ana = cast.person("ana-reads", origins=house.origins)
    officer.types_card(ana, house, next(ambush.cards))
    ambush.max.lies = forging.next_list(house, public=rewritten, members=described)
    ana.reloads()
    ana.opens_door("Find professional help")
    ana.sees("Find professional help")
    ana.waits_for(ana.page.get_by_role("definition").filter(has_text=SCRIPT).first)
    assert not [one for one in addresses(ana) if one.startswith("javascript:")]
    officer.still_has_the_lines(ana)
    assert len(officer.peers_offered(ana, house)) > 5
    ana.waits_for(ana.page.get_by_role("paragraph").filter(has_text=SCRIPT).first)
    assert ana.page.title() == "Leanto"
    assert ana.page.locator("img[src=x]").count() == 0


def addresses(person: Person) -> list[str]:
    links = person.page.get_by_role("link").all()
    return [link.get_attribute("href") or "" for link in links]
