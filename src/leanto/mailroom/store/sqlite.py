"""One writer, one reader, and no answer before its fsync.

Acts gather while one batch is on its way to the disk, then go together: one transaction, one fsync.
An act that fails is undone alone. `secure_delete` overwrites what is deleted; `tidy` empties the
write-ahead log, which would otherwise still hold it.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import disk_usage
from typing import NamedTuple

from leanto.databases.versions import bring_up_to_date
from leanto.doorway.refusing import Refused
from leanto.mailroom.store.schema import MAILROOM

type Connection = sqlite3.Connection
type Act[T] = Callable[[Connection], T]
type JoinedAct[I, T] = Callable[[Connection, Sequence[I]], Sequence[T]]

WAITING_AT_MOST = 10_000
BUSY_SECONDS = 3  # a letter may wait for two batches, and whoever sent it for ten seconds
FULL = 2  # PRAGMA synchronous
CACHE_KIB = 32_768
LOG_AT_MOST_BYTES = 32 * 1024 * 1024
# Deleting lengthens the log first: a disk filled to the brim could forget nothing any more.
KEPT_FREE_BYTES = 2 * LOG_AT_MOST_BYTES


class StoreFull(Refused):
    problem = "store-full"


class TooBusy(Refused):
    problem = "too-busy"


class StoreUnsafe(Exception):
    """The database would not keep what it was given; the mailroom does not start."""


class _Waiting(NamedTuple):
    """One act, and the caller who waits for it."""

    act: Callable[..., object]
    item: object
    future: asyncio.Future[object]


_ALONE = object()


class Store:
    """The mailroom's database. Open it inside the loop that will use it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._loop = asyncio.get_running_loop()
        self._inbox: queue.SimpleQueue[list[_Waiting] | None] = queue.SimpleQueue()
        self._gathering: list[_Waiting] = []
        self._in_flight = False
        self._soiled = True
        prepare(path)
        writer = connect(path)
        assert_durable(writer)
        self._writer = threading.Thread(target=self._write_batches, args=(writer,))
        self._writer.start()
        self._reader = connect(path)
        self._reader.execute("PRAGMA query_only = ON")
        self._reading = ThreadPoolExecutor(max_workers=1)
        self._emptying = ThreadPoolExecutor(max_workers=1)

    async def write[T](self, act: Act[T]) -> T:
        """Runs `act` in a transaction and returns what it made, once that is on disk.

        Whatever `act` raises undoes this act alone and reaches the caller. Raises `StoreFull` or
        `TooBusy` with nothing done.
        """
        return await self._wait(act, _ALONE)  # type: ignore[return-value]  # one future, one act

    async def join[I, T](self, act: JoinedAct[I, T], item: I) -> T:
        """Like `write`, for an act that takes many callers' items at once and deletes nothing."""
        return await self._wait(act, item)  # type: ignore[return-value]  # as above

    def keep_room_to_forget(self) -> None:
        """Raises `StoreFull` where the room that is left is for deletions and answers alone."""
        if disk_usage(self._path.parent).free < KEPT_FREE_BYTES:
            raise StoreFull

    async def read[T](self, query: Act[T]) -> T:
        """Runs a query that changes nothing, on its own connection and thread."""
        return await self._loop.run_in_executor(self._reading, query, self._reader)

    async def tidy(self) -> None:
        """Empties the write-ahead log if it is long, or may hold what was deleted since."""
        if self._soiled or _log_size(self._path) > LOG_AT_MOST_BYTES:
            self._soiled = False
            emptied = self._loop.run_in_executor(self._emptying, _empty_log, self._path)
            if not await emptied:
                self._soiled = True

    def close(self) -> None:
        """Finishes what was handed in and closes the file; nothing of ours touches it after."""
        self._inbox.put(None)
        self._writer.join()
        self._emptying.shutdown()
        self._reading.shutdown()
        self._reader.close()

    def _wait(self, act: Callable[..., object], item: object) -> asyncio.Future[object]:
        if len(self._gathering) >= WAITING_AT_MOST:
            raise TooBusy
        future: asyncio.Future[object] = self._loop.create_future()
        if not self._gathering and not self._in_flight:
            self._loop.call_soon(self._send)
        self._gathering.append(_Waiting(act, item, future))
        return future

    def _send(self) -> None:
        batch, self._gathering = self._gathering, []
        self._in_flight = True
        self._inbox.put(batch)

    def _done(self, batch: list[_Waiting], outcomes: list[object]) -> None:
        self._in_flight = False
        if self._gathering:
            self._send()
        # Said again after the commit: a tidying may have begun between asking and doing.
        self._soiled = self._soiled or batch[-1].item is _ALONE
        for waiting, outcome in zip(batch, outcomes, strict=True):
            if waiting.future.done():  # its caller has gone
                continue
            if isinstance(outcome, BaseException):
                waiting.future.set_exception(outcome)
            else:
                waiting.future.set_result(outcome)

    def _write_batches(self, connection: Connection) -> None:
        while (batch := self._inbox.get()) is not None:
            batch.sort(key=_joined_first)  # acts of one kind stand together
            outcomes = _commit(connection, batch)
            self._loop.call_soon_threadsafe(self._done, batch, outcomes)
        connection.close()


def prepare(path: Path) -> None:
    """Makes the file, or brings an older one to this version. Raises TooNew or NotMigrated."""
    bring_up_to_date(path, MAILROOM, connect=connect)


def connect(path: Path) -> Connection:
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


def _joined_first(waiting: _Waiting) -> tuple[bool, int]:
    return waiting.item is _ALONE, 0 if waiting.item is _ALONE else id(waiting.act)


def _commit(connection: Connection, batch: list[_Waiting]) -> list[object]:
    try:
        connection.execute("BEGIN IMMEDIATE")
        outcomes = _run(connection, batch)
        connection.execute("COMMIT")
    except Exception as error:  # noqa: BLE001 - the writer must outlive whatever an act does
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        return [_as_refusal(error) for _ in batch]
    return outcomes


def _run(connection: Connection, batch: list[_Waiting]) -> list[object]:
    outcomes: list[object] = []
    while len(outcomes) < len(batch):
        first = batch[len(outcomes)]
        if first.item is _ALONE:
            outcomes.append(_attempt(connection, first.act))
            continue
        together = [one.item for one in batch[len(outcomes) :] if one.act is first.act]
        outcomes += first.act(connection, together)  # type: ignore[arg-type]  # a JoinedAct
    return outcomes


def _attempt(connection: Connection, act: Act[object]) -> object:
    connection.execute("SAVEPOINT act")
    outcome: object
    try:
        outcome = act(connection)
    except Exception as error:
        if not connection.in_transaction:  # SQLite itself gave up the whole batch
            raise
        connection.execute("ROLLBACK TO act")
        outcome = _as_refusal(error)
    connection.execute("RELEASE act")
    return outcome


def _as_refusal(error: Exception) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}:
        return StoreFull()
    if code == sqlite3.SQLITE_BUSY:
        return TooBusy()
    return error


def _log_size(path: Path) -> int:
    log = path.with_name(path.name + "-wal")
    return log.stat().st_size if log.exists() else 0


def _empty_log(path: Path) -> bool:
    connection = connect(path)
    try:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")  # the bulk, beside the writer
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    else:
        return not busy
    finally:
        connection.close()
