"""What Django is told about the desk's database: a file, or a place at a PostgreSQL server."""

from pathlib import Path
from typing import Any

from leanto.databases.places import Place

WAITS_SECONDS = 10


def in_a_file(path: str | Path) -> dict[str, Any]:
    """SQLite: what was answered is on the disk, and what was deleted is overwritten."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": WAITS_SECONDS,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            ),
        },
    }


def at(place: Place) -> dict[str, Any]:
    """PostgreSQL: what was answered is on the disk; one transaction at a time, as in a file."""
    kept = {name: value for name, value in place.options.items() if name not in {"host", "port"}}
    return {
        "ENGINE": "leanto.desk.site.postgresql",
        "NAME": place.name,
        "USER": place.user,
        "PASSWORD": place.password(),
        "HOST": place.host,
        "PORT": place.port,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            **kept,
            "options": f"-c synchronous_commit=on -c lock_timeout={WAITS_SECONDS}s",
        },
    }
