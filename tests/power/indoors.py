"""A whole mailroom inside the test's own process, without a wire: the same routes, no sockets."""

import asyncio
import threading
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from leanto.mailroom.app import App, create_app
from leanto.mailroom.config import MailroomConfig
from tests.harness.mailroom import POCKET, Mailroom
from tests.harness.net import Answer
from tests.harness.program import Program

type Event = MutableMapping[str, Any]


class Indoors(Mailroom):
    """Speaks to the application itself; `loop` runs in a thread of its own."""

    def __init__(self, folder: Path, program: Program, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(folder, program)
        self._loop = loop
        self.app = create_app(
            config=MailroomConfig(
                database=self.database,
                receipt_key=folder / "receipt.key",
                pocket_origin=POCKET,
                fingerprint=program.fingerprint,
            ),
            clock=self.clock,
        )

    def ask(self, method: str, path: str, body: bytes = b"", token: str = "") -> Answer:
        headers = [(b"authorization", token.encode())] if token else []
        asked = _ask(self.app, {"method": method, "path": path, "headers": headers}, body)
        return asyncio.run_coroutine_threadsafe(asked, self._loop).result(timeout=30)


@contextmanager
def indoors(folder: Path, program: Program) -> Iterator[Indoors]:
    """Opens the mailroom as a server would, and closes it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    mailroom = Indoors(folder, program, loop)
    opened, over = threading.Event(), asyncio.Event()
    living = asyncio.run_coroutine_threadsafe(_lifespan(mailroom.app, opened, over), loop)
    living.add_done_callback(lambda _: opened.set())  # it would not open, and says why below
    try:
        opened.wait()
        if not living.done():
            yield mailroom
    finally:
        loop.call_soon_threadsafe(over.set)
        try:
            living.result(timeout=30)
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()


async def _lifespan(app: App, opened: threading.Event, over: asyncio.Event) -> None:
    begun = False

    async def receive() -> Event:
        nonlocal begun
        if begun:
            await over.wait()
        begun = True
        return {"type": "lifespan.startup"}

    async def send(event: Event) -> None:
        if event["type"] == "lifespan.startup.complete":
            opened.set()

    await app({"type": "lifespan"}, receive, send)


async def _ask(app: App, scope: Event, body: bytes) -> Answer:
    said: list[Event] = []

    async def receive() -> Event:
        return {"type": "http.request", "body": body}

    async def send(event: Event) -> None:
        said.append(event)

    await app({"type": "http", **scope}, receive, send)
    named = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return Answer(said[0]["status"], named, said[1]["body"])
