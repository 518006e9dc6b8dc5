"""What an operator is told when something real breaks, and that it is told once."""

import datetime
import os
import signal
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from leanto.host.config import Config, load
from leanto.host.watching import Watch as Told
from leanto.rules.weeks import monday_of
from leanto.sim.pocket import rooms
from leanto.watch import machine
from leanto.watch.alarms import Alarms, open_alarms
from leanto.watch.board import Board
from leanto.watch.cover import cover_faults, signed_faults
from leanto.watch.faults import Fault, Kind
from leanto.watch.machine import certificate_faults, disk_faults
from leanto.watch.minutes import Watch, open_watch
from leanto.watch.outside import beat
from leanto.wire.bundle import Bundle
from leanto.wire.charter import Charter
from leanto.wire.head import Bulletin
from leanto.wire.members import Member, MembersPart, RotaEntry, Tier
from leanto.wire.public import PublicPart
from leanto.wire.vouch import Vouch
from tests.harness.certificates import certified
from tests.harness.house import House
from tests.harness.net import LOOPBACK
from tests.harness.notifying import PID
from tests.harness.postoffice import PostOffice, post_office
from tests.harness.program import Program
from tests.harness.rounds import in_soak_alone
from tests.watch.walking import started

OPS = "ops@example.org"
DAY = 86_400


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


@contextmanager
def heartbeat() -> Iterator[tuple[str, list[str]]]:
    """Somewhere outside that notes when it is asked."""
    heard: list[str] = []

    class Hears(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing on our screen."""

    with ThreadingHTTPServer((LOOPBACK, 0), Hears) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}/beat", heard
        server.shutdown()


def watching(house: House, office: PostOffice, heartbeat: str = "") -> tuple[Watch, list[str]]:
    """A watch that knows its operator; it steps through time with the house's clock."""
    told = Told(operator_mail=OPS, heartbeat=heartbeat)
    config: Config = replace(load(house.data), mail=office.mail, watch=told)
    watch, lines = open_watch(config, clock=house.clock), list[str]()
    watch.audit.config, watch.alarms, watch.aloud = config, Alarms(), lines.append
    watch.audit.clock_watch.steady = lambda: float(house.clock.seconds())
    return watch, lines


def kinds(faults: list[Fault]) -> set[Kind]:
    return {one.kind for one in faults}


def test_the_operator_is_told_once_and_once_when_it_is_mended(
    watched_house: House, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notifier is gone: a letter after the second look, none after that, one at the end; and
    outside, silence for as long as it lasts."""
    with heartbeat() as (address, heard):
        watch, lines = watching(watched_house, office, address)
        assert watch.look() == []
        assert heard == ["/beat"]
        pid = int((watched_house.folder / PID).read_text())
        os.kill(pid, signal.SIGSTOP)
        monkeypatch.setattr(rooms, "TIMEOUT_SECONDS", 1)
        try:
            for _ in range(3):
                assert Kind.ROOM_SILENT in kinds(watch.look())
            (letter,) = office.texts(to=OPS)
            assert "The notifier does not answer" in letter
            assert heard == ["/beat"]
        finally:
            os.kill(pid, signal.SIGCONT)
        assert watch.look() == []
        assert [one.split()[0] for one in office.texts(to=OPS)] == ["WRONG", "MENDED"]
        assert heard == ["/beat", "/beat"]
        assert [line.split()[0] for line in lines] == ["wrong:", "mended:"]


def test_a_mail_server_that_refuses_is_told_as_soon_as_it_takes_again(
    watched_house: House, office: PostOffice
) -> None:
    """Meanwhile the output says it, the alarm is kept across a restart, and outside is silence."""
    with heartbeat() as (address, heard):
        office.mood = "refuse"
        watch, lines = watching(watched_house, office, address)
        for _ in range(3):
            assert kinds(watch.look()) == {Kind.MAIL}
        assert heard == []
        assert len(lines) == 1
        kept = open_alarms(watched_house.data / "watch" / "alarms.json")
        assert [one.told for one in kept.standing.values()] == [False]
        office.mood = "take"
        assert watch.look() == []
        assert heard == ["/beat"]


def test_a_heartbeat_that_is_not_heard(watched_house: House, office: PostOffice) -> None:
    """Refused or away: the operator hears it by mail."""
    with socket.socket() as nobody:
        nobody.bind((LOOPBACK, 0))
        gone = f"http://localhost:{nobody.getsockname()[1]}/"
        watch, _ = watching(watched_house, office, gone)
        for _ in range(3):
            assert kinds(watch.look()) == {Kind.HEARTBEAT}
    (letter,) = office.texts(to=OPS)
    assert "heartbeat is not heard" in letter


def test_a_clock_that_differs_from_the_world_s() -> None:
    """Whoever hears the heartbeat says what time it is there."""
    with heartbeat() as (address, _):
        now = int(datetime.datetime.now(datetime.UTC).timestamp())
        assert beat(address, now_seconds=now) == []
        (fault,) = beat(address, now_seconds=now - 3600)
        assert fault.kind is Kind.CLOCK


def test_a_disk_that_fills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told while there is still four times what the mailroom keeps for forgetting."""
    assert list(disk_faults(tmp_path)) == []
    monkeypatch.setattr(machine, "FREE_BYTES", 1 << 60)
    (fault,) = disk_faults(tmp_path)
    assert fault.kind is Kind.DISK


@pytest.mark.parametrize(("days", "says"), [(-1, "is refused"), (5, "ends on"), (60, "")])
def test_a_certificate_that_ends(
    days: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten days before, and when it has ended."""
    with under_tls(tmp_path, days=days) as (origin, roots):
        monkeypatch.setenv("SSL_CERT_FILE", str(roots))
        today = int(datetime.datetime.now(datetime.UTC).timestamp()) // DAY
        found = [one.says for one in certificate_faults(origin, today=today)]
        assert len(found) == bool(says)
        assert all(says in one for one in found)


@contextmanager
def under_tls(folder: Path, *, days: int) -> Iterator[tuple[str, Path]]:
    """A server whose certificate has so many days left; a file with whom to trust for it."""
    roots, key = certified(folder, "desk.localhost", days=days)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(roots, key)
    with ThreadingHTTPServer((LOOPBACK, 0), BaseHTTPRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign] # a refused handshake is the story
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"https://desk.localhost:{server.server_address[1]}", roots
        server.shutdown()


@in_soak_alone
def test_keys_that_end_are_told_before(watched_house: House, office: PostOffice) -> None:
    """With the desk away for weeks nobody signs a list: each thing that runs out is named."""
    watch, _ = watching(watched_house, office)
    watched_house.kill()
    watched_house.clock.forward(days=85)
    started(watched_house)
    try:
        found = kinds(watch.audit.faults())
        assert {Kind.CHARTER_ENDS, Kind.FEW_KEYS, Kind.NOBODY_ON_DUTY} <= found
    finally:
        watched_house.kill()
        watched_house.clock.set_offset(0)
        started(watched_house)


def test_what_is_signed_is_told_before_it_ends() -> None:
    """The list of today, the charter's word for its signer, the key for passes: each in time."""
    program = Program(today=20_000)
    charter = Charter.read(program.charter())
    bulletin = Bulletin.read(program.bulletin(bytes(16)))
    board = Board(charter, bulletin.head, PublicPart.read(bulletin.public))
    assert list(signed_faults(board, today=20_000)) == []
    assert kinds(list(signed_faults(board, today=20_001))) == {Kind.BULLETIN_OLD}
    ends = {Kind.BULLETIN_OLD, Kind.CHARTER_ENDS, Kind.PASS_KEY_ENDS}
    assert kinds(list(signed_faults(board, today=20_080))) == ends


def test_cover_is_what_the_rota_says() -> None:
    """Nobody now; somebody until a gap that is near; a handing over without one."""
    member = enrolled(day=20_000)
    now = 20_000 * 1440
    until = {30: Kind.GAP_AHEAD, 60 * 24: None}
    for minutes, kind in until.items():
        rota = (
            RotaEntry(0, now - 5, now + 20, Tier.ON_DUTY),
            RotaEntry(1, now + 20, now + minutes, Tier.AVAILABLE),
        )
        found = cover_faults(MembersPart((member,) * 3, rota), now_minute=now, time_zone="UTC")
        assert [one.kind for one in found] == ([kind] if kind else [])
    reserve = (RotaEntry(0, now, now + 9999, Tier.RESERVE),)
    found = cover_faults(MembersPart((member,) * 3, reserve), now_minute=now, time_zone="UTC")
    assert [one.kind for one in found] == [Kind.NOBODY_ON_DUTY]
    nobody = cover_faults(MembersPart((), ()), now_minute=now, time_zone="UTC")
    assert kinds(list(nobody)) == {Kind.FEW_KEYS, Kind.NOBODY_ON_DUTY}


def enrolled(*, day: int) -> Member:
    """Somebody with a key for this week."""
    bundle = Bundle(duty_address=bytes(16), sealing_key=bytes(1216), first_day=monday_of(day))
    vouch = Vouch(
        program_id=bytes(16),
        handle="Ben",
        signing_key=bytes(32),
        agreement_key=bytes(32),
        last_day=day + 100,
    )
    return Member(vouch, (bundle,), (), ())
