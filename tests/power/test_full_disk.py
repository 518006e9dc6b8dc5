"""A disk that is full, locked or read-only: said plainly, nothing lost, over without a restart."""

import resource
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from shutil import disk_usage
from types import SimpleNamespace

import apsw
import pytest

from leanto.mailroom.store import sqlite
from leanto.wire.mailboxes import Post
from tests.harness.mailroom import OCTETS, Mailroom, problem, running_mailroom
from tests.harness.net import LOOPBACK
from tests.harness.program import Program
from tests.harness.stand_ins import Officer, Peer, envelope, leave
from tests.power.forgetful import Disk
from tests.power.indoors import indoors
from tests.power.ledger import HELD, Letter, Step, complaints

SUBMISSIONS = 10_000
SENDERS = 4
MAILBOXES = 24
LIMIT_BYTES = 8 * 1024 * 1024
SMALL_DISK_BYTES = 80 * 1024 * 1024
REFUSALS = {
    "full": apsw.SQLITE_FULL,
    "broken": apsw.SQLITE_IOERR_WRITE,
    "read-only": apsw.SQLITE_READONLY,
}


def test_of_ten_thousand_letters_none_is_accepted_and_absent(mailroom: Mailroom) -> None:
    """The system takes no byte beyond a limit: each is told, and later it all goes on."""
    ben, officers = on_duty(mailroom), [Officer(mailroom) for _ in range(MAILBOXES)]
    for one in officers:
        one.ask(ben)
    no_file_longer(mailroom, LIMIT_BYTES)
    steps = submitted(mailroom, officers)
    assert 0 < sum(one.told for one in steps) < SUBMISSIONS / 2
    ana, token = Officer(mailroom), mailroom.program.token_header()
    body = ana.ask_body(ben)
    no_file_longer(mailroom, 0)  # emptying the log may have made room for one more meanwhile
    refused = mailroom.post("/requests", body, token)
    assert (problem(refused), refused.headers.get("retry-after")) == ("store-full", "60")
    assert complaints(steps, mailroom.database, now_seconds=int(time.time())) == []
    no_file_longer(mailroom, resource.RLIM_INFINITY)
    assert mailroom.post("/requests", body, token).status == 201  # the pass was not burned
    assert leave(mailroom, ana.address).status == 201


def test_where_room_is_short_only_what_adds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room that is left is for claiming, answering, forgetting and burning."""
    free = SimpleNamespace(free=sqlite.KEPT_FREE_BYTES)
    monkeypatch.setattr(sqlite, "disk_usage", lambda _folder: free)

    def leave_free(room_bytes: int) -> None:
        free.free = room_bytes

    with indoors(tmp_path, Program(today=int(time.time()) // 86_400)) as mailroom:
        forgets_where_room_is_short(mailroom, leave_free)


def test_a_real_disk_filled_to_the_brim_still_forgets(tmp_path: Path) -> None:
    """The same on a small disk of its own, where this machine lets us have one."""
    with small_disk(tmp_path) as folder, running_mailroom(folder) as mailroom:
        ballast = folder / "ballast"

        def leave_free(room_bytes: int) -> None:
            ballast.unlink(missing_ok=True)
            free = disk_usage(folder).free
            with suppress(OSError):  # the mailroom took some of it meanwhile; full is full
                ballast.write_bytes(bytes(max(0, free - room_bytes)))

        forgets_where_room_is_short(mailroom, leave_free)
        ana, ben = Officer(mailroom), Peer(mailroom)
        mailroom.publish(ben.address, serial=9)
        ana.ask(ben)
        leave_free(0)
        told = [one for one in submitted(mailroom, [ana], count=200) if one.told]
        assert told == []


@pytest.mark.parametrize("kind", REFUSALS)
def test_whatever_the_disk_says_nothing_is_half_done(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every write fails: an explicit no, the pass unburned, and it goes on when writes do."""
    disk = Disk()
    monkeypatch.setattr(sqlite, "sqlite3", disk.as_sqlite3())
    with indoors(tmp_path, Program(today=int(time.time()) // 86_400)) as mailroom:
        ben, ana, token = on_duty(mailroom), Officer(mailroom), mailroom.program.token_header()
        body = ana.ask_body(ben)
        with refusing(disk, REFUSALS[kind]):
            assert problem(mailroom.post("/requests", body, token)) == "store-full"
        assert mailroom.post("/requests", body, token).status == 201
        with refusing(disk, REFUSALS[kind]):
            assert problem(leave(mailroom, ana.address)) == "store-full"
            assert problem(ana.close()) == "store-full"
        assert [ana.fetch(), leave(mailroom, ana.address).status] == [(), 201]


def test_another_program_that_holds_the_database_is_waited_for_then_named(
    mailroom: Mailroom,
) -> None:
    """After three seconds each is told to come again; reading goes on; then all does."""
    ben, ana = on_duty(mailroom), Officer(mailroom)
    ana.ask(ben)
    other = sqlite3.connect(mailroom.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(1) as meanwhile:
        letter = meanwhile.submit(leave, mailroom, ana.address)
        assert ana.state() is not None
        assert ana.fetch() == ()
        refused = letter.result()
    assert (problem(refused), refused.headers.get("retry-after")) == ("too-busy", "2")
    other.execute("ROLLBACK")
    other.close()
    assert leave(mailroom, ana.address).status == 201
    assert len(ana.fetch()) == 1


def forgets_where_room_is_short(mailroom: Mailroom, leave_free: Callable[[int], None]) -> None:
    """What adds is refused with nothing burned; the rest of the story goes on to its end."""
    ben, ana, late = on_duty(mailroom), Officer(mailroom), Officer(mailroom)
    ana.ask(ben)
    assert leave(mailroom, ana.address).status == 201
    leave_free(sqlite.KEPT_FREE_BYTES - (1 << 20))
    token, body = mailroom.program.token_header(), late.ask_body(ben)
    refused = mailroom.post("/requests", body, token)
    assert (problem(refused), refused.headers.get("retry-after")) == ("store-full", "60")
    assert problem(leave(mailroom, ana.address)) == "store-full"
    assert ben.claim(ana.request_id).status == 200
    assert ben.answer(ana.request_id).status == 201
    (first, second) = ana.fetch()
    assert ana.forget(first.id).status == 204
    assert ana.fetch() == (second,)
    assert ana.close().status == 204
    leave_free(sqlite.KEPT_FREE_BYTES + (1 << 20))
    assert mailroom.post("/requests", body, token).status == 201


def on_duty(mailroom: Mailroom) -> Peer:
    ben = Peer(mailroom)
    mailroom.publish(ben.address)
    return ben


def submitted(
    mailroom: Mailroom, officers: Sequence[Officer], *, count: int = SUBMISSIONS
) -> list[Step]:
    """So many letters from several sides: what was tried, and what was told of each."""

    def send(share: int) -> Iterator[Step]:
        line = HTTPConnection(LOOPBACK, mailroom.port, timeout=20)
        for at in range(share, count, SENDERS):
            letter = Letter(envelope())
            body = Post(officers[at % len(officers)].address, letter.body).write()
            line.request("POST", "/envelopes", body, OCTETS)
            answer = line.getresponse()
            said = answer.read()
            assert answer.status == 201 or b"urn:leanto:problem:store-full" in said, said
            yield Step(letter, HELD, told=answer.status == 201)
            assert answer.status == 201 or answer.headers["Retry-After"] == "60"
        line.close()

    with ThreadPoolExecutor(SENDERS) as at_once:
        return [
            step
            for steps in at_once.map(lambda one: list(send(one)), range(SENDERS))
            for step in steps
        ]


def no_file_longer(mailroom: Mailroom, size_bytes: int) -> None:
    """The system refuses to lengthen a file of this process beyond that, as a full disk does."""
    assert mailroom.pid is not None
    resource.prlimit(mailroom.pid, resource.RLIMIT_FSIZE, (size_bytes, resource.RLIM_INFINITY))


@contextmanager
def refusing(disk: Disk, error: int) -> Iterator[None]:
    """Every write to this disk fails so."""
    disk.refuses_with = error
    try:
        yield
    finally:
        disk.refuses_with = 0


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of its own; where mounting is not allowed there is none to be had."""
    disk = folder / "disk"
    disk.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK_BYTES}", "tmpfs", disk)
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("no disk of its own may be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(("umount", "--lazy", disk), check=True)
