"""What Ben says about how he wants to be rung counts, and nobody else's word does."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from leanto.desk.bulletin.queries import charter
from leanto.desk.conftest import KeyHolder
from leanto.desk.enrolment.actions import KeysRefused
from leanto.desk.enrolment.models import OwnWord
from leanto.desk.enrolment.queries import current
from leanto.desk.enrolment.saying import StandingOlder, say_standing
from leanto.desk.enrolment.tests.ben import Phone, enrolled
from leanto.desk.roster.actions import stand_down
from leanto.desk.roster.models import Peer
from leanto.desk.site.configuration import DeskConfig
from leanto.rules.weeks import day_of
from leanto.wire.errors import WrongLayout
from tests.harness.staff import browser_of, member_with_second_step

HOUR = timedelta(hours=1)


@pytest.fixture
def phone(program: DeskConfig) -> Phone:
    return Phone(charter().program_id)


@pytest.fixture
def ben(phone: Phone, key_holder: KeyHolder, now: datetime) -> Peer:
    return enrolled("Ben", sign=key_holder.vouch, now=now - HOUR, phone=phone)


def test_the_newest_word_counts_whatever_comes_late(ben: Peer, phone: Phone, now: datetime) -> None:
    """A word that a bad network held back must not switch Ben on again after he switched off."""
    on = phone.standing(now=now - HOUR, reserve_consent=1)
    off = phone.standing(now=now)
    for word in (on, off, off):
        say_standing(body=word, now=now)
    with pytest.raises(StandingOlder):
        say_standing(body=on, now=now)
    assert OwnWord.objects.get().reserve is False


def test_a_phone_that_opens_what_is_sealed_to_it_says_so(
    ben: Peer, phone: Phone, now: datetime
) -> None:
    """Before officers are sent to Ben, Cleo sees that his phone holds the keys of his entry."""
    assert current(peer=ben).opened_on is None  # type: ignore[union-attr]  # he is enrolled
    cleo = browser_of(member_with_second_step())
    assert "not said yet that it can open" in cleo.get(f"/peers/{ben.pk}/").content.decode()
    say_standing(body=phone.standing(now=now, opened_day=day_of(now)), now=now)
    assert current(peer=ben).opened_on == now.date()  # type: ignore[union-attr]  # as above
    assert "opened a made-up request" in cleo.get(f"/peers/{ben.pk}/").content.decode()


def test_two_words_of_one_minute_are_told_apart_by_their_number(
    ben: Peer, phone: Phone, now: datetime
) -> None:
    """Another word under the same number is refused; the pocket takes one more."""
    first = phone.standing(now=now, reserve_consent=1)
    say_standing(body=first, now=now)
    with pytest.raises(StandingOlder):
        say_standing(body=phone.standing(now=now), now=now)
    say_standing(body=phone.standing(now=now, said_minute=first.said_minute + 1), now=now)
    assert OwnWord.objects.get().reserve is False


def test_days_old_and_days_ahead_are_refused(ben: Peer, phone: Phone, now: datetime) -> None:
    """A word that was kept back is worth nothing later; one from next week locks nobody out."""
    with pytest.raises(StandingOlder):
        say_standing(body=phone.standing(now=now - 49 * HOUR), now=now)
    with pytest.raises(WrongLayout):
        say_standing(body=phone.standing(now=now + 25 * HOUR), now=now)
    assert not OwnWord.objects.exists()


def test_max_cannot_speak_for_ben(ben: Peer, phone: Phone, now: datetime) -> None:
    """Not with his own key, not by changing a word, not in another program, not once Ben left."""
    word = phone.standing(now=now, reserve_consent=1)
    elsewhere = Phone(bytes(16), signing=phone.signing).standing(now=now)
    for forged in (
        Phone(charter().program_id).standing(now=now),
        replace(word, available_until_minute=word.said_minute + 60),
        elsewhere,
    ):
        with pytest.raises(KeysRefused):
            say_standing(body=forged, now=now)
    stand_down(peer=ben, by=None, now=now)
    with pytest.raises(KeysRefused):
        say_standing(body=word, now=now)
    assert not OwnWord.objects.exists()
