"""A key sheet that nobody can read is no sheet: the desk sees that both came back."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from leanto.desk.audit.models import Entry
from leanto.desk.bulletin import queries, rehearsing, renewal
from leanto.desk.bulletin.queries import KeyRole
from leanto.desk.bulletin.rehearsing import RehearsalRefused
from leanto.desk.conftest import KeyHolder
from leanto.desk.site.configuration import DeskConfig
from leanto.rules.weeks import date_of, day_of
from leanto.wire.rehearsal import REHEARSAL_DAYS, Rehearsal
from leanto.wire.sheets import Heading, read_sheet, write_sheet
from tests.harness.staff import browser_of, member_with_second_step

DAY = timedelta(days=1)


def test_both_keys_come_back_from_paper(
    program: DeskConfig, key_holder: KeyHolder, now: datetime
) -> None:
    """Each sheet counts by itself, for the day it was asked for, and is on record."""
    successor = KeyHolder()
    named = key_holder.renew(renewal.renewal_request(now=now), successor=successor.public)
    renewal.install_renewal(text=named, by=None, now=now)
    assert queries.rehearsed() == {}
    request = rehearsing.rehearsal_request(now=now)
    for holder, role in ((key_holder, KeyRole.PROGRAM), (successor, KeyRole.SUCCESSOR)):
        text = holder.rehearse(request)
        assert rehearsing.store_rehearsal(text=text, by=None, now=now + 3 * DAY) == role
    assert queries.rehearsed() == dict.fromkeys(KeyRole, date_of(day_of(now)))
    assert Entry.objects.filter(act="stored-rehearsal").count() == 2


def test_what_no_holder_signed_is_no_rehearsal(
    program: DeskConfig, key_holder: KeyHolder, now: datetime
) -> None:
    """Another key, another program, another day or a borrowed signature: the list stays red."""
    text = key_holder.rehearse(rehearsing.rehearsal_request(now=now))
    true = Rehearsal.read(read_sheet(Heading.REHEARSAL, text))
    max_ = KeyHolder()
    wrong = [
        replace(true, signature=bytes(64)),
        replace(true, key=max_.public, signature=max_.key.sign(true.signed_part())),
        replace(true, program_id=bytes(16)),
        replace(true, day=true.day - 1),
    ]
    for one in wrong:
        with pytest.raises(RehearsalRefused):
            rehearsing.store_rehearsal(
                text=write_sheet(Heading.REHEARSAL, one.write()), by=None, now=now
            )
    for when in (now - DAY, now + (REHEARSAL_DAYS + 1) * DAY):
        with pytest.raises(RehearsalRefused, match="another month"):
            rehearsing.store_rehearsal(text=text, by=None, now=when)
    assert queries.rehearsed() == {}


def test_a_key_that_passed_on_is_rehearsed_anew(
    program: DeskConfig, key_holder: KeyHolder, now: datetime
) -> None:
    """What was shown of the old key says nothing of the one in force."""
    text = key_holder.rehearse(rehearsing.rehearsal_request(now=now))
    rehearsing.store_rehearsal(text=text, by=None, now=now)
    successor = KeyHolder()
    for holder, named in ((key_holder, successor.public), (successor, None)):
        signed = holder.renew(renewal.renewal_request(now=now), successor=named)
        renewal.install_renewal(text=signed, by=None, now=now)
    assert queries.rehearsed() == {}


def test_the_page_says_what_is_missing_and_takes_the_proof(
    program: DeskConfig, key_holder: KeyHolder, now: datetime
) -> None:
    """Cleo sees which key was never shown, and brings request and answer over one page."""
    cleos = browser_of(member_with_second_step())
    assert "names no successor key" in cleos.get("/bulletin/rehearsal/").content.decode()
    wrong = cleos.post("/bulletin/rehearsal/", {"text": "leanto charter 1"})
    assert "first says leanto rehearsal 1" in wrong.content.decode()
    request = cleos.get("/bulletin/rehearsal/request/").content.decode()
    cleos.post("/bulletin/rehearsal/", {"text": key_holder.rehearse(request)})
    assert "brought back" in cleos.get("/bulletin/rehearsal/").content.decode()
    assert list(queries.rehearsed()) == [KeyRole.PROGRAM]
