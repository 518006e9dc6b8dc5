"""Where a story's tables lie: in files, or each in a database of its own at a PostgreSQL server.

`DATABASE_OF_TESTS=postgresql://user@127.0.0.1/postgres` names a server that nobody else needs; its
user may make databases and users. `make check-postgres` starts one.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from leanto.databases.places import Place

PLAIN = (bytes, int, float, str, type(None))
SERVER = os.environ.get("DATABASE_OF_TESTS", "")


def own_place(room: str) -> Place | None:
    """A new empty database and its own user; nothing where stories lie in files."""
    return made_place(SERVER, room) if SERVER else None


def made_place(server: str, room: str) -> Place:
    """At this server, and its user opens no other."""
    name = f"{room}_{secrets.token_hex(8)}"
    with psycopg.connect(server, autocommit=True) as opened:
        opened.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
        made = sql.SQL("CREATE DATABASE {} OWNER {}")
        opened.execute(made.format(sql.Identifier(name), sql.Identifier(name)))
        shut = sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC")
        opened.execute(shut.format(sql.Identifier(name)))
    parts = urlsplit(server)
    at = parts.netloc.rpartition("@")[2]
    return Place(url=urlunsplit(parts._replace(netloc=f"{name}@{at}", path=f"/{name}")))


def every_row(place: Place) -> bytes:
    """Every value of every table, one after the other: what a query can be made to give."""
    values = [value for _, _, rows in _tables(place) for row in rows for value in row]
    return b"\0".join(one if isinstance(one, bytes) else str(one).encode() for one in values)


def copied(place: Place) -> sqlite3.Connection:
    """The tables as they are at this moment, to ask as one asks a file."""
    copy = sqlite3.connect(":memory:")
    for table, columns, rows in _tables(place):
        marks = ", ".join("?" * len(columns))
        copy.execute(f'CREATE TABLE "{table}" ({", ".join(columns)})')
        plain = [[one if isinstance(one, PLAIN) else str(one) for one in row] for row in rows]
        copy.executemany(f'INSERT INTO "{table}" VALUES ({marks})', plain)  # noqa: S608 - a name from the database itself
    return copy


def _tables(place: Place) -> Iterator[tuple[str, list[str], list[tuple[Any, ...]]]]:
    with psycopg.connect(place.url) as opened:
        tables = opened.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in tables.fetchall():
            found = opened.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
            columns = [f'"{one.name}"' for one in found.description or ()]
            yield table, columns, found.fetchall()
