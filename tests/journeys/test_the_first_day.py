"""The first day: shut until every step is green, by what key holders type and phones can open."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from leanto.host.clock import moment
from leanto.press import square_code
from leanto.sim.region import TIME_ZONE
from leanto.wire.cards import groups
from leanto.wire.endpoints import Pushed as Payload
from tests.harness import coordinator, officer, paper, supporter
from tests.harness.cast import DESKTOP, Cast, Person
from tests.harness.coordinator import cleo_of
from tests.harness.house import House
from tests.harness.waking.browser import Pushed
from tests.harness.waking.house import house_with_ways
from tests.harness.waking.notifier import Ways

pytestmark = pytest.mark.journey

BEN, HARLOW, REED = "Ben Aldous", "Harlow Police Department", "Reed County Sheriff"
SIX_DIGITS = re.compile(r"\b\d{6}\b")
LAST_MINUTE = timedelta(minutes=1)


class Day(NamedTuple):
    """A program with a charter and nothing else, and its only coordinator at her desk."""

    house: House
    ways: Ways
    cleo: Person
    ana: Person
    ben: Person
    push: Pushed


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory, cast: Cast) -> Iterator[Day]:
    with house_with_ways(tmp_path_factory.mktemp("house"), people="not_open") as (house, ways):
        cleo, ana = cleo_of(house, cast), cast.person("ana", origins=house.origins)
        ben = cast.person("ben", origins=house.origins, device=DESKTOP)
        ben.also_own = (house.notifier,)
        ben.refusals.add(404)  # until its first list there is none
        ana.refusals.add(404)
        push = Pushed(ben, origin=house.pocket, url=f"{ways.push.url}/ben")
        coordinator.comes_in(cleo, coordinator.invited(house))
        yield Day(house, ways, cleo, ana, ben, push)


def test_before_it_opens_the_landing_says_when_and_the_lines_answer(day: Day) -> None:
    """Ana, who has no card yet, reads on the first screen from which day there is somebody."""
    house, _, cleo, ana, *_ = day
    ana.opens(house.pocket)
    ana.reads("This program is not open yet. Until then the lines answer.")
    opens_on = at_desk_today(house) + timedelta(days=3)
    chooses_day(cleo, house, opens_on)
    officer.comes_without_card(ana, house)
    ana.reads(f"This program opens on {opens_on:%B} {opens_on.day}, {opens_on.year}.")
    officer.still_has_the_lines(ana)


def test_both_keys_come_back_from_paper_before_the_list_turns_green(day: Day) -> None:
    """One sheet typed in is not enough; each proof goes from a laptop over the desk's own page."""
    house, _, cleo, *_ = day
    folder, successor = paper.prints_sheets(house)
    coordinator.has_all_renewed(cleo, house, "--successor", successor, key=house.key)
    request = house.folder / "rehearsal-request.txt"
    cleo.opens(f"{house.desk}/bulletin/rehearsal/")
    coordinator.saves(cleo.page, "Download the rehearsal request", request)
    for role in ("program", "successor"):
        assert "Both sheets were typed in once To do" in the_list(cleo, house)
        hands_in_proof(cleo, house, request, folder / f"{role}-key.txt")
    assert "Both sheets were typed in once Done" in the_list(cleo, house)


def test_the_last_peer_comes_by_a_printed_page_and_his_own_phone_makes_the_step_green(
    day: Day,
) -> None:
    """Dev and Fay are ready. Ben has no e-mail: he types what is on paper, and his phone opens what
    is sealed to his entry in the list."""
    house, ways, cleo, _, ben, push = day
    others = house.run("tests.harness.first_day", house.folder, "others_are_ready", house.key)
    (house.folder / "others").write_text(others)
    link = coordinator.invites_peer(cleo, house, name=BEN, agency=REED)
    assert drawn(square_code(link)) in cleo.page.content(), "the square says the same"
    assert cleo.page.get_by_role("link", name="English").get_attribute("download")
    spoken = supporter.types_invitation(ben, house, groups(link.rpartition("=")[2]))
    assert coordinator.compares_words(cleo, house, name=BEN) == spoken
    coordinator.confirms_words(cleo, name=BEN)
    coordinator.has_vouch_signed(cleo, house, name=BEN)
    ben.opens(house.pocket)
    ben.goes_to("On call")
    ben.goes_to("How your phone is reached")
    ben.presses("Use this browser")
    ben.sees("This browser, also when it is closed")
    assert "Three peers are ready To do" in the_list(cleo, house)
    ben.presses("Send a test")
    ben.reads("The test is on its way")
    (came,) = ways.push.waits_for(1, path="/ben")
    payload: Payload = push.phone.opens(came.body)
    push.delivers(payload.write())
    ben.reads("Seen to arrive on")
    ben.opens(house.pocket)
    ben.opens_door("Talk to a peer")
    ben.reads("No peer can be asked before it opens.")
    becomes_so(cleo, house, "Three peers are ready Done")
    coordinator.goes_to_peer(cleo, house, name=BEN)
    cleo.reads("this phone opened a made-up request, sealed to it as officers' phones do")


def test_when_all_is_green_it_opens_and_her_own_captain_is_not_asked(day: Day) -> None:
    """Ana of Harlow asks: Ben of Reed is rung, and Harlow's captain is neither shown nor told."""
    house, ways, cleo, ana, ben, _ = day
    house.run("tests.harness.first_day", house.folder, "another_coordinator")
    house.run("tests.harness.first_day", house.folder, "written_down")
    mail_is_tried(cleo, house, ways)
    chooses_day(cleo, house, at_desk_today(house))
    assert [one for one in the_list(cleo, house) if one.endswith("To do")] == []
    cleo.presses("Open the program")
    cleo.reads("The program is open. Officers can ask, and cards can be made.")
    (card,) = coordinator.prints_cards(cleo, house, count=1)
    ana.opens(house.pocket)
    ana.opens_door("Talk to a peer")
    officer.presents_card(ana, card)
    ana.sees("Your card works")
    says_agency(ana, house, REED)
    ana.presses("Choose a peer")
    ana.reads("Captain")
    says_agency(ana, house, HARLOW)
    house.at_desk("duty", "Ben")
    ben.opens(house.pocket)
    ben.goes_to("On call")
    ben.reads("On duty now")
    assert set(officer.peers_offered(ana, house, own_agency_too=True)) == {"Ben", "Dev"}
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "")
    officer.is_received(ana)
    keys = dict(line.split() for line in (house.folder / "others").read_text().splitlines())
    assert officer.claimed_by(house, ana, bytes.fromhex(keys["Fay"])) == "request-unknown"
    supporter.claims(ben)
    ana.sees("A peer is here")


def at_desk_today(house: House) -> date:
    """The program's day, of which a minute is left at least."""
    now = moment(house.clock).astimezone(ZoneInfo(TIME_ZONE))
    if (now + LAST_MINUTE).date() != now.date():
        house.clock.forward(seconds=60)
    return moment(house.clock).astimezone(ZoneInfo(TIME_ZONE)).date()


def chooses_day(cleo: Person, house: House, day: date) -> None:
    cleo.opens(f"{house.desk}/opening/day/")
    cleo.types("The program opens on", day.isoformat())
    cleo.presses("Save")
    cleo.sees("Opening")


def the_list(cleo: Person, house: House) -> list[str]:
    """Each step of the opening with how it stands."""
    cleo.opens(f"{house.desk}/opening/")
    return cleo.page.get_by_role("heading", level=2).all_inner_texts()


def becomes_so(cleo: Person, house: House, step: str) -> None:
    """What a phone says reaches the desk by itself."""
    for _ in range(120):
        if step in the_list(cleo, house):
            return
        cleo.page.wait_for_timeout(500)
    raise AssertionError(the_list(cleo, house))


def hands_in_proof(cleo: Person, house: House, request: Path, sheet: Path) -> None:
    """A holder types their sheet on a laptop; Cleo brings what it wrote."""
    proof = house.folder / "rehearsal.txt"
    call = ("key", "rehearse", "--request", request, "--out", proof)
    house.leanto(*call, answers=paper.typed(sheet))
    cleo.opens(f"{house.desk}/bulletin/rehearsal/")
    cleo.page.get_by_label("The file from the key holder").set_input_files(proof)
    cleo.presses("Check and keep")
    cleo.reads(re.compile("brought back for the request of"))


def mail_is_tried(cleo: Person, house: House, ways: Ways) -> None:
    cleo.opens(f"{house.desk}/opening/mail/")
    cleo.presses("Send the letter")
    cleo.reads("The mail server has the letter.")
    *_, letter = (one for one in ways.office.letters if one.to == coordinator.EMAIL)
    (code,) = SIX_DIGITS.findall(letter.message.get_content())
    cleo.types("The code in the letter", code)
    cleo.presses("Check the code")
    cleo.sees("Opening")


def says_agency(ana: Person, house: House, name: str) -> None:
    officer.goes_to_ask(ana, house)
    officer.tells_agency(ana, name)


def drawn(picture: str) -> str:
    """The lines of a square code, however the page around it is written."""
    *_, dark = re.findall(r' d="([^"]+)"', picture)
    return str(dark)
