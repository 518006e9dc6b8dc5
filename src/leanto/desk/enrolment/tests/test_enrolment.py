"""Ben's keys come to be vouched for, and nobody else's in his name."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from leanto.desk.bulletin.queries import charter
from leanto.desk.conftest import KeyHolder
from leanto.desk.enrolment import actions, queries
from leanto.desk.enrolment.actions import InvitationUsed, KeysRefused, NotNow
from leanto.desk.enrolment.queries import InvitationUnknown, current
from leanto.desk.enrolment.tests.ben import Phone
from leanto.desk.roster.actions import add_agency, invite_peer, stand_down
from leanto.desk.roster.models import Agency, Peer
from leanto.desk.roster.queries import status_of
from leanto.desk.site.configuration import DeskConfig
from leanto.rules.weeks import day_of, monday_of
from leanto.wire.enrolment import EnrolmentState
from leanto.wire.errors import WrongLayout
from leanto.wire.sheets import Heading, read_sheet, write_sheet
from leanto.wire.vouch import Vouch


@pytest.fixture
def harlow(program: DeskConfig, now: datetime) -> Agency:
    return add_agency(code="harlow-pd", name="Harlow Police", by=None, now=now)


@pytest.fixture
def on_roster(harlow: Agency, now: datetime) -> Callable[[str], Peer]:
    """Takes somebody onto the roster."""

    def taken(name: str) -> Peer:
        return invite_peer(
            name=name,
            agency=harlow,
            unit=None,
            chain_of_command="",
            reserve=True,
            by=None,
            now=now - timedelta(hours=1),
        )

    return taken


@pytest.fixture
def ben(on_roster: Callable[[str], Peer]) -> Peer:
    return on_roster("Ben Ortiz")


@pytest.fixture
def phone(program: DeskConfig) -> Phone:
    return Phone(charter().program_id)


@pytest.fixture
def monday(now: datetime) -> int:
    return monday_of(day_of(now))


@pytest.fixture
def confirmed(ben: Peer, phone: Phone, monday: int, now: datetime) -> bytes:
    """Ben's invitation, his keys handed in and the words compared."""
    invitation = actions.invite(peer=ben, by=None, now=now)
    body = phone.hand_in(invitation, [phone.bundle(monday), phone.bundle(monday + 7)])
    actions.hand_in(body=body, today=day_of(now))
    actions.confirm_words(peer=ben, by=None, now=now)
    return invitation


def request_of(peer: Peer) -> str:
    enrolment = current(peer=peer)
    assert enrolment is not None
    return actions.vouch_request(enrolment=enrolment)


def test_from_invitation_to_vouch(
    ben: Peer, phone: Phone, confirmed: bytes, key_holder: KeyHolder, now: datetime
) -> None:
    """Each step is one person's act, and Ben's pocket sees each step at the same address."""
    assert queries.state(confirmed, now=now).state is EnrolmentState.HANDED_IN
    assert queries.listed(now=now) == []
    actions.store_vouch(text=key_holder.vouch(request_of(ben)), by=None, now=now)
    answer = queries.state(confirmed, now=now)
    assert answer.vouched is not None
    assert answer.vouched.vouch.signing_key == phone.signing_key
    assert status_of(ben, at=now) == "enrolled"
    assert [one.handle for one in queries.listed(now=now)] == ["Ben"]


def test_other_keys_after_the_first_are_refused(ben: Peer, phone: Phone, now: datetime) -> None:
    """Max, who read the link over Ben's shoulder, comes too late; Ben may send his again."""
    invitation = actions.invite(peer=ben, by=None, now=now)
    actions.hand_in(body=phone.hand_in(invitation), today=day_of(now))
    actions.hand_in(body=phone.hand_in(invitation), today=day_of(now))
    with pytest.raises(InvitationUsed):
        actions.hand_in(body=Phone(phone.program_id).hand_in(invitation), today=day_of(now))
    half_max = replace(Phone(phone.program_id), signing=phone.signing)
    with pytest.raises(InvitationUsed):
        actions.hand_in(body=half_max.hand_in(invitation), today=day_of(now))


def test_an_unknown_an_expired_and_a_withdrawn_invitation_get_one_answer(
    ben: Peer, phone: Phone, now: datetime
) -> None:
    """Max learns nothing by guessing."""
    invitation = actions.invite(peer=ben, by=None, now=now)
    for wrong, day in ((bytes(16), day_of(now)), (invitation, day_of(now) + 31)):
        with pytest.raises(InvitationUnknown):
            actions.hand_in(body=phone.hand_in(wrong), today=day)
    actions.withdraw(peer=ben, by=None, now=now)
    with pytest.raises(InvitationUnknown):
        actions.hand_in(body=phone.hand_in(invitation), today=day_of(now))


def test_keys_not_signed_by_themselves_are_refused(
    ben: Peer, phone: Phone, monday: int, now: datetime
) -> None:
    """Max can hand in no keys whose secret he lacks, no bundle of another and no worthless key."""
    invitation = actions.invite(peer=ben, by=None, now=now)
    good, stranger = phone.hand_in(invitation), Phone(phone.program_id)
    elsewhere = Phone(bytes(16))
    forged = [
        replace(good, handle="Max"),
        replace(good, signing_key=stranger.signing_key),
        elsewhere.hand_in(invitation),
        phone.hand_in(invitation, [stranger.bundle(monday)]),
        phone.hand_in(invitation, [elsewhere.bundle(monday)]),
    ]
    small = replace(good, agreement_key=bytes(32))
    signature = phone.signing.sign(small.signed_part(program_id=phone.program_id))
    forged.append(replace(small, signature=signature))
    for body in forged:
        with pytest.raises(KeysRefused):
            actions.hand_in(body=body, today=day_of(now))
    assert queries.state(invitation, now=now).state is EnrolmentState.INVITED


def test_a_peer_cannot_take_over_the_address_of_another(
    ben: Peer,
    on_roster: Callable[[str], Peer],
    phone: Phone,
    monday: int,
    confirmed: bytes,
    now: datetime,
) -> None:
    """Max, once invited himself, cannot have Ben's requests brought to him, nor block them."""
    enrolment = current(peer=ben)
    assert enrolment is not None
    address = bytes(enrolment.bundles.earliest("first_day").duty_address)
    mine = actions.invite(peer=on_roster("Max"), by=None, now=now)
    other = Phone(phone.program_id)
    stolen = other.hand_in(mine, [other.bundle(monday, duty_address=address)], handle="Max")
    with pytest.raises(KeysRefused):
        actions.hand_in(body=stolen, today=day_of(now))
    with pytest.raises(KeysRefused):
        actions.hand_in(body=phone.hand_in(mine, handle="Max"), today=day_of(now))


def test_a_handle_that_hides_letters_is_refused(ben: Peer, phone: Phone, now: datetime) -> None:
    """Nobody's name turns the words beside it around."""
    invitation = actions.invite(peer=ben, by=None, now=now)
    with pytest.raises(WrongLayout):
        actions.hand_in(
            body=phone.hand_in(invitation, handle="Ben\N{RIGHT-TO-LEFT OVERRIDE}"),
            today=day_of(now),
        )


def test_a_handle_of_another_peer_is_stopped_before_the_vouch(
    confirmed: bytes,
    ben: Peer,
    on_roster: Callable[[str], Peer],
    phone: Phone,
    key_holder: KeyHolder,
    now: datetime,
) -> None:
    """Officers who ask for Ben get Ben."""
    actions.store_vouch(text=key_holder.vouch(request_of(ben)), by=None, now=now)
    namesake = on_roster("Benjamin Hale")
    invitation = actions.invite(peer=namesake, by=None, now=now)
    actions.hand_in(body=Phone(phone.program_id).hand_in(invitation), today=day_of(now))
    with pytest.raises(NotNow, match="another name"):
        actions.confirm_words(peer=namesake, by=None, now=now)


def test_a_vouch_is_verified_before_it_is_stored(
    ben: Peer, confirmed: bytes, key_holder: KeyHolder, now: datetime
) -> None:
    """Max can store no vouch: not his own, not a changed one, not one nobody asked for."""
    request = request_of(ben)
    genuine = Vouch.read(read_sheet(Heading.VOUCH, key_holder.vouch(request)))
    longer = replace(genuine, last_day=genuine.last_day + 1)
    tampered = bytearray(genuine.signature)
    tampered[0] ^= 1
    forged = [
        KeyHolder().vouch(request),
        write_sheet(Heading.VOUCH, replace(genuine, handle="Max").write()),
        key_holder.vouch(write_sheet(Heading.VOUCH_REQUEST, longer.unsigned())),
        write_sheet(Heading.VOUCH, replace(genuine, signature=bytes(tampered)).write()),
        request,
        "leanto vouch 1\n" + base64.b64encode(genuine.write()).decode(),
        "",
    ]
    for text in forged:
        with pytest.raises(NotNow):
            actions.store_vouch(text=text, by=None, now=now)
    assert queries.listed(now=now) == []


def test_words_that_were_not_compared_are_not_vouched_for(
    ben: Peer, phone: Phone, key_holder: KeyHolder, now: datetime
) -> None:
    """The key holder signs nothing that a coordinator has not compared by voice."""
    invitation = actions.invite(peer=ben, by=None, now=now)
    actions.hand_in(body=phone.hand_in(invitation), today=day_of(now))
    with pytest.raises(NotNow):
        request_of(ben)


def test_bundles_come_from_the_vouched_peer_alone(
    ben: Peer, phone: Phone, monday: int, confirmed: bytes, key_holder: KeyHolder, now: datetime
) -> None:
    """Only Ben renews Ben's weekly keys, only once vouched for, and only weeks that are near."""
    mine = phone.bundles([phone.bundle(monday + 14)])
    with pytest.raises(KeysRefused):
        actions.hand_in_bundles(body=mine, now=now)
    actions.store_vouch(text=key_holder.vouch(request_of(ben)), by=None, now=now)
    stranger = Phone(phone.program_id)
    forged = [
        stranger.bundles([stranger.bundle(monday)]),
        replace(stranger.bundles([phone.bundle(monday)]), signing_key=phone.signing_key),
        phone.bundles([stranger.bundle(monday)]),
        Phone(bytes(16), signing=phone.signing).bundles([]),
    ]
    for body in forged:
        with pytest.raises(KeysRefused):
            actions.hand_in_bundles(body=body, now=now)
    with pytest.raises(WrongLayout):
        actions.hand_in_bundles(body=phone.bundles([phone.bundle(monday + 70)]), now=now)
    actions.hand_in_bundles(body=mine, now=now)
    actions.hand_in_bundles(body=phone.bundles([phone.bundle(monday + 14)]), now=now)
    weeks = [one.first_day for one in queries.listed(now=now)[0].bundles.all()]
    assert weeks == [monday, monday + 7, monday + 14]


def test_who_stood_down_is_gone_at_once(
    ben: Peer, phone: Phone, monday: int, confirmed: bytes, key_holder: KeyHolder, now: datetime
) -> None:
    """No list, no members' key and no new weekly key for somebody who does not serve any more."""
    actions.store_vouch(text=key_holder.vouch(request_of(ben)), by=None, now=now)
    later = now + timedelta(hours=1)
    stand_down(peer=ben, by=None, now=later)
    assert queries.listed(now=later) == []
    with pytest.raises(InvitationUnknown):
        queries.state(confirmed, now=later)
    with pytest.raises(KeysRefused):
        actions.hand_in_bundles(body=phone.bundles([phone.bundle(monday + 14)]), now=later)
    with pytest.raises(NotNow):
        actions.invite(peer=ben, by=None, now=later)


def test_a_new_phone_replaces_the_old_one_only_when_vouched_for(
    ben: Peer, phone: Phone, confirmed: bytes, key_holder: KeyHolder, now: datetime
) -> None:
    """Ben stays reachable on his old phone until the new one is known to be his."""
    actions.store_vouch(text=key_holder.vouch(request_of(ben)), by=None, now=now)
    new = Phone(phone.program_id)
    invitation = actions.invite(peer=ben, by=None, now=now)
    actions.hand_in(body=new.hand_in(invitation), today=day_of(now))
    actions.confirm_words(peer=ben, by=None, now=now)
    assert [bytes(one.signing_key or b"") for one in queries.listed(now=now)] == [phone.signing_key]
    actions.store_vouch(text=key_holder.vouch(request_of(ben)), by=None, now=now)
    assert [bytes(one.signing_key or b"") for one in queries.listed(now=now)] == [new.signing_key]
    with pytest.raises(InvitationUnknown):
        queries.state(confirmed, now=now)
