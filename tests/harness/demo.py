"""`leanto demo` as a person starts it: in a terminal, with Ctrl-C to end it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.harness.house import ENVIRONMENT, ROOT
from tests.harness.net import free_port, wait_until_up

LINK = re.compile(r"https?://\S+")
TYPED_CARD = re.compile(r"(?m)^\s*([0-9A-Z]{4}(?: [0-9A-Z]{4}){8})$")


class Demo:
    """One rehearsal town and the terminal it runs in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "demo"
        self.port = free_port()
        self._screen = folder / "screen"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def origins(self) -> tuple[str, str, str]:
        names = ("leanto", "desk", "mailroom")
        return tuple(f"http://{name}.localhost:{self.port}" for name in names)  # type: ignore[return-value]  # three of three

    @property
    def screen(self) -> str:
        """What the terminal shows of this start."""
        return self._screen.read_text("utf-8")

    @property
    def cards(self) -> list[str]:
        return [str(one) for one in TYPED_CARD.findall(self.screen)]

    def link(self, mark: str) -> str:
        """The first address on the screen that has `mark` in it."""
        return next(str(one) for one in LINK.findall(self.screen) if mark in one)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self, *switches: str) -> None:
        command = [sys.executable, "-m", "leanto", "demo", "--data", str(self.folder)]
        command += ["--port", str(self.port), *switches]
        with self._screen.open("wb") as screen:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=ENVIRONMENT,
                stdout=screen,
                stderr=screen,
                start_new_session=True,
            )
        wait_until_up(f"{self.origins[2]}/bulletin/head", timeout_seconds=40, below=400)

    def interrupt(self) -> int:
        """Ctrl-C, which a terminal sends to everything in it; gives the exit code."""
        return self._end(signal.SIGINT)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        os.killpg(process.pid, how)
        return process.wait(timeout=20)


@contextmanager
def new_demo(folder: Path) -> Iterator[Demo]:
    """A demo not yet started; nothing of it runs on afterwards."""
    demo = Demo(folder)
    try:
        yield demo
    finally:
        demo.kill()
