"""A database goes to the next schema whole, once, after a copy; or stays exactly as it was."""

import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from leanto.databases.copies import KEPT_SECONDS
from leanto.databases.versions import NotMigrated, Schema, TooNew, bring_up_to_date, version_of

FIRST = Schema(newest="CREATE TABLE mailbox (address BLOB NOT NULL) STRICT;")
SECOND = Schema(
    newest="CREATE TABLE mailbox (address BLOB NOT NULL, lease INTEGER DEFAULT 0) STRICT;",
    steps={2: "ALTER TABLE mailbox ADD COLUMN lease INTEGER DEFAULT 0;"},
)
BROKEN = Schema(newest="", steps={2: "DELETE FROM mailbox; ALTER TABLE nowhere ADD COLUMN x;"})


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=5)
    connection.execute("PRAGMA journal_mode = WAL")
    return connection


def held(path: Path) -> tuple[int, list[tuple[object, ...]], list[str]]:
    """Its version, its rows, its columns."""
    with closing(connect(path)) as connection:
        rows = connection.execute("SELECT * FROM mailbox").fetchall()
        columns = [row[1] for row in connection.execute("PRAGMA table_info(mailbox)")]
        return version_of(connection), rows, columns


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file of the first version with one mailbox."""
    path = tmp_path / "room.sqlite3"
    bring_up_to_date(path, FIRST, connect=connect)
    with closing(connect(path)) as connection:
        connection.execute("INSERT INTO mailbox VALUES (x'01')")
    return path


def copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.before-*"))


def test_a_step_keeps_every_row_and_leaves_a_copy_of_before(old: Path) -> None:
    """Nothing accepted is lost by a new version, and the way back stands beside it."""
    bring_up_to_date(old, SECOND, connect=connect)
    assert held(old) == (2, [(b"\1", 0)], ["address", "lease"])
    (copy,) = copies(old)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert held(copy) == (1, [(b"\1",)], ["address"])


def test_a_file_from_before_versions_were_counted_is_the_first(old: Path) -> None:
    """What was made by the very first Leanto is not taken for an empty file."""
    with closing(connect(old)) as connection:
        connection.execute("PRAGMA user_version = 0")
    bring_up_to_date(old, SECOND, connect=connect)
    assert held(old) == (2, [(b"\1", 0)], ["address", "lease"])


def test_a_step_that_fails_changes_nothing(old: Path) -> None:
    """Half a step would be neither the old version nor the new."""
    before = held(old)
    with pytest.raises(NotMigrated, match=r"Nothing was changed; a copy as it was is .*before-1"):
        bring_up_to_date(old, BROKEN, connect=connect)
    assert held(old) == before


def test_a_newer_file_is_refused_and_left_alone(old: Path) -> None:
    """An older Leanto would not keep what the newer one promised."""
    bring_up_to_date(old, SECOND, connect=connect)
    before = old.read_bytes()
    with pytest.raises(TooNew, match=r"a newer Leanto \(schema 2, .* knows 1\)"):
        bring_up_to_date(old, FIRST, connect=connect)
    assert old.read_bytes() == before


def test_starting_several_at_once_takes_each_step_once(old: Path) -> None:
    """A second `ADD COLUMN` would fail: whoever comes later finds the work done."""
    with ThreadPoolExecutor(8) as at_once:
        list(at_once.map(lambda _: bring_up_to_date(old, SECOND, connect=connect), range(8)))
    assert held(old)[0] == 2
    assert len(copies(old)) == 1


def test_the_copy_of_before_goes_after_14_days(old: Path) -> None:
    """It holds letters: no copy outlives the longest that a letter may wait."""
    bring_up_to_date(old, SECOND, connect=connect)
    (copy,) = copies(old)
    bring_up_to_date(old, SECOND, connect=connect)
    assert copies(old) == [copy]
    then = time.time() - KEPT_SECONDS - 1
    os.utime(copy, (then, then))
    bring_up_to_date(old, SECOND, connect=connect)
    assert copies(old) == []
