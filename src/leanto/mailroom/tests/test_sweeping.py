"""What has had its day goes; what has not, stays."""

import sqlite3
from pathlib import Path

from leanto.mailroom.moment import DAY_SECONDS, Moment
from leanto.mailroom.store.schema import MAILROOM
from leanto.mailroom.store.sqlite import connect
from leanto.mailroom.sweeping import sweep_away
from leanto.rules.gauge import PartOfDay
from leanto.wire.duty import DutyPerson, Standing

TODAY = 20_000


def test_only_what_is_past_its_day_is_swept_away(tmp_path: Path) -> None:
    """Letters after 14 days, mailboxes and copies after their lease, and who is a peer no more."""
    store = connect(tmp_path / "mailroom.sqlite")
    store.executescript(MAILROOM.newest)
    living, over = b"a" * 16, b"o" * 16
    for address, lease in ((living, TODAY), (over, TODAY - 1)):
        store.execute("INSERT INTO mailbox VALUES (?, ?)", (address, lease))
    fresh, old, orphan = b"1" * 16, b"2" * 16, b"3" * 16
    for address, key, day in (
        (living, fresh, TODAY + 1),
        (living, old, TODAY),
        (over, orphan, 99_999),
    ):
        store.execute("INSERT INTO envelope VALUES (?, ?, ?, ?)", (address, key, day, bytes(4096)))
    for address, lease in ((living, TODAY), (over, TODAY - 1)):
        store.execute("INSERT INTO slot VALUES (?, ?, ?)", (address, lease, bytes(16_384)))
    for epoch in (6, 7):
        digest = bytes([epoch]) * 32
        store.execute("INSERT INTO spent VALUES (?, ?, ?, 201)", (digest, epoch, digest))
    for key, day in ((fresh, TODAY + 1), (old, TODAY)):
        store.execute(
            "INSERT INTO request VALUES (?, ?, 1, 0, 0, 0, zeroblob(72), NULL, 0, ?)",
            (key, key, day),
        )
        store.execute(
            "INSERT INTO sealed_request VALUES (?, ?, 0, 0, 0, zeroblob(4096))", (key, key)
        )
    ben, gone = b"ben'sown", b"goneaway"
    for person in (ben, gone):
        store.execute("INSERT INTO peer_gauge VALUES (?, 1, 1, 1, 1, 1, 1, 1, 1)", (person,))
    duty = {b"d" * 16: DutyPerson(ben, Standing.ORDINARY, (b"d" * 16,), ())}
    sweep_away(store, Moment(duty, TODAY * DAY_SECONDS, PartOfDay.DAY), oldest_epoch=7)
    assert column(store, "id FROM request") == [fresh]
    assert column(store, "request_id FROM sealed_request") == [fresh]
    assert column(store, "address FROM mailbox") == [living]
    assert column(store, "id FROM envelope") == [fresh]
    assert column(store, "address FROM slot") == [living]
    assert column(store, "epoch FROM spent") == [7]
    assert column(store, "person FROM peer_gauge") == [ben]
    store.close()


def column(store: sqlite3.Connection, what: str) -> list[object]:
    return [row[0] for row in store.execute(f"SELECT {what}")]
