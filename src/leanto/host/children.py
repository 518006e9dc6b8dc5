"""Programs of ours that run beside a serving one: started with it, started again, ended with it."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

AGAIN_AFTER_SECONDS = 1
ENDS_WITHIN_SECONDS = 10


def children_of(folder: Path, *names: str) -> list[list[str]]:
    """`leanto NAME` for this program's folder, each to end when whoever started it does."""
    begun = [sys.executable, "-m", "leanto"]
    return [[*begun, name, "--data", str(folder), "--with-parent"] for name in names]


@contextmanager
def kept_running(commands: Sequence[Sequence[str]]) -> Iterator[None]:
    """Each of them runs, and runs again a second after it ended, until this is left."""
    with ExitStack() as all_of_them:
        for command in commands:
            all_of_them.enter_context(_kept_running(command))
        yield


def end_with_parent() -> None:
    """Called by a child: it ends with its parent, however that ends, even where nobody says so."""

    def wait() -> None:
        sys.stdin.read()
        signal.raise_signal(signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


@contextmanager
def _kept_running(command: Sequence[str]) -> Iterator[None]:
    ending = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep() -> None:
        while not ending.is_set():
            # Its own session: Ctrl-C in a terminal is for us, who end it. A pipe that nothing is
            # ever written to tells it that we are gone.
            with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as child:  # noqa: S603 -- our own program
                running[:] = [child]
                child.wait()
            ending.wait(AGAIN_AFTER_SECONDS)

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        for child in running:
            child.terminate()
            try:
                child.wait(ENDS_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
        keeper.join(ENDS_WITHIN_SECONDS)
