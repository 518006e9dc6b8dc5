"""Ben's phone is gone: with his words or Cleo's help he is back; the old one claims nothing."""

import time
from typing import NamedTuple

import pytest

from tests.harness import coordinator, officer, returning, supporter, talking, vault
from tests.harness.cast import DESKTOP, Cast, Person
from tests.harness.coordinator import cleo_of
from tests.harness.house import House

pytestmark = pytest.mark.journey

NAME = "Ben Aldous"
WITHIN_A_MINUTE_MS = 60_000
OFF_WITHIN_SECONDS, BACK_WITHIN_SECONDS = 60, 600


class Phones(NamedTuple):
    """Ana with a card, Cleo at her desk, and Ben's first phone with its words on paper."""

    house: House
    ana: Person
    cleo: Person
    first: Person
    words: list[str]


@pytest.fixture(scope="module")
def phones(house: House, cast: Cast) -> Phones:
    """He is vouched for and on duty, and made his copy anew before the phone broke."""
    cleo, ana = cleo_of(house, cast), cast.person("ana", origins=house.origins)
    first = cast.person("ben", origins=house.origins)
    coordinator.comes_in(cleo, coordinator.invited(house))
    supporter.enrols(first, house)
    words = officer.makes_words(first, then="Six words to compare")
    supporter.is_vouched(first, house)
    hers, his = map(officer.code_on, house.at_desk("cards", "2"))
    officer.types_card(ana, house, hers)
    officer.makes_words(ana)
    first.page.goto(f"{house.pocket}/#card")
    first.types("Code on the card", his)
    first.presses("Go on")
    first.sees("Your card works")
    returning.makes_copy_anew(first, house)
    return Phones(house, ana, cleo, first, words)


def test_his_words_bring_him_back_and_the_old_phone_claims_nothing(
    phones: Phones, cast: Cast
) -> None:
    """The keys that were vouched for, on new weeks: nobody signs anew, and one phone rings."""
    house, ana, _, first, words = phones
    before = vault.records(first.page)
    first.shuts()
    second = cast.person("ben-second", origins=house.origins, device=DESKTOP)
    returning.types_words(second, house, words)
    second.sees("You are back")
    second.reads("You are a peer on this phone now.")
    second.presses("On call")
    second.reads("Listening", within_ms=WITHIN_A_MINUTE_MS)
    second.reads("On duty now", within_ms=WITHIN_A_MINUTE_MS)
    after = vault.records(second.page)
    assert identity_in(after) == identity_in(before)
    assert seeds_in(after).isdisjoint(seeds_in(before)), "seeds are never copied"
    for one in (ana, second):
        one.refusals.add(404)
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "")
    officer.is_received(ana)
    assert {officer.claimed_by(house, ana, key) for key in read_keys_in(before)} == {
        "request-unknown"
    }
    supporter.claims(second)
    officer.opens_answer(ana)
    talking.burns(ana)
    second.sees("Burned")


def test_without_words_cleo_turns_the_lost_keys_off_and_enrols_him_by_voice(
    phones: Phones, cast: Cast
) -> None:
    """Off within a minute, and back in ten on the same row of the roster: Ana, who asked while the
    phone was lost, is answered from the new one with the same request."""
    house, ana, cleo, _, _ = phones
    lost = cast.person("ben-second", origins=house.origins, device=DESKTOP)
    old_keys = read_keys_in(vault.records(lost.page))
    old_identity = identity_in(vault.records(lost.page))
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "")
    officer.is_received(ana)
    coordinator.goes_to_peer(cleo, house, name=NAME)
    cleo.presses("Lost phone: turn its keys off")
    cleo.sees(f"Turn the keys of {NAME}'s phone off?")
    called = time.monotonic()
    cleo.presses("Turn the keys off now")
    cleo.reads("No keys yet.")
    assert {officer.claimed_by(house, ana, key) for key in old_keys} == {"request-unknown"}
    assert time.monotonic() - called < OFF_WITHIN_SECONDS
    lost.opens(house.pocket)
    lost.goes_to("You are not on the list now")
    cleo.presses("Make an invitation")
    cleo.presses("Make the invitation")
    cleo.sees(f"Invitation for {NAME}")
    link = cleo.reads("#invitation=").inner_text().strip()
    third = cast.person("ben-third", origins=house.origins, device=DESKTOP)
    spoken = supporter.hands_in(third, link)
    assert coordinator.compares_words(cleo, house, name=NAME) == spoken
    coordinator.confirms_words(cleo, name=NAME)
    coordinator.has_vouch_signed(cleo, house, name=NAME)
    third.opens(house.pocket)
    third.goes_to("On call")
    third.reads("On duty now", within_ms=WITHIN_A_MINUTE_MS)
    third.reads("Listening", within_ms=WITHIN_A_MINUTE_MS)
    assert time.monotonic() - called < BACK_WITHIN_SECONDS
    assert identity_in(vault.records(third.page)) != old_identity
    third.refusals.add(404)
    ana.reloads()  # there was nobody else; a list is looked at anew when a pocket opens
    supporter.claims(third)
    ana.reads("A peer is here for you")


def test_where_the_desk_is_out_of_reach_the_command_is_as_quick(phones: Phones, cast: Cast) -> None:
    """The operator types it beside the running program; the pocket hears of it in the minute."""
    house = phones.house
    third = cast.person("ben-third", origins=house.origins, device=DESKTOP)
    third.opens(house.pocket)
    third.goes_to("On call")
    typed = time.monotonic()
    house.leanto("peer", "lost-phone", "--data", house.data, NAME)
    third.goes_to("You are not on the list now")
    assert time.monotonic() - typed < OFF_WITHIN_SECONDS


def read_keys_in(records: dict[str, object]) -> list[bytes]:
    """What opens the duty mailboxes of a phone, past weeks and weeks ahead."""
    weeks = [one for name, one in records.items() if name.startswith("open:duty-week/")]
    keys = {key for week in weeks for key in vault.secrets(week)}
    assert len(keys) >= 5
    return sorted(keys)


def seeds_in(records: dict[str, object]) -> set[bytes]:
    """What opens requests sealed to a phone's weeks."""
    weeks = [one for name, one in records.items() if name.startswith("sealed:duty-seed/")]
    return {seed for week in weeks for seed in vault.secrets(week)}


def identity_in(records: dict[str, object]) -> set[bytes]:
    return vault.secrets(records["sealed:identity/own"])
