"""A bad day on which nobody can open the desk's page: the operator does it, and it is on record."""

from pathlib import Path

import pytest

from leanto.wire.cards import Invitation
from leanto.wire.charter import fingerprint
from tests.harness import paper
from tests.harness.house import House, finished

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A program with peers, founded and not served."""
    house = House(tmp_path_factory.mktemp("house"))
    house.found(people="settle")
    return house


def test_a_lost_phone_is_off_and_its_peer_gets_a_new_link(house: House) -> None:
    """Two commands, each on record; a name that nobody has changes nothing."""
    name = house.leanto("peer", "list", "--data", house.data).split("\t")[0]
    said = house.leanto("peer", "lost-phone", "--data", house.data, name.upper())
    assert "within a minute" in said
    again = finished("leanto", "peer", "lost-phone", "--data", house.data, name)
    assert (again.returncode, "Nothing was changed" in again.stdout) == (1, True)
    link = house.leanto("peer", "new-phone", "--data", house.data, name)
    assert Invitation.read(link.strip()).fingerprint == fingerprint(public_half(house.key))
    house.leanto("peer", "stand-down", "--data", house.data, name)
    assert f"{name}\t" in house.leanto("peer", "list", "--data", house.data)
    unknown = finished("leanto", "peer", "stand-down", "--data", house.data, "Max")
    assert (unknown.returncode, "called 'Max'" in unknown.stderr) == (2, True)
    on_record = house.at_desk("recorded")
    for act in ("turned-keys-off", "made-invitation", "stood-down-peer"):
        assert f"{act}: {name}, by the operator" in on_record


def test_what_is_still_to_do_is_said_without_a_browser(house: House) -> None:
    """The operator sees the coordinators' own list, each step with where it is done."""
    said = house.leanto("opening", "--data", house.data)
    assert "Done   The charter is in force" in said
    assert "To do  Mail arrives" in said
    assert f"Where: {house.desk}/opening/mail/" in said


def test_the_only_coordinator_comes_back_by_the_operator(house: House) -> None:
    """With nobody left to reset her, a link from the machine itself; who left is out."""
    house.at_desk("coordinates", "Cleo Marsh", "cleo@two-creeks.example")
    house.at_desk("coordinates", "Dora Vance", "dora@two-creeks.example")
    said = house.leanto("people", "reset", "--data", house.data, "Cleo@Two-Creeks.example")
    assert f"{house.desk}/welcome/" in said
    house.leanto("people", "close", "--data", house.data, "dora@two-creeks.example")
    who = house.leanto("people", "list", "--data", house.data)
    assert ("Cleo Marsh" in who, "Dora Vance" in who) == (True, False)
    nobody = ("--name", "Max", "--email", "no address")
    refused = finished("leanto", "invite", "coordinator", "--data", house.data, *nobody)
    assert (refused.returncode, "valid email" in refused.stderr) == (2, True)
    on_record = house.at_desk("recorded")
    assert "Max" not in on_record
    assert "reset-sign-in: Cleo Marsh, by the operator" in on_record
    assert "closed-account: Dora Vance, by the operator" in on_record


def test_a_lost_program_key_passes_on_by_paper_and_the_operators_hand(house: House) -> None:
    """Every file of it is gone: the other sheet is typed in, and on record it stands apart."""
    sheets, public = paper.prints_sheets(house)
    renewed(house, "--successor", public, key=house.key)
    house.key.unlink()
    said = renewed(house, key=paper.restored(house, sheets / "successor-key.txt"))
    assert "TAKES THE PLACE OF THE ONE BEFORE" in said
    on_record = house.at_desk("recorded")
    assert [one for one in on_record if "charter" in one or "passed" in one][-2:] == [
        "installed-charter: charter 2, by the operator",
        "key-passed-on: charter 3, by the operator",
    ]


def renewed(house: House, *options: str | Path, key: Path) -> str:
    """Charter and vouches signed in one sitting and put in force; gives what was read aloud."""
    asked, signed = house.folder / "renewal-request.txt", house.folder / "renewal.txt"
    house.leanto("bulletin", "renewal", "--data", house.data, "--out", asked)
    call: list[str | Path] = ["key", "renew", "--key", key, asked, "--out", signed]
    read = house.leanto(*call, *options, answers="\nyes\n")
    house.leanto("charter", "--data", house.data, signed)
    return read


def test_a_lost_box_is_taken_back_and_another_is_printed(house: House) -> None:
    """From the machine itself: a file nobody else can read, who carried it, and the end of it."""
    sheet = house.folder / "box.pdf"
    make = ("cards", "make", "--data", house.data, "--count", "9", "--until", "2031-01-01")
    made = house.leanto(*make, "--out", sheet)
    number = made.split()[1]
    assert (sheet.read_bytes()[:5], sheet.stat().st_mode & 0o077) == (b"%PDF-", 0)
    again = finished("leanto", *make, "--out", sheet)
    assert (again.returncode, "File exists" in again.stderr) == (2, True)
    carried = ("--by", "Dev Rao", "--to", "Union hall")
    house.leanto("cards", "carried", "--data", house.data, number, *carried)
    assert "Dev Rao: Union hall" in house.leanto("cards", "list", "--data", house.data)
    house.leanto("cards", "revoke", "--data", house.data, number)
    assert f"{number}\t9 cards\ttaken back" in house.leanto("cards", "list", "--data", house.data)
    on_record = house.at_desk("recorded")
    for act in ("carried-box", "revoked-box"):
        assert f"{act}: box {number}, by the operator" in on_record


def public_half(key: Path) -> bytes:
    said = finished("leanto", "key", "show", "--key", key, answers="\n").stdout
    return bytes.fromhex(said.split("public half")[1].split()[0])
