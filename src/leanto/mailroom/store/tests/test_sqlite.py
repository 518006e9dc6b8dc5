"""The store keeps what it said it has, and refuses before it does half."""

import asyncio
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from leanto.mailroom.store.acts import Connection, StoreFull, StoreUnsafe
from leanto.mailroom.store.batching import Store
from leanto.mailroom.store.sqlite import InAFile, assert_durable, connect


async def open_store(folder: Path) -> Store:
    return Store(InAFile(folder / "mailroom.sqlite"))


def add(connection: Connection, serial: int, body: bytes = b"") -> None:
    connection.execute("INSERT INTO charter VALUES (?, ?)", (serial, body))


def add_all(connection: Connection, serials: Sequence[int]) -> list[int]:
    for serial in serials:
        add(connection, serial)
    return list(serials)


def serials(connection: Connection) -> list[int]:
    return [row[0] for row in connection.execute("SELECT serial FROM charter ORDER BY serial")]


def test_an_act_that_fails_takes_no_other_with_it(tmp_path: Path) -> None:
    """Acts share a transaction for speed; what one of them does wrong stays its own."""

    def half_done(connection: Connection) -> None:
        add(connection, 99)
        raise LookupError

    async def story() -> None:
        store = await open_store(tmp_path)
        outcomes = await asyncio.gather(
            store.write(lambda one: add(one, 1)),
            store.write(half_done),
            store.write(lambda one: add(one, 1)),  # exists by then
            store.write(lambda one: add(one, 2)),
            store.join(add_all, 3),
            store.join(add_all, 4),
            return_exceptions=True,
        )
        assert [type(one) for one in outcomes[1:3]] == [LookupError, sqlite3.IntegrityError]
        assert list(outcomes[4:]) == [3, 4]
        assert await store.read(serials) == [1, 2, 3, 4]
        store.close()

    asyncio.run(story())


def test_a_full_disk_refuses_and_does_nothing(tmp_path: Path) -> None:
    """Whoever asked is told; what is smaller still goes in, and nothing is lost."""

    async def story() -> None:
        store = await open_store(tmp_path)
        await store.write(lambda one: add(one, 1))
        pages = await store.read(lambda one: one.execute("PRAGMA page_count").fetchone()[0])
        await store.write(lambda one: one.execute(f"PRAGMA max_page_count = {pages + 2}"))
        with pytest.raises(StoreFull):
            await store.write(lambda one: add(one, 2, bytes(100_000)))
        await store.write(lambda one: add(one, 3))
        assert await store.read(serials) == [1, 3]
        store.close()

    asyncio.run(story())


def test_a_database_that_would_lie_is_not_opened(tmp_path: Path) -> None:
    """No fsync at each commit, a log of another kind, or deleted words left behind."""
    for pragma in ("synchronous = NORMAL", "journal_mode = DELETE", "secure_delete = FAST"):
        connection = connect(tmp_path / "mailroom.sqlite")
        assert_durable(connection)
        connection.execute(f"PRAGMA {pragma}")
        with pytest.raises(StoreUnsafe):
            assert_durable(connection)
        connection.close()


def test_what_was_deleted_leaves_every_file_at_the_next_tidying(tmp_path: Path) -> None:
    """`secure_delete` alone would leave it in the write-ahead log."""
    words = b"after a bad call" * 8

    def on_disk() -> bool:
        return any(words[:16] in one.read_bytes() for one in tmp_path.iterdir())

    async def story() -> None:
        store = await open_store(tmp_path)
        await store.write(lambda one: add(one, 1, words))
        await store.write(lambda one: one.execute("DELETE FROM charter"))
        assert on_disk()
        await store.tidy()
        assert not on_disk()
        store.close()

    asyncio.run(story())
