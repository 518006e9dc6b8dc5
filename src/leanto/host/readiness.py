"""Whether the desk and the pocket's host work: the doors that the mailroom has of its own."""

import asyncio
import hmac
import secrets
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage

from leanto.doorway.answers import NO_CONTENT, Answers, Outcome
from leanto.doorway.readiness import NotReady, Reason, ready_unless
from leanto.host.config import Config
from leanto.host.origins import App, Receive, Scope, Send

KEPT_FREE_BYTES = 64 * 1024 * 1024
BUSY_SECONDS = 1
CHORE_SECONDS, PUSHED_WITHIN_SECONDS = 180, 120
METRICS, METRICS_FILE, METRICS_KEY = "/metrics", "metrics.prom", "metrics.key"

type Look = Callable[[], list[Reason]]


@dataclass
class Pulse:
    """When the desk's own work was last done, and since when a bulletin waits to be taken.

    By a clock that never jumps: the work is done every minute that really passes.
    """

    steady: Callable[[], float] = time.monotonic
    done_at: float | None = None
    waits_since: float | None = None

    def beat(self, *, waits: bool) -> None:
        """It was done; `waits` is whether the mailroom has not taken the newest bulletin."""
        self.done_at = self.steady()
        if not waits:
            self.waits_since = None
        elif self.waits_since is None:
            self.waits_since = self.done_at

    def reasons(self) -> list[Reason]:
        """What has not been done for too long; before the first time nothing has."""
        now = self.steady()
        found = []
        if self.done_at is not None and now - self.done_at > CHORE_SECONDS:
            found.append(Reason.NO_CHORE)
        if self.waits_since is not None and now - self.waits_since > PUSHED_WITHIN_SECONDS:
            found.append(Reason.NOT_PUSHED)
        return found


def desk_look(config: Config, *, pulse: Pulse) -> Look:
    """What keeps the desk from taking work now."""

    def look() -> list[Reason]:
        found = _disk(config.data)
        if not _desk_takes(config):
            found.append(Reason.DATABASE)
        return found + pulse.reasons()

    return look


def nothing_to_look_at() -> list[Reason]:
    """The pocket's host hands out files from memory: when it answers, it is ready."""
    return []


def with_readiness(room: App, look: Look, *, pocket: str) -> App:
    """The same room, which answers `/livez` and `/readyz` before it looks at anything else."""
    answers = Answers(pocket)

    async def live() -> Outcome:
        return NO_CONTENT

    async def ready() -> Outcome:
        return ready_unless(await asyncio.to_thread(look))

    doors = {"/livez": live, "/readyz": ready}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        door = doors.get(scope["path"]) if scope["type"] == "http" else None
        if door is None:
            await room(scope, receive, send)
        elif scope["method"] != "GET":
            await answers.problem(send, "wrong-method", (b"allow", b"GET"))
        else:
            await _say(door, answers, send)

    return app


def with_metrics(room: App, folder: Path) -> App:
    """The same room, and `/metrics` for who shows the secret: what the watch saw in its last look.

    A secret and not this computer's own address: behind a proxy everybody comes from there.
    """
    secret = metrics_key(folder)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        shown = [value for name, value in scope.get("headers", ()) if name == b"authorization"]
        asks = scope["type"] == "http" and (scope["path"], scope["method"]) == (METRICS, "GET")
        if asks and len(shown) == 1 and hmac.compare_digest(shown[0], b"Bearer " + secret):
            await _hand_out(send, folder / METRICS_FILE)
        else:
            await room(scope, receive, send)  # which has no such page

    return app


def metrics_key(folder: Path) -> bytes:
    """The secret in `watch/metrics.key`, made once."""
    path = folder / METRICS_KEY
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32), "ascii")
    return path.read_bytes().strip()


async def _say(door: Callable[[], Awaitable[Outcome]], answers: Answers, send: Send) -> None:
    try:
        await answers.answer(send, await door())
    except NotReady as reason:
        await answers.problem(send, reason.problem, detail=reason.detail)


async def _hand_out(send: Send, path: Path) -> None:
    text = await asyncio.to_thread(_read, path)
    headers = [
        (b"content-type", b"text/plain; version=0.0.4; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-length", b"%d" % len(text)),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": text})


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _disk(folder: Path) -> list[Reason]:
    return [Reason.DISK] if disk_usage(folder).free < KEPT_FREE_BYTES else []


def _desk_takes(config: Config) -> bool:
    if config.desk_database is None:
        return _takes(config.desk_data / "desk.sqlite3")
    from leanto.databases.servers import takes  # noqa: PLC0415 -- only where it is chosen

    return takes(config.desk_database)


def _takes(database: Path) -> bool:
    """Could something be written now? The lock is taken and given back; nothing changes."""
    address = f"{database.absolute().as_uri()}?mode=rw"
    try:
        with closing(
            sqlite3.connect(address, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
        ) as opened:
            opened.execute("BEGIN IMMEDIATE")
            opened.execute("ROLLBACK")
    except sqlite3.Error:
        return False
    return True
