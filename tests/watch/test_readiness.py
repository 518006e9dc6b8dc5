"""Whether a room may take work now: each reason broken for real, at a mailroom of its own."""

import sqlite3
from pathlib import Path
from shutil import disk_usage

from leanto.doorway.readiness import Reason
from leanto.host.readiness import Pulse
from leanto.mailroom.store.sqlite import KEPT_FREE_BYTES
from leanto.watch.faults import Kind
from leanto.watch.machine import disk_faults
from tests.harness.house import House
from tests.harness.mailroom import Mailroom, running_mailroom
from tests.harness.net import request
from tests.harness.stand_ins import Officer, Peer
from tests.power.test_full_disk import small_disk


def why_not(mailroom: Mailroom) -> str:
    """All that `/readyz` says; nothing when the room is ready."""
    assert mailroom.ask("GET", "/livez").status == 204
    answer = mailroom.ask("GET", "/readyz")
    return "" if answer.status == 204 else str(answer.json()["detail"])


def test_a_mailroom_says_why_it_takes_no_work(mailroom: Mailroom) -> None:
    """No bulletin, one past its day, a database that somebody holds; then nothing any more."""
    assert why_not(mailroom) == Reason.NO_BULLETIN
    ben = Peer(mailroom)
    mailroom.publish(ben.address)
    assert why_not(mailroom) == ""
    other = sqlite3.connect(mailroom.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert Reason.DATABASE in why_not(mailroom)
    other.execute("ROLLBACK")
    other.close()
    assert why_not(mailroom) == ""
    mailroom.clock.forward(days=15)
    assert Reason.OLD_BULLETIN in why_not(mailroom)


def test_a_real_disk_that_fills_is_told_by_room_and_watch(tmp_path: Path) -> None:
    """On a small disk of its own: the watch tells early, the room once it refuses; then neither."""
    with small_disk(tmp_path) as folder, running_mailroom(folder) as mailroom:
        mailroom.publish(Peer(mailroom).address)
        assert [one.kind for one in disk_faults(folder)] == [Kind.DISK]
        assert why_not(mailroom) == ""
        ballast = folder / "ballast"
        ballast.write_bytes(bytes(disk_usage(folder).free - KEPT_FREE_BYTES + (1 << 20)))
        assert why_not(mailroom) == Reason.DISK
        ballast.unlink()
        assert why_not(mailroom) == ""


def test_it_says_the_same_whether_somebody_asks(mailroom: Mailroom) -> None:
    """Whoever looks at a room that works learns nothing of its requests."""
    ben, ana = Peer(mailroom), Officer(mailroom)
    mailroom.publish(ben.address)
    before = [mailroom.ask("GET", path) for path in ("/livez", "/readyz")]
    ana.ask(ben)
    assert [mailroom.ask("GET", path) for path in ("/livez", "/readyz")] == before


def test_a_loop_that_rings_no_more_is_told(tmp_path: Path) -> None:
    """A mailroom that takes requests and rings nobody does not call itself ready."""
    with running_mailroom(tmp_path, "--deaf") as mailroom:
        mailroom.publish(Peer(mailroom).address)
        assert why_not(mailroom) == ""
        mailroom.clock.forward(seconds=70)
        assert why_not(mailroom) == Reason.LATE_60


def test_every_origin_has_both_doors(watched_house: House) -> None:
    """Desk, pocket, mailroom and notifier: one answer, one way to refuse, nothing remembered."""
    for origin in (*watched_house.origins, watched_house.notifier):
        for path in ("/livez", "/readyz"):
            answer = request("GET", origin + path)
            assert (answer.status, answer.body) == (204, b"")
            assert answer.headers["cache-control"] == "no-store"
            assert "set-cookie" not in answer.headers
            refused = request("POST", origin + path)
            assert (refused.status, refused.headers["allow"]) == (405, "GET")


def test_the_desk_s_own_work_is_watched() -> None:
    """Work that is not done, and a bulletin that the mailroom does not take."""
    now = [0.0]
    pulse = Pulse(steady=lambda: now[0])
    pulse.beat(waits=True)
    assert pulse.reasons() == []
    now[0] = 130
    pulse.beat(waits=True)
    assert pulse.reasons() == [Reason.NOT_PUSHED]
    pulse.beat(waits=False)
    assert pulse.reasons() == []
    now[0] = 400
    assert pulse.reasons() == [Reason.NO_CHORE]
