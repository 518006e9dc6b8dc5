"""The nameless room's tables hold what the law allows, and nothing that names or dates anyone."""

import sqlite3
import tomllib
from contextlib import closing
from importlib.resources import files

import pytest

from leanto.mailroom.store.schema import MAILROOM
from tests.harness.mailroom import Mailroom

# What the mailroom may hold, as the product itself says it. A column finer than a day says why.
_LIST = tomllib.loads(files("leanto").joinpath("data", "may-hold.toml").read_text("utf-8"))
BY_ROOM = {
    room: {
        table: {name: column["type"] for name, column in said["columns"].items()}
        for table, said in _LIST[room].items()
    }
    for room in ("mailroom", "notifier")
}
ALLOWED = BY_ROOM["mailroom"]
SECONDS, HOURS = (
    {
        (table, name)
        for table, said in _LIST["mailroom"].items()
        for name, column in said["columns"].items()
        if reason in column
    }
    for reason in ("seconds_because", "hours_because")
)

# Of the notifier: when a wake is tried, and until when; when what nobody names is forgotten.
OF_THE_NOTIFIER = {("wake", "next_at"), ("wake", "until_at"), ("endpoint", "goes_hour")}

# An order of its own over some column. These serve a look that happens every few seconds.
INDEXES = {"request_next", "request_claimer", "sealed_request_duty", "slot_lease"}


def test_the_mailroom_holds_only_what_it_may() -> None:
    """No column names a person, a device or a network address; none says when, none counts."""
    assert complaints(MAILROOM.newest) == []


def test_a_running_mailroom_made_nothing_else(mailroom: Mailroom) -> None:
    """What counts is the file on the disk, not the page that describes it."""
    mailroom.publish()
    mailroom.stop()
    with closing(sqlite3.connect(mailroom.database)) as database:
        assert complaints_about(database) == []


@pytest.mark.parametrize(
    ("seed", "complaint"),
    [
        ("CREATE VIEW busy AS SELECT 1", "busy is not on the list"),
        ("CREATE INDEX by_state ON request (state)", "by_state is not on the list"),
        ("CREATE TRIGGER t AFTER DELETE ON mailbox BEGIN SELECT 1; END", "t is not on the list"),
        ("ALTER TABLE envelope ADD came_at INTEGER", "envelope.came_at INTEGER is not on the list"),
    ],
)
def test_whatever_would_remember_more_is_found(seed: str, complaint: str) -> None:
    """A view, an order, an echo of what was deleted, a column added later."""
    assert complaint in complaints(f"{MAILROOM.newest};{seed};")


def test_a_time_of_creation_is_found() -> None:
    """The one column every web framework adds by itself would link an officer to an hour."""
    seeded = MAILROOM.newest.replace(
        "lease_day INTEGER NOT NULL", "lease_day INTEGER, created_at INTEGER", 1
    )
    assert complaints(seeded) == ["mailbox.created_at INTEGER is not on the list"]


def test_a_row_number_is_found() -> None:
    """A hidden sequence remembers who came first, even when no column shows it."""
    seeded = MAILROOM.newest.replace("STRICT, WITHOUT ROWID", "STRICT", 1)
    assert complaints(seeded) == ["mailbox numbers its rows"]


def test_a_new_table_is_found() -> None:
    """What nobody decided to hold is not held."""
    seeded = MAILROOM.newest + "CREATE TABLE visit (who TEXT);"
    assert "visit is not on the list" in complaints(seeded)


def complaints(schema: str) -> list[str]:
    """What a live database made from this schema holds beyond the list."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(schema)
        return complaints_about(database)


def complaints_about(database: sqlite3.Connection, room: str = "mailroom") -> list[str]:
    allowed = BY_ROOM[room]
    found = []
    for _, table, kind, _, without_rowid, strict in database.execute("PRAGMA main.table_list"):
        if table.startswith("sqlite_schema"):
            continue
        if table not in allowed or kind != "table":
            found.append(f"{table} is not on the list")
            continue
        if not without_rowid:
            found.append(f"{table} numbers its rows")
        if not strict:
            found.append(f"{table} takes anything")
        found += wrong_columns(database, table, allowed[table])
    others = database.execute("SELECT name, sql FROM sqlite_schema WHERE type != 'table'")
    return found + [
        f"{name} is not on the list"
        for name, made_by in others
        if name not in INDEXES and made_by is not None  # SQLite's own, for keys
    ]


def wrong_columns(database: sqlite3.Connection, table: str, allowed: dict[str, str]) -> list[str]:
    columns = {row[1]: row[2] for row in database.execute(f"PRAGMA table_info({table})")}
    return [
        f"{table}.{name} {kind} is not on the list"
        for name, kind in columns.items()
        if allowed.get(name) != kind
        or (name.endswith("_at") and (table, name) not in SECONDS | OF_THE_NOTIFIER)
        or (name.endswith("_hour") and (table, name) not in HOURS | OF_THE_NOTIFIER)
    ]
