"""Ben's phone is gone, or Ben was: the old keys end at once, and new ones begin in the same row."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from leanto.desk.audit.models import Entry
from leanto.desk.bulletin.queries import charter
from leanto.desk.conftest import KeyHolder
from leanto.desk.enrolment import actions, queries
from leanto.desk.enrolment.actions import KeysRefused, NotNow
from leanto.desk.enrolment.queries import InvitationUnknown, current
from leanto.desk.enrolment.tests.ben import Phone, enrolled
from leanto.desk.roster.actions import NotPossible, invite_again, stand_down
from leanto.desk.roster.models import Peer
from leanto.desk.roster.queries import status_of
from leanto.desk.site.configuration import DeskConfig
from leanto.rules.weeks import day_of, monday_of


def vouched(peer: Peer, *, key_holder: KeyHolder, now: datetime) -> tuple[Phone, bytes]:
    """A phone and its invitation: from the link to the signed vouch."""
    phone = Phone(charter().program_id)
    invitation = actions.invite(peer=peer, by=None, now=now)
    bundle = phone.bundle(monday_of(day_of(now)))
    actions.hand_in(body=phone.hand_in(invitation, [bundle]), today=day_of(now))
    actions.confirm_words(peer=peer, by=None, now=now)
    found = current(peer=peer)
    assert found is not None
    signed = key_holder.vouch(actions.vouch_request(enrolment=found))
    actions.store_vouch(text=signed, by=None, now=now)
    return phone, invitation


def listed(now: datetime) -> list[bytes]:
    return [bytes(one.signing_key or b"") for one in queries.listed(now=now)]


def test_a_lost_phone_is_off_at_once_and_its_peer_stays(
    program: DeskConfig, key_holder: KeyHolder, now: datetime
) -> None:
    """Whoever found it is on no list, gets no members' key, and hands in no weekly key."""
    ben = enrolled("Ben", sign=key_holder.vouch, now=now)
    lost, invitation = vouched(ben, key_holder=key_holder, now=now)
    actions.turn_keys_off(peer=ben, by=None, now=now)
    assert listed(now) == []
    assert status_of(ben, at=now) == "enrolled"
    assert Entry.objects.filter(act="turned-keys-off").count() == 1
    with pytest.raises(InvitationUnknown):
        queries.state(invitation, now=now)
    next_week = lost.bundles([lost.bundle(monday_of(day_of(now)) + 7)])
    with pytest.raises(KeysRefused):
        actions.hand_in_bundles(body=next_week, now=now)
    with pytest.raises(NotNow):
        actions.turn_keys_off(peer=ben, by=None, now=now)
    new, _ = vouched(ben, key_holder=key_holder, now=now)
    assert listed(now) == [new.signing_key]


def test_the_next_list_waits_for_nobody(
    program: DeskConfig, key_holder: KeyHolder, now: datetime
) -> None:
    """A list without the lost phone is made as this is saved, not when the next one is due."""
    ben = enrolled("Ben", sign=key_holder.vouch, now=now)
    after_saving = transaction.get_connection().run_on_commit
    after_saving.clear()
    actions.turn_keys_off(peer=ben, by=None, now=now)
    assert len(after_saving) == 1


def test_an_invitation_for_the_new_phone_outlives_the_old_keys(
    program: DeskConfig, key_holder: KeyHolder, now: datetime
) -> None:
    """Cleo may do either first: what she handed over works on."""
    ben = enrolled("Ben", sign=key_holder.vouch, now=now)
    invitation = actions.invite(peer=ben, by=None, now=now)
    assert queries.panel(peer=ben, now=now).in_force
    actions.turn_keys_off(peer=ben, by=None, now=now)
    assert not queries.panel(peer=ben, now=now).in_force
    actions.hand_in(body=Phone(charter().program_id).hand_in(invitation), today=day_of(now))


def test_who_stood_down_comes_back_in_the_same_row_with_new_keys(
    program: DeskConfig, key_holder: KeyHolder, now: datetime
) -> None:
    """The proof of past days stays, and the keys of before never come back."""
    ben = enrolled("Ben", sign=key_holder.vouch, now=now)
    with pytest.raises(NotPossible):
        invite_again(peer=ben, by=None, now=now)
    hours = [now + timedelta(hours=n) for n in range(1, 4)]
    stand_down(peer=ben, by=None, now=hours[0])
    invite_again(peer=ben, by=None, now=hours[1])
    assert listed(hours[1]) == []
    assert queries.panel(peer=ben, now=hours[1]).step == "none"
    new, _ = vouched(ben, key_holder=key_holder, now=hours[2])
    assert listed(hours[2]) == [new.signing_key]
    history = [standing.status for standing in ben.standings.all()]
    assert history == ["invited", "enrolled", "stood-down", "invited", "enrolled"]
