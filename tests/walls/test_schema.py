"""The nameless room's tables hold what the law allows, and nothing that names or dates anyone."""

import sqlite3
import tomllib
from importlib.resources import files

from leanto.mailroom.store.sqlite import SCHEMA

# What the mailroom may hold, as the product itself says it. A column finer than a day says why.
_LIST = tomllib.loads(files("leanto").joinpath("data", "may-hold.toml").read_text("utf-8"))
ALLOWED = {
    table: {name: column["type"] for name, column in said["columns"].items()}
    for table, said in _LIST["mailroom"].items()
}
SECONDS = {
    (table, name)
    for table, said in _LIST["mailroom"].items()
    for name, column in said["columns"].items()
    if "seconds_because" in column
}


def test_the_mailroom_holds_only_what_it_may() -> None:
    """No column names a person, a device or a network address; none says when, none counts."""
    assert complaints(SCHEMA) == []


def test_a_time_of_creation_is_found() -> None:
    """The one column every web framework adds by itself would link an officer to an hour."""
    seeded = SCHEMA.replace(
        "lease_day INTEGER NOT NULL", "lease_day INTEGER, created_at INTEGER", 1
    )
    assert complaints(seeded) == ["mailbox.created_at INTEGER is not on the list"]


def test_a_row_number_is_found() -> None:
    """A hidden sequence remembers who came first, even when no column shows it."""
    seeded = SCHEMA.replace("STRICT, WITHOUT ROWID", "STRICT", 1)
    assert complaints(seeded) == ["mailbox numbers its rows"]


def test_a_new_table_is_found() -> None:
    """What nobody decided to hold is not held."""
    seeded = SCHEMA + "CREATE TABLE visit (who TEXT);"
    assert "visit is not on the list" in complaints(seeded)


def complaints(schema: str) -> list[str]:
    """What a live database made from this schema holds beyond the list."""
    database = sqlite3.connect(":memory:")
    database.executescript(schema)
    found = []
    for _, table, kind, _, without_rowid, strict in database.execute("PRAGMA main.table_list"):
        if table.startswith("sqlite_schema"):
            continue
        if table not in ALLOWED or kind != "table":
            found.append(f"{table} is not on the list")
            continue
        if not without_rowid:
            found.append(f"{table} numbers its rows")
        if not strict:
            found.append(f"{table} takes anything")
        found += wrong_columns(database, table)
    database.close()
    return found


def wrong_columns(database: sqlite3.Connection, table: str) -> list[str]:
    columns = {row[1]: row[2] for row in database.execute(f"PRAGMA table_info({table})")}
    return [
        f"{table}.{name} {kind} is not on the list"
        for name, kind in columns.items()
        if ALLOWED[table].get(name) != kind
        or (name.endswith("_at") and (table, name) not in SECONDS)
    ]
