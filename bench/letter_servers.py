"""What is measured: the mailroom, the mailroom without a store, and a Django view of the same job.

`letter_servers.py KIND FOLDER PORT`; the folder holds the read keys' addresses in `addresses`.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import uvicorn

from leanto.doorway.serving import uvicorn_settings
from leanto.host.clock import SystemClock
from leanto.mailroom.app import App, create_app
from leanto.mailroom.config import MailroomConfig
from leanto.mailroom.store.acts import JoinedAct
from leanto.mailroom.store.batching import Store
from leanto.mailroom.store.sqlite import connect, prepare

LEASE_DAY = 60_000


def mailroom(folder: Path) -> App:
    """Leanto's own, with mailboxes opened beforehand."""
    database = folder / "mailroom.sqlite"
    prepare(database)
    connection = connect(database)
    rows = [(address, LEASE_DAY) for address in addresses(folder)]
    connection.executemany("INSERT INTO mailbox VALUES (?, ?) ON CONFLICT DO NOTHING", rows)
    connection.close()
    receipt_key = folder / "receipt.key"
    receipt_key.write_bytes(os.urandom(32))
    config = MailroomConfig(
        database=database,
        receipt_key=receipt_key,
        pocket_origin="http://leanto.localhost",
        fingerprint=bytes(16),
    )
    return create_app(config=config, clock=SystemClock())


def without_store(folder: Path) -> App:
    """The same route, which believes every letter is on disk."""

    async def believe(_store: Store, _act: JoinedAct[Any, Any], _item: object) -> None:
        return None

    setattr(Store, "join", believe)  # noqa: B010 - a method, replaced on purpose
    return mailroom(folder)


def django_view(folder: Path) -> App:
    from bench.letter_django import create  # noqa: PLC0415 - the mailroom's process has no Django

    return create(folder / "django.sqlite", addresses(folder))


def addresses(folder: Path) -> Sequence[bytes]:
    return [bytes.fromhex(one) for one in (folder / "addresses").read_text().split()]


KINDS = {"mailroom": mailroom, "no-store": without_store, "django": django_view}

if __name__ == "__main__":
    kind, folder, port = sys.argv[1:]
    settings = uvicorn_settings() | ({"lifespan": "off"} if kind == "django" else {})
    uvicorn.run(KINDS[kind](Path(folder)), host="127.0.0.1", port=int(port), **settings)
