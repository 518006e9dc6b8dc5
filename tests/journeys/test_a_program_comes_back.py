"""The machine is gone, and the program comes back from its backup: the drill of that day."""

import io
import os
import shutil
import stat
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from leanto.host.backup import KEPT_DAYS, make
from leanto.host.config import load
from leanto.programkey import keyfile
from leanto.wire.duty import DutyPart
from leanto.wire.requests import Act, RequestState
from tests.harness.house import House, finished, opened_house
from tests.harness.mailroom import Mailroom, problem
from tests.harness.program import Program
from tests.harness.stand_ins import Officer, Peer, envelope, leave

pytestmark = pytest.mark.journey

OPEN_REQUESTS = ("SELECT * FROM request ORDER BY id", "SELECT * FROM sealed_request ORDER BY 1, 2")


class Within(Mailroom):
    """The mailroom of a whole program, for stand-ins who hold passes that its desk never gave."""

    def __init__(self, house: House) -> None:
        super().__init__(house.folder, _secrets(house))
        self.url = house.mailroom_behind("")


@dataclass
class Silent(Peer):
    """Somebody of the made-up region, who is listed and never answers."""

    listed_address: bytes = b""

    @property
    def address(self) -> bytes:
        return self.listed_address


def _secrets(house: House) -> Program:
    issuer = min((house.data / "desk" / "keys").glob("epoch-*/issuer-key.pem"))
    key = load_pem_private_key(issuer.read_bytes(), password=None)
    program_key = keyfile.read(house.key, passphrase="")
    return Program(today=0, program_key=program_key, issuer_key=key)  # type: ignore[arg-type]  # RSA, as the desk made it


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened_house(tmp_path_factory.mktemp("house"), settled=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def silent(house: House) -> list[Peer]:
    with house.opened("mailroom") as database:
        (part,) = database.execute("SELECT duty_part FROM bulletin").fetchone()
    people = DutyPart.read(part).people
    return [Silent(Within(house), listed_address=one.duty_addresses[0]) for one in people]


def backed_up(house: House) -> Path:
    done = finished("leanto", "backup", "--data", house.data)
    assert (done.returncode, done.stderr) == (0, "")
    said = done.stdout.splitlines()
    assert len(said) == 1
    return Path(said[0])


def open_requests(house: House) -> list[list[tuple[object, ...]]]:
    with house.opened("mailroom") as database:
        return [database.execute(one).fetchall() for one in OPEN_REQUESTS]


def test_what_was_open_is_open_and_what_was_deleted_stays_deleted(
    house: House, silent: list[Peer], tmp_path: Path
) -> None:
    """Open requests are equal, spent passes still refused, deleted letters in no byte of it."""
    mailroom = Within(house)
    ana, fay, gone = Officer(mailroom), Officer(mailroom), envelope()
    ana.ask(*silent[:3])
    token = mailroom.program.token_header()
    assert mailroom.post("/requests", fay.ask_body(*silent[:2]), token).status == 201
    assert leave(mailroom, fay.address, gone).status == 201
    assert fay.act(Act.CLOSE).status == 204
    assert fay.close().status == 204
    waiting = envelope()
    assert leave(mailroom, ana.address, waiting).status == 201
    house.kill()  # nothing is rung meanwhile, and nothing was put in order
    before = open_requests(house)

    backup = backed_up(house).rename(tmp_path / "backup.tar")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    written = backup.read_bytes()
    assert waiting[:64] in written
    assert not any(gone[at : at + 64] in written for at in range(0, len(gone), 64))

    shutil.rmtree(house.data)
    assert "is back" in house.leanto("restore", backup, "--data", house.data)
    assert open_requests(house) == before
    house.start()
    assert ana.state() in {RequestState.RINGING, RequestState.NOBODY_LEFT}
    assert [one.envelope for one in ana.fetch()] == [waiting]
    again = Officer(mailroom).ask_body(*silent[:2])
    assert problem(mailroom.post("/requests", again, token)) == "token-spent"
    assert house.leanto("publish", "--data", house.data).startswith("Bulletin")


def cut_off(backup: Path) -> None:
    with backup.open("r+b") as file:
        file.truncate(backup.stat().st_size // 2)


def a_byte_changed(backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[content.index(b"SQLite format 3") + 5_000] ^= 1
    backup.write_bytes(content)


def a_file_that_leads_elsewhere(backup: Path) -> None:
    with tarfile.open(backup, "a") as tar:
        tar.addfile(tarfile.TarInfo("../elsewhere"), io.BytesIO())


def of_a_newer_kind(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes().replace(b'"version": 1', b'"version": 2'))


def no_backup_at_all(backup: Path) -> None:
    backup.write_bytes(os.urandom(4096))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (cut_off, "is no backup of Leanto, or it is cut off"),
        (a_byte_changed, "in this backup is damaged"),
        (a_file_that_leads_elsewhere, "Files are missing from this backup, or are too many"),
        (of_a_newer_kind, "A newer Leanto made this backup"),
        (no_backup_at_all, "is no backup of Leanto"),
        (Path.unlink, "There is no backup at"),
    ],
)
def test_a_backup_that_is_not_whole_is_told_and_restores_nothing(
    house: House, tmp_path: Path, spoil: Callable[[Path], None], sentence: str
) -> None:
    """Better to know on a quiet day: looking changes nothing, and half a program never comes."""
    backup = backed_up(house).rename(tmp_path / "backup.tar")
    whole = finished("leanto", "restore", backup, "--verify")
    assert (whole.returncode, whole.stdout[:6]) == (0, "Whole:")
    spoil(backup)
    for wanted in (["--verify"], ["--data", str(tmp_path / "new")]):
        done = finished("leanto", "restore", backup, *wanted)
        assert (done.returncode, done.stdout) == (2, "")
        assert sentence in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert [one.name for one in tmp_path.iterdir() if one != backup] == []


def test_a_program_that_is_there_is_not_overwritten(house: House, tmp_path: Path) -> None:
    """Whoever is mistaken about the folder loses nothing."""
    backup = backed_up(house).rename(tmp_path / "backup.tar")
    done = finished("leanto", "restore", backup, "--data", house.data)
    assert done.returncode == 2
    assert "is not empty" in done.stderr
    assert house.ask_mailroom("GET", "/bulletin/head").status == 200


def test_a_backup_is_forgotten_after_14_days(house: House, tmp_path: Path) -> None:
    """No copy of a letter outlives the longest that a letter may wait."""
    config, made = load(house.data), []
    for days in (0, KEPT_DAYS - 1, 2):
        house.clock.forward(days=days)
        made.append(make(config, clock=house.clock, folder=tmp_path / "kept"))
    assert [one.exists() for one in made] == [False, True, True]
    assert timedelta(days=14).days == KEPT_DAYS
