"""The mailroom's database as a file of SQLite: each commit an fsync, each deletion overwritten.

`secure_delete` overwrites what is deleted; `tidy` empties the write-ahead log, which would
otherwise still hold it.
"""

import sqlite3
from pathlib import Path
from shutil import disk_usage

from leanto.databases.versions import bring_up_to_date
from leanto.mailroom.store.acts import Connection, StoreFull, StoreUnsafe, TooBusy
from leanto.mailroom.store.schema import MAILROOM

BUSY_SECONDS = 3  # a letter may wait for two batches, and whoever sent it for ten seconds
FULL = 2  # PRAGMA synchronous
CACHE_KIB = 32_768
LOG_AT_MOST_BYTES = 32 * 1024 * 1024
# Deleting lengthens the log first: a disk filled to the brim could forget nothing any more.
KEPT_FREE_BYTES = 2 * LOG_AT_MOST_BYTES


class InAFile:
    """A file, its log beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def opened_writer(self) -> Connection:
        prepare(self._path)
        writer = connect(self._path)
        assert_durable(writer)
        return writer

    def opened_reader(self) -> Connection:
        reader = connect(self._path)
        reader.execute("PRAGMA query_only = ON")
        return reader

    def begin(self, connection: Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")

    def as_refusal(self, error: Exception) -> Exception:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}:
            return StoreFull()
        if code == sqlite3.SQLITE_BUSY:
            return TooBusy()
        return error

    def keep_room_to_forget(self) -> None:
        if disk_usage(self._path.parent).free < KEPT_FREE_BYTES:
            raise StoreFull

    def is_long(self) -> bool:
        log = self._path.with_name(self._path.name + "-wal")
        return log.exists() and log.stat().st_size > LOG_AT_MOST_BYTES

    def tidy(self) -> bool:
        """Empties the log."""
        connection = connect(self._path)
        try:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")  # the bulk, beside the writer
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
        else:
            return not busy
        finally:
            connection.close()


def prepare(path: Path) -> None:
    """Makes the file, or brings an older one to this version. Raises TooNew or NotMigrated."""
    bring_up_to_date(path, MAILROOM, connect=connect)


def connect(path: Path) -> sqlite3.Connection:
    """A connection whose commits are on disk and whose deletions are overwritten."""
    connection = sqlite3.connect(
        path, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA wal_autocheckpoint = 0")  # `tidy` does it, off the writer's way
    connection.execute("PRAGMA temp_store = MEMORY")  # no file but the two that are swept
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    return connection


def assert_durable(connection: Connection) -> None:
    """Refuses a file where a receipt would lie: `NORMAL` in WAL makes no fsync at commit."""
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
    secure_delete = connection.execute("PRAGMA secure_delete").fetchone()[0]
    if (mode, synchronous, secure_delete) != ("wal", FULL, 1):
        raise StoreUnsafe(f"SQLite said {mode}, {synchronous}, {secure_delete}.")
