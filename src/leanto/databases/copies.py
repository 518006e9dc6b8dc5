"""A copy of a database as it was before its schema changed, and the lock while it changes."""

import fcntl
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BEFORE = ".before-"
KEPT_SECONDS = 14 * 86_400  # no longer than a letter waits for its owner


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Waits until nobody else changes this database's schema; the system lets go if we die."""
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copy_before(connection: sqlite3.Connection, path: Path, *, version: str) -> Path:
    """Writes NAME.before-VERSION beside it, whole and of one moment, and gives its path."""
    copy = path.with_name(f"{path.name}{BEFORE}{version}")
    copy.unlink(missing_ok=True)
    connection.execute("VACUUM INTO ?", (str(copy),))
    copy.chmod(0o600)
    return copy


def forget_copies(path: Path) -> None:
    """Deletes those that are older than 14 days by the file's own date."""
    for copy in path.parent.glob(f"{path.name}{BEFORE}*"):
        if copy.stat().st_mtime < time.time() - KEPT_SECONDS:
            copy.unlink()
