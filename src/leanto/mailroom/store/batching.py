"""One writer, one reader, and no answer before its commit is on disk.

Acts gather while one batch is on its way to the disk, then go together: one transaction, one fsync.
An act that fails is undone alone.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, Protocol

from leanto.mailroom.store.acts import Act, Connection, JoinedAct, TooBusy

WAITING_AT_MOST = 10_000


class Database(Protocol):
    """What is told SQLite and PostgreSQL in different words."""

    def opened_writer(self) -> Connection:
        """Brought to the newest schema. Raises StoreUnsafe, TooNew or NotMigrated."""
        ...

    def opened_reader(self) -> Connection:
        """For queries alone."""
        ...

    def begin(self, connection: Connection) -> None:
        """A transaction in which no other process writes."""
        ...

    def as_refusal(self, error: Exception) -> Exception:
        """`StoreFull` or `TooBusy` where that is what it means; else the same."""
        ...

    def keep_room_to_forget(self) -> None:
        """Raises `StoreFull` where the room that is left is for deletions and answers alone."""
        ...

    def is_long(self) -> bool:
        """Whether it is to be tidied although nothing was deleted."""
        ...

    def tidy(self) -> bool:
        """Whether nothing is in the way of it, and it is done."""
        ...


class _Waiting(NamedTuple):
    """One act, and the caller who waits for it."""

    act: Callable[..., object]
    item: object
    future: asyncio.Future[object]


_ALONE = object()


class Store:
    """The mailroom's database. Open it inside the loop that will use it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._loop = asyncio.get_running_loop()
        self._inbox: queue.SimpleQueue[list[_Waiting] | None] = queue.SimpleQueue()
        self._gathering: list[_Waiting] = []
        self._in_flight = False
        self._soiled = True
        writer = database.opened_writer()
        self._writer = threading.Thread(target=self._write_batches, args=(writer,))
        self._writer.start()
        self._reader = database.opened_reader()
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
        self._database.keep_room_to_forget()

    async def read[T](self, query: Act[T]) -> T:
        """Runs a query that changes nothing, on its own connection and thread."""
        return await self._loop.run_in_executor(self._reading, query, self._reader)

    async def tidy(self) -> None:
        """Tidies away what was deleted, if anything was since, or if too much lies there."""
        if self._soiled or self._database.is_long():
            self._soiled = False
            if not await self._loop.run_in_executor(self._emptying, self._database.tidy):
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
            outcomes = _commit(self._database, connection, batch)
            self._loop.call_soon_threadsafe(self._done, batch, outcomes)
        connection.close()


def _joined_first(waiting: _Waiting) -> tuple[bool, int]:
    return waiting.item is _ALONE, 0 if waiting.item is _ALONE else id(waiting.act)


def _commit(database: Database, connection: Connection, batch: list[_Waiting]) -> list[object]:
    try:
        database.begin(connection)
        outcomes = _run(database, connection, batch)
        connection.execute("COMMIT")
    except Exception as error:  # noqa: BLE001 - the writer must outlive whatever an act does
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        return [database.as_refusal(error) for _ in batch]
    return outcomes


def _run(database: Database, connection: Connection, batch: list[_Waiting]) -> list[object]:
    outcomes: list[object] = []
    while len(outcomes) < len(batch):
        first = batch[len(outcomes)]
        if first.item is _ALONE:
            outcomes.append(_attempt(database, connection, first.act))
            continue
        together = [one.item for one in batch[len(outcomes) :] if one.act is first.act]
        outcomes += first.act(connection, together)  # type: ignore[arg-type]  # a JoinedAct
    return outcomes


def _attempt(database: Database, connection: Connection, act: Act[object]) -> object:
    connection.execute("SAVEPOINT act")
    outcome: object
    try:
        outcome = act(connection)
    except Exception as error:
        if not connection.in_transaction:  # the database itself gave up the whole batch
            raise
        connection.execute("ROLLBACK TO act")
        outcome = database.as_refusal(error)
    connection.execute("RELEASE act")
    return outcome
