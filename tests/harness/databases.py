"""Where a story's tables lie: in files, or each in a database of its own at a PostgreSQL server.

`DATABASE_OF_TESTS=postgresql://user@127.0.0.1/postgres` names a server that nobody else needs; its
user may make databases and users. `make check-postgres` starts one.
"""

import os
import secrets
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from leanto.databases.places import Place

SERVER = os.environ.get("DATABASE_OF_TESTS", "")
of_files = pytest.mark.skipif(bool(SERVER), reason="looks into a file that is not there")


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
    found = []
    with psycopg.connect(place.url) as opened:
        tables = opened.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in tables.fetchall():
            rows = opened.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
            found += [
                one if isinstance(one, bytes) else str(one).encode() for row in rows for one in row
            ]
    return b"\0".join(found)
