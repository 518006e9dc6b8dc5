"""Brings a room's SQLite file to the schema of this version: under a lock, after a copy, or not
at all.

`PRAGMA user_version` says which schema a file has. Files from before it was set have their tables
and version 0, which is read as 1.
"""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from leanto.databases.copies import copy_before, forget_copies, locked

type Connect = Callable[[Path], sqlite3.Connection]


class TooNew(Exception):
    """A newer Leanto wrote this file; the message says what to do."""


class NotMigrated(Exception):
    """A step failed and nothing was changed; the message says where the copy is."""


@dataclass(frozen=True, kw_only=True)
class Schema:
    """`newest` makes an empty file whole; step n leads from n - 1 to n, the last to `newest`."""

    newest: str
    steps: Mapping[int, str] = field(default_factory=dict)

    @property
    def version(self) -> int:
        return max(self.steps, default=1)


def bring_up_to_date(path: Path, schema: Schema, *, connect: Connect) -> None:
    """Make this file, or change it, so that it has the newest schema; twice does no more than once.

    `connect` opens it as its room does, durably and in autocommit.
    Processes that start at once wait for each other. Before any step a copy of the file as it was
    stands beside it, for 14 days at most. Raises TooNew, or NotMigrated with the file unchanged.
    """
    with locked(path), closing(connect(path)) as connection:
        path.chmod(0o600)
        forget_copies(path)
        found = version_of(connection)
        if found > schema.version:
            raise TooNew(
                f"{path} was written by a newer Leanto (schema {found}, this one knows "
                f"{schema.version}). Install that version again, or restore a backup from before."
            )
        if found == 0:
            _run(connection, schema.newest, version=schema.version)
        elif found < schema.version:
            copy = copy_before(connection, path, version=str(found))
            _migrate(connection, schema, found=found, copy=copy)


def version_of(connection: sqlite3.Connection) -> int:
    """Which schema does this file have? 0 if it is empty."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    tables: int = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    return version or min(tables, 1)


def _migrate(connection: sqlite3.Connection, schema: Schema, *, found: int, copy: Path) -> None:
    steps = "\n".join(schema.steps[one] for one in range(found + 1, schema.version + 1))
    try:
        _run(connection, steps, version=schema.version)
    except sqlite3.Error as fault:
        raise NotMigrated(
            f"The database could not be brought to schema {schema.version}: {fault}. Nothing was "
            f"changed; a copy as it was is {copy}. Go on with the version before, and tell us."
        ) from fault


def _run(connection: sqlite3.Connection, script: str, *, version: int) -> None:
    """All of it and the number, or nothing: `executescript` alone would commit halfway."""
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE; {script}\n; PRAGMA user_version = {version}; COMMIT;"
        )
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
