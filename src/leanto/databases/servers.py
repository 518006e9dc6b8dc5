"""Opens a place at a PostgreSQL server. Loaded only where a program has chosen one."""

from typing import Any

import psycopg

from leanto.databases.places import Place

WITHIN_SECONDS = 3


def connected(place: Place, *, options: str = "") -> psycopg.Connection[Any]:
    """A connection in autocommit. Raises psycopg.OperationalError where nobody answers."""
    return psycopg.connect(
        place.url,
        password=place.password() or None,
        options=options,
        connect_timeout=WITHIN_SECONDS,
        autocommit=True,
    )


def takes(place: Place) -> bool:
    """Could something be written there now? Nothing is."""
    try:
        with connected(place) as opened:
            return opened.execute("SHOW transaction_read_only").fetchone() == ("off",)
    except psycopg.Error:
        return False
