"""The mailroom's database at a PostgreSQL server: the same statements, one writer at a time.

Every process of a mailroom takes one lock for each batch, as `BEGIN IMMEDIATE` takes a file's: what
holds for two processes on one file holds here. A deleted row is gone from every answer with its
commit, and its bytes from the table's pages only when they are used again, from the server's log
when that is: docs/decisions says so.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import psycopg
from psycopg import errors
from psycopg.adapt import Dumper
from psycopg.pq import TransactionStatus

from leanto.databases.places import Place
from leanto.databases.servers import connected
from leanto.databases.versions import NotMigrated, Schema, TooNew
from leanto.mailroom.store.acts import Connection, Rows, StoreFull, StoreUnsafe, TooBusy
from leanto.mailroom.store.schema import MAILROOM

ONE_AT_A_TIME = 0x6C65616E746F  # a number that all processes of one mailroom lock
BUSY_SECONDS = 3  # as for a file
DURABLE = "-c synchronous_commit=on"
# What the server may not do: lose what it confirmed, note when a row came, write down statements.
WANTED = {
    "fsync": {"on"},
    "full_page_writes": {"on"},
    "synchronous_commit": {"on", "remote_write", "remote_apply"},
    "track_commit_timestamp": {"off"},
    "log_statement": {"none", "ddl"},
    "log_min_duration_statement": {"-1"},
    "log_min_duration_sample": {"-1"},
    "log_transaction_sample_rate": {"0"},
}
IN_ITS_WORDS = {"BLOB": "BYTEA", "INTEGER": "BIGINT", " STRICT, WITHOUT ROWID": ""}


class AtAServer:
    """A database of its own, opened by the mailroom's own user."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def opened_writer(self) -> Connection:
        try:
            writer = Opened(self._place)
        except psycopg.OperationalError as away:
            raise StoreUnsafe(
                f"The mailroom's PostgreSQL server does not let it in: {away}"
            ) from None
        try:
            assert_durable(writer)
            bring_up_to_date(writer, MAILROOM)
        except Exception:
            writer.close()
            raise
        return writer

    def opened_reader(self) -> Connection:
        return Opened(self._place, "-c default_transaction_read_only=on")

    def begin(self, connection: Connection) -> None:
        connection.execute("BEGIN")
        connection.execute("SELECT pg_advisory_xact_lock(?)", (ONE_AT_A_TIME,))

    def as_refusal(self, error: Exception) -> Exception:
        """A server that is away is busy: whoever sends the same again is answered the same."""
        if isinstance(error, errors.DiskFull | errors.ReadOnlySqlTransaction):
            return StoreFull()
        return TooBusy() if isinstance(error, psycopg.OperationalError) else error

    def keep_room_to_forget(self) -> None:
        """Nobody here sees the server's disk: whoever runs it keeps it from filling."""

    def is_long(self) -> bool:
        """The server looks after its own log."""
        return False

    def tidy(self) -> bool:
        """Gives the deleted rows' room to the next ones, which overwrite them."""
        try:
            tidying = Opened(self._place)
            try:
                tidying.execute("VACUUM (SKIP_LOCKED, PROCESS_TOAST)")
            finally:
                tidying.close()
        except psycopg.OperationalError:
            return False
        return True


class Opened:
    """A connection in autocommit that understands the mailroom's statements.

    Lost outside a transaction, it is opened again with the next statement.
    """

    def __init__(self, place: Place, *options: str) -> None:
        self._place = place
        self._options = f"{DURABLE} -c lock_timeout={BUSY_SECONDS}s"
        self._options = " ".join([self._options, *options])
        self._one = self._connect()

    @property
    def in_transaction(self) -> bool:
        status = self._one.info.transaction_status
        return not self._one.closed and status in {
            TransactionStatus.INTRANS,
            TransactionStatus.INERROR,
        }

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Rows:
        lost = statement == "COMMIT"  # of what a lost connection held, nothing is left to commit
        if self._one.closed and not lost:
            self._one = self._connect()
        inside = self.in_transaction
        try:
            return self._run(statement, values)
        except psycopg.OperationalError:
            if lost or inside or not self._one.closed:
                raise
        self._one = self._connect()
        return self._run(statement, values)

    def executemany(self, statement: str, many: Iterable[Sequence[Any]], /) -> None:
        self._one.cursor().executemany(_marked(statement), many)

    def close(self) -> None:
        self._one.close()

    def _run(self, statement: str, values: Sequence[Any]) -> Rows:
        if not values:  # a script may be many statements, and nothing in it is a mark
            return self._one.execute(_known_there(statement))
        return self._one.execute(_marked(statement), values)

    def _connect(self) -> psycopg.Connection[Any]:
        opened = connected(self._place, options=self._options)
        opened.adapters.register_dumper(bool, _AsNumber)
        return opened


class _AsNumber(Dumper):
    """True is 1, as in SQLite."""

    oid = psycopg.postgres.types["int2"].oid

    def dump(self, obj: bool) -> bytes:  # noqa: FBT001 - psycopg's shape
        return b"1" if obj else b"0"


def assert_durable(connection: Connection) -> None:
    """Refuses a server where a receipt would lie, or that writes down who did what when."""
    for setting, wanted in WANTED.items():
        (said,) = connection.execute("SELECT current_setting(?)", (setting,)).fetchone()
        if said not in wanted:
            raise StoreUnsafe(
                f"PostgreSQL's {setting} is {said}. For the mailroom it must be "
                f"{' or '.join(sorted(wanted))}: set it for this database, or in postgresql.conf."
            )


def bring_up_to_date(connection: Connection, schema: Schema) -> None:
    """Makes the tables, or takes every step that is lacking: all of it, or nothing.

    The comment on the table `mailbox` says which schema it is. Raises TooNew or NotMigrated.
    """
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT pg_advisory_xact_lock(?)", (ONE_AT_A_TIME,))
        found = version_of(connection)
        if found > schema.version:
            raise TooNew(
                f"The mailroom's database was written by a newer Leanto (schema {found}, this one "
                f"knows {schema.version}). Install that version again."
            )
        if found < schema.version:
            _migrate(connection, schema, found)
        connection.execute("COMMIT")
    except psycopg.Error as fault:
        raise NotMigrated(
            f"The mailroom's database could not be brought to schema {schema.version}: {fault}. "
            "It is as it was. Go on with the version before, and tell us."
        ) from fault
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def version_of(connection: Connection) -> int:
    """Which schema does this database have? 0 if it is empty."""
    (said,) = connection.execute(
        "SELECT obj_description(to_regclass('mailbox'), 'pg_class')"
    ).fetchone()
    return int(said.removeprefix("schema ")) if said else 0


def in_its_words(script: str) -> str:
    """A schema written for SQLite, as PostgreSQL wants it said."""
    for word, its in IN_ITS_WORDS.items():
        script = script.replace(word, its)
    return script.replace(" REAL ", " DOUBLE PRECISION ")


def _migrate(connection: Connection, schema: Schema, found: int) -> None:
    to_take = range(found + 1, schema.version + 1)
    scripts = [schema.steps[one] for one in to_take] if found else [schema.newest]
    for script in scripts:
        connection.execute(in_its_words(script))
    connection.execute(f"COMMENT ON TABLE mailbox IS 'schema {schema.version}'")


@cache
def _marked(statement: str) -> bytes:
    """`?` is `%s` for psycopg."""
    return _known_there(statement.replace("%", "%%").replace("?", "%s"))


def _known_there(statement: str) -> bytes:
    """No list may be empty there, and the server chooses its index itself."""
    said = statement.replace(" INDEXED BY slot_lease", "")
    return said.replace("IN ()", "IN (SELECT NULL::bytea WHERE false)").encode()
