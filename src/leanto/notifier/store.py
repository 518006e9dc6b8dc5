"""The notifier's database: small, one act at a time, on the disk before the answer."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

from leanto.databases.versions import Schema, bring_up_to_date
from leanto.doorway.refusing import Refused

type Connection = sqlite3.Connection

SCHEMA = Schema(newest=files(__package__).joinpath("schema.sql").read_text("utf-8"))


class StoreFull(Refused):
    problem = "store-full"


def connect(path: Path) -> Connection:
    """A connection whose commits are on disk; with each, its journal is deleted, so that what was
    deleted stands in no file."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


class Store:
    """Open it inside the loop that will use it."""

    def __init__(self, path: Path) -> None:
        bring_up_to_date(path, SCHEMA, connect=connect)
        self._connection = connect(path)
        self._thread = ThreadPoolExecutor(max_workers=1)

    async def do[T](self, act: Callable[[Connection], T]) -> T:
        """Runs `act` in a transaction; what it made is on disk when it comes back."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._transact, act)

    def close(self) -> None:
        self._thread.shutdown()
        self._connection.close()

    def _transact[T](self, act: Callable[[Connection], T]) -> T:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            made = act(self._connection)
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._undo()
            if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
                raise StoreFull from None
            raise
        except BaseException:
            self._undo()
            raise
        return made

    def _undo(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
