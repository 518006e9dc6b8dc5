"""The notifier's database: small, one act at a time, on the disk before the answer."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

from leanto.doorway.refusing import Refused

type Connection = sqlite3.Connection

SCHEMA = files(__package__).joinpath("schema.sql").read_text("utf-8")


class StoreFull(Refused):
    problem = "store-full"


class Store:
    """Open it inside the loop that will use it."""

    def __init__(self, path: Path) -> None:
        # A journal that is deleted with each commit: what was deleted stands in no file.
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = DELETE")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA secure_delete = ON")
        self._connection.executescript(SCHEMA)
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
