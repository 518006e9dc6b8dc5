"""Opens the store where the operator put it."""

from pathlib import Path

from leanto.databases.places import Place
from leanto.mailroom.store import sqlite
from leanto.mailroom.store.batching import Database, Store


def open_store(where: Path | Place) -> Store:
    """The store of this file or place. Raises StoreUnsafe, TooNew or NotMigrated."""
    return Store(_database(where))


def prepare(where: Path | Place) -> None:
    """Makes its tables, or brings older ones to this version. Raises TooNew or NotMigrated."""
    if isinstance(where, Path):
        sqlite.prepare(where)
    else:
        _database(where).opened_writer().close()


def _database(where: Path | Place) -> Database:
    if isinstance(where, Path):
        return sqlite.InAFile(where)
    from leanto.mailroom.store.postgres import AtAServer  # noqa: PLC0415 - only where it is chosen

    return AtAServer(where)
