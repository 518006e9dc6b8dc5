"""What the key holder signed runs out or changes hands: officers keep every peer."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from leanto.desk.audit.models import Entry
from leanto.desk.bulletin import actions, queries, renewal
from leanto.desk.bulletin.actions import CharterRefused
from leanto.desk.conftest import KeyHolder
from leanto.desk.enrolment import renewing
from leanto.desk.enrolment.queries import current, listed
from leanto.desk.enrolment.tests.ben import enrolled
from leanto.desk.roster.actions import stand_down
from leanto.desk.roster.models import Peer
from leanto.desk.signatures import verify
from leanto.desk.site.configuration import DeskConfig
from leanto.rules.weeks import day_of
from leanto.wire.sheets import Heading, read_lines, write_sheet
from leanto.wire.vouch import Vouch

DAY = timedelta(days=1)


@pytest.fixture
def ben(program: DeskConfig, key_holder: KeyHolder, now: datetime) -> Peer:
    return enrolled("Ben", sign=key_holder.vouch, now=now)


def vouch_of(peer: Peer) -> Vouch:
    found = current(peer=peer)
    assert found is not None
    return Vouch.read(bytes(found.vouch or b""))


def test_a_vouch_is_due_before_it_runs_out_and_renewed_for_a_year(
    ben: Peer, key_holder: KeyHolder, now: datetime
) -> None:
    """Nobody drops out of the bulletin because a date passed that nobody saw."""
    assert renewing.due(now=now) == []
    much_later = now + 300 * DAY
    (due,) = renewing.due(now=much_later)
    assert (due.peer, due.over) == (ben, False)
    signed = key_holder.renew(renewal.renewal_request(now=much_later))
    renewal.install_renewal(text=signed, by=None, now=much_later)
    assert vouch_of(ben).last_day == day_of(much_later) + 365
    assert renewing.due(now=much_later) == []
    assert [row.peer for row in listed(now=now + 600 * DAY)] == [ben]


def test_the_next_program_key_takes_every_peer_along(
    ben: Peer, key_holder: KeyHolder, now: datetime
) -> None:
    """One file, one sitting: there is no hour in which officers see no peer."""
    successor = KeyHolder()
    named = key_holder.renew(renewal.renewal_request(now=now), successor=successor.public)
    renewal.install_renewal(text=named, by=None, now=now)
    assert queries.charter().successor_key == successor.public
    renewal.install_renewal(
        text=successor.renew(renewal.renewal_request(now=now)), by=None, now=now
    )
    assert queries.pinned_fingerprint() == successor.fingerprint
    assert Entry.objects.get(act="key-passed-on").on == "charter 3"
    assert [one.successor_key for one in queries.lineage().charters] == [successor.public]
    verify(
        key=successor.public,
        signature=vouch_of(ben).signature,
        signed_part=vouch_of(ben).signed_part(),
    )
    back = key_holder.renew(renewal.renewal_request(now=now))
    with pytest.raises(CharterRefused, match="Another program key"):
        renewal.install_renewal(text=back, by=None, now=now)


def test_a_charter_of_the_next_key_alone_would_leave_officers_alone(
    ben: Peer, key_holder: KeyHolder, now: datetime
) -> None:
    """Without the peers' vouches it is refused, and so is a pile that lacks somebody."""
    successor = KeyHolder()
    named = key_holder.renew(renewal.renewal_request(now=now), successor=successor.public)
    renewal.install_renewal(text=named, by=None, now=now)
    alone = successor.charter(actions.charter_request(receipt_key=bytes(32), now=now))
    with pytest.raises(CharterRefused, match="whole renewal"):
        actions.install_charter(text=alone, by=None, now=now)
    early = successor.renew(renewal.renewal_request(now=now))
    enrolled("Fay", sign=key_holder.vouch, now=now)
    with pytest.raises(CharterRefused, match="Fay"):
        renewal.install_renewal(text=early, by=None, now=now)
    assert queries.pinned_fingerprint() == key_holder.fingerprint
    assert vouch_of(ben).last_day == day_of(now) + 365


def test_one_vouch_that_does_not_fit_changes_nothing(
    ben: Peer, key_holder: KeyHolder, now: datetime
) -> None:
    """Other keys, another name, another signer or a longer time: the whole file is refused."""
    genuine = key_holder.renew(renewal.renewal_request(now=now + DAY))
    charter, vouch = read_lines(Heading.RENEWAL, genuine)
    true = Vouch.read(vouch)
    wrong = [
        replace(true, agreement_key=b"m" * 32),
        replace(true, handle="Max"),
        replace(true, last_day=true.last_day + 400),
        replace(true, last_day=true.last_day - 300),
        replace(true, signature=bytes(64)),
    ]
    held = queries.charter()
    for one in wrong:
        with pytest.raises(CharterRefused, match="vouch in this file"):
            renewal.install_renewal(
                text=write_sheet(Heading.RENEWAL, charter, one.write()), by=None, now=now + DAY
            )
    assert queries.charter() == held
    renewal.install_renewal(text=genuine, by=None, now=now + DAY)
    assert vouch_of(ben) == true


def test_whoever_stood_down_is_not_brought_back(
    ben: Peer, key_holder: KeyHolder, now: datetime
) -> None:
    """A file that was signed before somebody left changes nothing for them."""
    signed = key_holder.renew(renewal.renewal_request(now=now + DAY))
    stand_down(peer=ben, by=None, now=now + DAY)
    before = vouch_of(ben)
    renewal.install_renewal(text=signed, by=None, now=now + DAY)
    assert vouch_of(ben) == before
    assert listed(now=now + DAY) == []


def test_what_is_no_renewal_is_refused_with_a_sentence(ben: Peer, now: datetime) -> None:
    """Another file on the stick changes nothing."""
    other = write_sheet(Heading.RENEWAL, queries.charter().write(), b"no vouch")
    for text in ("", renewal.renewal_request(now=now), other):
        with pytest.raises(CharterRefused, match="not a renewal"):
            renewal.install_renewal(text=text, by=None, now=now)


def test_a_fresh_key_signs_once_a_charter_names_it(
    ben: Peer, key_holder: KeyHolder, now: datetime
) -> None:
    """Until then everything goes out as before; after that the old one signs nothing."""
    before = actions.publish(now=now)
    renewal.retire_bulletin_key(by=None, now=now)
    assert queries.fresh_key_waits()
    assert actions.publish(now=now).serial == before.serial + 1
    signed = key_holder.renew(renewal.renewal_request(now=now))
    renewal.install_renewal(text=signed, by=None, now=now)
    assert not queries.fresh_key_waits()
    (named,) = queries.charter().bulletin_keys
    after = actions.publish(now=now)
    assert bytes(after.head)[-96:-64] == named.key != bytes(before.head)[-96:-64]
