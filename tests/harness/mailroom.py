"""A real mailroom in a process of its own, with a clock that the test moves.

`--access-log`, `--broken`, `--hasty` and `--deaf` break a promise on purpose, so that a test can
see its own alarm. `--swift` breaks none: it looks more often than once a second. Nor does
`--rule=escalation.AT_ONCE=1`: one whole number of `leanto.rules` is another.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import uvicorn

from leanto.databases.places import Place
from leanto.doorway.answers import Outcome
from leanto.doorway.bodies import Question
from leanto.doorway.serving import uvicorn_settings
from leanto.mailroom import app as app_module
from leanto.mailroom import listening, ringing
from leanto.mailroom.app import create_app
from leanto.mailroom.config import MailroomConfig, NotifierPlace
from leanto.mailroom.room import Room
from leanto.mailroom.routes import ROUTES
from leanto.mailroom.store.acts import JoinedAct
from leanto.mailroom.store.batching import Store
from leanto.mailroom.sweeping import BELIEVED_AFTER_SECONDS, EVERY_SECONDS
from leanto.wire.tokens import receipt_message
from tests.harness.clock import FileClock
from tests.harness.databases import every_row, own_place
from tests.harness.net import Answer, free_port, request, wait_until_up
from tests.harness.program import Program

HOST = "mailroom.localhost"
POCKET = "http://leanto.localhost"
OCTETS = {"Content-Type": "application/octet-stream"}
# A process that has loaded everything and done nothing yet: its copies start in no time.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])


class Mailroom:
    """One mailroom's files, the process that serves them, and the way to it."""

    def __init__(self, folder: Path, program: Program) -> None:
        self.program = program
        self.folder = folder
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self.line_url = f"ws://{HOST}:{self.port}/listen"
        self.clock = FileClock(folder / "clock")
        self.database = folder / "mailroom.sqlite"
        self.place = own_place("mailroom")  # or there, and no such file
        self.log = folder / "log"
        (folder / "receipt.key").write_bytes(program.receipt_key.private_bytes_raw())
        self.notifier: NotifierPlace | None = None  # set before it starts
        self._process: ForkServerProcess | None = None

    def start(self, *switches: str) -> None:
        self.begin(*switches)
        self.wait_until_up()

    def begin(self, *switches: str) -> None:
        """Starts it and waits for nothing."""
        where = self.place or self.database
        call = (self.folder, where, self.port, self.program.fingerprint, switches, self.notifier)
        self._process = _FORKS.Process(target=_serve, args=call, daemon=True)
        self._process.start()

    @property
    def pid(self) -> int | None:
        """Of the process that serves, if one does."""
        return self._process.pid if self._process else None

    def wait_until_up(self) -> None:
        wait_until_up(f"{self.url}/bulletin/head")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self._process is not None and self._process.pid is not None:
            os.kill(self._process.pid, how)
            self._process.join(20)
            assert not self._process.is_alive(), "it does not end"
            self._process = None

    def ask(self, method: str, path: str, body: bytes = b"", token: str = "") -> Answer:
        """One request, as a pocket sends it."""
        headers = {**OCTETS, "Authorization": token} if token else OCTETS
        return request(method, self.url + path, body=body or None, headers=headers)

    def post(self, path: str, body: bytes, token: str = "") -> Answer:
        return self.ask("POST", path, body, token)

    def publish(self, *duty_addresses: bytes, serial: int = 1) -> None:
        """Hangs up the charter and a bulletin with these peers on duty."""
        assert self.ask("PUT", "/charter", self.program.charter()).status == 204
        # Two serials apart: then no bulletin has to name the one before.
        bulletin = self.program.bulletin(*duty_addresses, serial=2 * serial)
        assert self.ask("PUT", "/bulletin", bulletin).status == 204

    def receipt_verifies(self, receipt: bytes, path: str, digest: bytes, status: int) -> bool:
        """Raises InvalidSignature when it does not."""
        message = receipt_message(path=path, digest=digest, status=status)
        self.program.receipt_key.public_key().verify(receipt, message)
        return True

    def let_pass(self, *, days: int) -> None:
        """Days pass, and the last one long enough that the mailroom believes it and sweeps."""
        self.clock.to_noon(days=days)
        time.sleep(EVERY_SECONDS + 1)
        self.clock.forward(seconds=BELIEVED_AFTER_SECONDS)

    def on_disk(self) -> bytes:
        """Every byte of the database and its log, as someone with the disk would read them."""
        if self.place:
            return every_row(self.place)
        files = sorted(self.folder.glob(self.database.name + "*"))
        return b"".join(one.read_bytes() for one in files)

    def holds(self, words: bytes) -> bool:
        """Is any piece of it in any file? Pieces, because the database splits long rows."""
        held = self.on_disk()
        return any(words[at : at + 16] in held for at in range(0, max(len(words) - 15, 1), 256))

    def loses(self, words: bytes, *, within_seconds: int) -> bool:
        """Whether no piece of it is in any file any more, soon."""
        deadline = time.monotonic() + within_seconds
        while self.holds(words):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.2)
        return True


@contextmanager
def running_mailroom(folder: Path, *switches: str) -> Iterator[Mailroom]:
    """A started mailroom with a program of its own and nothing on its board."""
    mailroom = Mailroom(folder, Program(today=int(time.time()) // 86_400))
    mailroom.start(*switches)
    try:
        yield mailroom
    finally:
        mailroom.stop()


def problem(answer: Answer) -> str:
    """The name of a refusal, or of what came instead."""
    if answer.headers.get("content-type") != "application/problem+json":
        return f"no problem but {answer.status}"
    document = answer.json()
    assert document["status"] == answer.status
    return str(document["type"]).removeprefix("urn:leanto:problem:")


def _serve(
    folder: Path,
    where: Path | Place,
    port: int,
    fingerprint: bytes,
    switches: tuple[str, ...],
    notifier: NotifierPlace | None,
) -> None:
    """The whole life of the process that serves; what it says goes to the log."""
    log = os.open(folder / "log", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(log, sys.stdout.fileno())
    os.dup2(log, sys.stderr.fileno())
    config = MailroomConfig(
        database=where,
        receipt_key=folder / "receipt.key",
        pocket_origin=POCKET,
        fingerprint=fingerprint,
        notifier=notifier,
    )
    app = create_app(config=config, clock=FileClock(folder / "clock"))
    settings = uvicorn_settings()
    if "--broken" in switches:
        _break_everything()
    if "--hasty" in switches:
        setattr(Store, "join", _say_yes_too_early)  # noqa: B010 - a method, replaced on purpose
    if "--deaf" in switches:
        setattr(app_module, "ring_due", _hear_nothing)  # noqa: B010 - a function, replaced on purpose
    if "--swift" in switches:
        setattr(ringing, "LOOK_EVERY_SECONDS", 0.05)  # noqa: B010 - so that a night passes soon
        setattr(app_module, "BESIDE_EVERY_SECONDS", 0.2)  # noqa: B010 - the same
    for switch in (one for one in switches if one.startswith("--rule=")):
        _, name, number = switch.split("=")
        module, _, constant = name.rpartition(".")
        setattr(import_module(f"leanto.rules.{module}"), constant, int(number))
    if "--access-log" in switches:
        settings |= {"access_log": True, "log_level": "info"}
    uvicorn.run(app, host="127.0.0.1", port=port, **settings)


def _break_everything() -> None:
    """Faults of ours that would say what was asked, if anyone wrote them down."""
    for path, route in ROUTES.items():
        if path != "/bulletin/head":  # by it a test sees that the mailroom is up
            ROUTES[path] = replace(route, answer=_break)
    setattr(listening, "_listen", _break_line)  # noqa: B010 - a function, replaced on purpose


async def _break(room: Room, question: Question) -> Outcome:
    def breaks(_connection: object) -> Outcome:
        raise LookupError(question.path, question.body, question.authorization)

    return await room.store.write(breaks)


async def _break_line(_room: Room, _line: object, frame: object) -> None:
    raise LookupError(frame)


async def _hear_nothing(_room: Room) -> None:
    """A loop that hangs at what it does first."""
    await asyncio.Event().wait()


async def _say_yes_too_early(store: Store, act: JoinedAct[Any, Any], item: object) -> None:
    """Answers now and writes a little later."""
    asyncio.get_running_loop().call_later(1, store._wait, act, item)
