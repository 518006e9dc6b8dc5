"""The charter: no bulletin without one, and none but the key holder's."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from leanto.desk.bulletin import actions, queries
from leanto.desk.bulletin.actions import CharterRefused
from leanto.desk.bulletin.models import Publication
from leanto.desk.bulletin.queries import NotReady
from leanto.desk.conftest import KeyHolder
from leanto.desk.site.configuration import DeskConfig
from leanto.wire.charter import Charter
from leanto.wire.sheets import Heading, read_sheet, write_sheet
from leanto.wire.signed import NOT_SIGNED

DAY = timedelta(days=1)


def test_without_a_charter_nothing_is_published(desk: DeskConfig, db: None, now: datetime) -> None:
    """No bulletin goes out that no pocket would accept; the reason is said in words."""
    with pytest.raises(NotReady):
        actions.publish(now=now)
    assert actions.publish_if_due(now=now) is None
    assert not Publication.objects.exists()


def test_a_charter_past_its_day_publishes_nothing(program: DeskConfig, now: datetime) -> None:
    """After 90 days the key holder is asked again."""
    with pytest.raises(NotReady, match="Renew"):
        actions.publish(now=now + 91 * DAY)


def test_only_the_pinned_program_key_signs_charters(
    program: DeskConfig, key_holder: KeyHolder, now: datetime
) -> None:
    """Max's own charter, an older one, a changed one and one for other addresses are refused."""
    request = actions.charter_request(receipt_key=bytes(32), now=now)
    genuine = Charter.read(read_sheet(Heading.CHARTER, key_holder.charter(request)))
    older = write_sheet(Heading.CHARTER_REQUEST, replace(genuine, serial=0).unsigned())
    elsewhere = replace(genuine, mailroom="http://max.example")
    moved = write_sheet(Heading.CHARTER_REQUEST, elsewhere.unsigned())
    forged = [
        KeyHolder().charter(request),
        key_holder.charter(older),
        key_holder.charter(moved),
        write_sheet(Heading.CHARTER, replace(genuine, serial=7).write()),
        request,
        "",
    ]
    for text in forged:
        with pytest.raises(CharterRefused):
            actions.install_charter(text=text, by=None, now=now)
    actions.install_charter(text=key_holder.charter(request), by=None, now=now)
    assert queries.charter() == genuine


def test_a_successor_named_by_the_key_in_force_follows_it_for_good(
    program: DeskConfig, key_holder: KeyHolder, now: datetime
) -> None:
    """After a key is lost its successor signs; whoever finds the old one rules nothing any more."""
    successor = KeyHolder()
    wanted = read_sheet(
        Heading.CHARTER_REQUEST, actions.charter_request(receipt_key=bytes(32), now=now)
    )
    naming = replace(Charter.read(wanted + NOT_SIGNED), successor_key=successor.public)
    request = write_sheet(Heading.CHARTER_REQUEST, naming.unsigned())
    actions.install_charter(text=key_holder.charter(request), by=None, now=now)
    next_one = replace(naming, serial=naming.serial + 1, successor_key=None)
    request = write_sheet(Heading.CHARTER_REQUEST, next_one.unsigned())
    actions.install_charter(text=successor.charter(request), by=None, now=now)
    assert queries.pinned_fingerprint() == successor.fingerprint
    again = replace(naming, serial=naming.serial + 2)
    request = write_sheet(Heading.CHARTER_REQUEST, again.unsigned())
    with pytest.raises(CharterRefused):
        actions.install_charter(text=key_holder.charter(request), by=None, now=now)
