"""The mailroom's tables at a PostgreSQL server: what holds for a file holds there, or it does not
start."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import closing, suppress
from multiprocessing.synchronize import Barrier
from urllib.parse import urlsplit

import psycopg
import pytest

from leanto.databases.places import Place
from leanto.mailroom.store.acts import Connection, StoreUnsafe, TooBusy
from leanto.mailroom.store.opening import open_store, prepare
from tests.harness.databases import made_place
from tests.harness.servers import Server, binaries, own_server

pytestmark = pytest.mark.skipif(binaries() is None, reason="no PostgreSQL server on this machine")
PROCESSES, EACH = 3, 20


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with own_server() as started:
        yield started


@pytest.fixture
def place(server: Server) -> Place:
    return made_place(server.url, "mailroom")


def add(connection: Connection, serial: int) -> None:
    connection.execute("INSERT INTO charter VALUES (?, ?)", (serial, b""))


def serials(connection: Connection) -> list[int]:
    return [row[0] for row in connection.execute("SELECT serial FROM charter ORDER BY serial")]


def test_an_act_that_fails_takes_no_other_with_it(place: Place) -> None:
    """Acts share a transaction for speed; what one of them does wrong stays its own."""

    async def story() -> None:
        with closing(open_store(place)) as store:
            outcomes = await asyncio.gather(
                store.write(lambda one: add(one, 1)),
                store.write(lambda one: add(one, 1)),  # exists by then
                store.write(lambda one: add(one, 2)),
                return_exceptions=True,
            )
            assert [type(one) for one in outcomes] == [
                type(None),
                psycopg.errors.UniqueViolation,
                type(None),
            ]
            assert await store.read(serials) == [1, 2]

    asyncio.run(story())


def test_what_was_told_survives_a_server_that_dies_and_the_mailroom_goes_on(
    server: Server, place: Place
) -> None:
    """While it is away it is busy, and nothing is half done; then the same mailroom writes on."""

    async def story() -> None:
        with closing(open_store(place)) as store:
            await store.write(lambda one: add(one, 1))
            await store.read(serials)
            server.stop("immediate")
            with pytest.raises(TooBusy):
                await store.write(lambda one: add(one, 2))
            server.start()
            await store.write(lambda one: add(one, 3))
            assert await store.read(serials) == [1, 3]

    asyncio.run(story())


def test_processes_count_on_from_each_other(place: Place) -> None:
    """Each reads the number and writes the next: two at once would write the same."""
    prepare(place)
    fresh = multiprocessing.get_context("spawn")
    together = fresh.Barrier(PROCESSES)
    several = [fresh.Process(target=_count, args=(place, together)) for _ in range(PROCESSES)]
    for one in several:
        one.start()
    for one in several:
        one.join(60)
    with psycopg.connect(place.url) as opened:
        rows = opened.execute("SELECT count(*), max(serial) FROM charter").fetchone()
    assert rows == (PROCESSES * EACH, PROCESSES * EACH)


def test_a_commit_that_need_not_be_on_disk_is_refused(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is ours to choose for our own connections; if ever we chose wrongly, we do not start."""
    monkeypatch.setattr("leanto.mailroom.store.postgres.DURABLE", "-c synchronous_commit=off")
    with pytest.raises(StoreUnsafe, match="synchronous_commit"):
        prepare(place)


@pytest.mark.parametrize("setting", ["log_statement=all", "log_min_duration_statement=0"])
def test_a_server_that_writes_down_statements_is_refused(
    server: Server, place: Place, setting: str
) -> None:
    """A request would stand in its log, with its second."""
    name, _, value = setting.partition("=")
    with psycopg.connect(server.url, autocommit=True) as opened:
        opened.execute(f"ALTER DATABASE {place.name} SET {name} = '{value}'".encode())
    with pytest.raises(StoreUnsafe, match=name):
        prepare(place)


@pytest.mark.parametrize("setting", ["fsync=off", "track_commit_timestamp=on"])
def test_a_server_that_would_lie_or_remember_is_refused(
    server: Server, place: Place, setting: str
) -> None:
    """A commit that is not on disk, or the second in which every row came."""
    name, _, value = setting.partition("=")
    server.stop("immediate")
    server.start({name: value})
    try:
        with pytest.raises(StoreUnsafe, match=name):
            prepare(place)
    finally:
        server.stop("immediate")
        server.start()


def test_its_user_opens_no_other_database(place: Place, server: Server) -> None:
    """Whoever has the mailroom's password has the mailroom's tables alone."""
    other = made_place(server.url, "desk")
    url = urlsplit(other.url)._replace(netloc=urlsplit(place.url).netloc).geturl()
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(url)


def _count(place: Place, together: Barrier) -> None:
    async def story() -> None:
        with closing(open_store(place)) as store:
            together.wait(60)
            written = 0
            while written < EACH:
                with suppress(TooBusy):  # on a slow machine; then nothing was done
                    await store.write(_next)
                    written += 1

    asyncio.run(story())


def _next(connection: Connection) -> None:
    (newest,) = connection.execute("SELECT coalesce(max(serial), 0) FROM charter").fetchone()
    add(connection, newest + 1)
