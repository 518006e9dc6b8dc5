"""A mailroom of an older version becomes the newest, and what was open in it stays open."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from leanto.databases.versions import version_of
from leanto.mailroom.store.schema import MAILROOM
from leanto.mailroom.store.sqlite import connect, prepare

NO_PLAN = b"\xff" * 72
FIRST = (Path(__file__).parent / "schema1.sql").read_text("utf-8")


def shape(path: Path) -> dict[str, tuple[object, ...]]:
    """Every table with its columns in order and what must hold, every index with what it is on."""
    with closing(sqlite3.connect(path)) as database:
        named = database.execute("SELECT name, type FROM sqlite_schema WHERE sql NOT NULL")
        return {
            name: tuple(database.execute(f"PRAGMA {kind}_xinfo({name})").fetchall())
            for name, kind in named.fetchall()
        }


def test_the_first_schema_becomes_the_newest(tmp_path: Path) -> None:
    """Whatever way a file came to this version, it is the same."""
    old, new = tmp_path / "old.sqlite", tmp_path / "new.sqlite"
    with closing(connect(old)) as database:
        database.executescript(FIRST)
    prepare(old)
    prepare(new)
    assert shape(old) == shape(new)
    with closing(connect(old)) as database:
        assert version_of(database) == MAILROOM.version


def test_what_was_open_stays_open(tmp_path: Path) -> None:
    """A request that rang under the version before rings on, without urgency and without a plan."""
    path = tmp_path / "mailroom.sqlite"
    request, reply, letter = os.urandom(16), os.urandom(16), os.urandom(4096)
    with closing(connect(path)) as database:
        database.executescript(FIRST)
        row = (request, reply, 1, 0, 1, None, 1_800_000_000, 20_800)
        database.execute("INSERT INTO request VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        kept = (reply, os.urandom(16), 20_800, letter)
        database.execute("INSERT INTO envelope VALUES (?, ?, ?, ?)", kept)
    prepare(path)
    with closing(connect(path)) as database:
        database.row_factory = sqlite3.Row
        found = dict(database.execute("SELECT * FROM request").fetchone())
        assert (found.pop("urgent"), found.pop("plan")) == (0, NO_PLAN)
        assert tuple(found.values()) == row
        database.row_factory = None
        assert database.execute("SELECT * FROM envelope").fetchall() == [kept]
