"""A whole program in a folder of its own: made by the commands that a real one is made by, served
by a process of its own with a clock that the test moves.

Run as a program it is that process: `house.py FOLDER`.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from leanto.host.config import load
from tests.harness import founding
from tests.harness.clock import FileClock
from tests.harness.databases import copied, every_row
from tests.harness.net import Answer, free_port, request, wait_until_up
from tests.harness.prepared import Prepared

ROOT = Path(__file__).parents[2]
CLOCK = "clock"
WRITTEN = "written"
ENVIRONMENT = {**os.environ, "PYTHONPATH": "src:.", "PYTHONUNBUFFERED": "1"}
ENVIRONMENT.pop("DJANGO_SETTINGS_MODULE", None)  # of the desk's own tests
_PREPARED = Prepared()


class House:
    """One program's files, the process that serves them, and the way to each of its rooms."""

    def __init__(self, folder: Path, *, seen_port: int | None = None) -> None:
        """`seen_port` is what everyone is told where somebody stands between."""
        self.folder = folder
        self.data = folder / "program"
        self.key = founding.key_file(folder)
        self.log = folder / "log"
        self.temporary = folder / "temporary"
        self.module = "tests.harness.house"  # or `watched`, which also notes what is written
        self.clock = FileClock(folder / CLOCK)
        self.port = free_port()
        self.notifier_port = free_port()
        self.seen_port = seen_port or self.port
        self.notified = False  # whether its notifier runs too: most stories wake nobody
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pocket(self) -> str:
        return f"http://leanto.localhost:{self.seen_port}"

    @property
    def desk(self) -> str:
        return f"http://desk.localhost:{self.seen_port}"

    @property
    def mailroom(self) -> str:
        return f"http://mailroom.localhost:{self.seen_port}"

    @property
    def notifier(self) -> str:
        return f"http://wake.leanto.localhost:{self.notifier_port}"

    @property
    def origins(self) -> tuple[str, str, str]:
        return self.pocket, self.desk, self.mailroom

    def found(self, *, people: str) -> None:
        """Key, program, charter, and who is there from the beginning: an act of `desk_acts.py`."""
        ports = (str(self.port), str(self.seen_port), str(self.notifier_port))
        call = (self.folder, *ports, people)
        self.run("tests.harness.founding", *call, answers=founding.ANSWERS)

    def sign(self, act: str, asked: Path, signed: Path) -> str:
        """The key holder signs what the desk asks for, and says yes; gives what the tool said."""
        call = ("key", act, "--key", self.key, asked, "--out", signed)
        return self.leanto(*call, answers="\nyes\n")

    def leanto(self, *arguments: str | Path, answers: str = "") -> str:
        """Runs one `leanto` command to its end and gives what it printed."""
        return self.run("leanto", *arguments, answers=answers)

    def at_desk(self, act: str, *arguments: str | Path) -> list[str]:
        """One act of `desk_acts.py`, on the moved clock; gives the lines that it said."""
        return self.run("tests.harness.desk_acts", self.folder, act, *arguments).splitlines()

    def run(self, module: str, *arguments: str | Path, answers: str = "") -> str:
        done = finished(module, *arguments, answers=answers)
        assert done.returncode == 0, f"{done.args}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self) -> None:
        self.begin()
        self.wait_until_up()

    def begin(self) -> None:
        """Starts it and waits for nothing."""
        command = [sys.executable, "-m", self.module, str(self.folder)]
        command += ["notified"] if self.notified else []
        self.temporary.mkdir(exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=ENVIRONMENT | {"TMPDIR": str(self.temporary)},
                stdin=subprocess.PIPE,  # shuts with the test, however that ends
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_up(self) -> None:
        wait_until_up(self.mailroom_behind("/bulletin/head"), below=400)

    def kill(self) -> None:
        """As when the power goes."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ctrl-C; gives the exit code."""
        return self._end(signal.SIGINT)

    def kill_and_start(self) -> None:
        self.kill()
        self.start()

    def mailroom_behind(self, path: str) -> str:
        """The mailroom's own address, past whoever stands between."""
        return f"http://mailroom.localhost:{self.port}{path}"

    def ask_mailroom(self, method: str, path: str, body: bytes | None = None) -> Answer:
        octets = {"Content-Type": "application/octet-stream"}
        return request(method, self.mailroom_behind(path), body=body, headers=octets)

    def mailroom_on_disk(self) -> bytes:
        """Every byte of the mailroom's database and its log, as someone with the disk sees.

        At a server: every value that a query can be made to give.
        """
        if place := load(self.data).mailroom_database:
            return every_row(place)
        # The log before the database: what is moved meanwhile is seen twice rather than never.
        files = sorted((self.data / "mailroom").glob("mailroom.sqlite3*"), reverse=True)
        return b"".join(one.read_bytes() for one in files)

    def opened(self, room: str) -> "closing[sqlite3.Connection]":
        """A room's database as it is at this moment, to look into and not to touch."""
        config = load(self.data)
        if place := {"desk": config.desk_database, "mailroom": config.mailroom_database}.get(room):
            return closing(copied(place))
        database = self.data / room / f"{room}.sqlite3"
        return closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True))

    def every_file(self) -> Iterator[tuple[Path, bytes]]:
        """All that this program wrote anywhere, its output and temporary files included."""
        for path in sorted((*self.data.rglob("*"), self.log, *self.temporary.rglob("*"))):
            with suppress(FileNotFoundError):  # a file may go while one looks
                if path.is_file():
                    yield path, path.read_bytes()

    def written(self) -> set[str]:
        """What its watched process opened to write, until now."""
        return set((self.folder / WRITTEN).read_text().splitlines())

    def _end(self, how: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        process.send_signal(how)
        code = process.wait(timeout=20)
        if process.stdin:
            process.stdin.close()
        return code


def finished(
    module: str, *arguments: str | Path, answers: str = ""
) -> "subprocess.CompletedProcess[str]":
    """Runs one of our programs to its end, in a process of its own."""
    return _PREPARED.finished(
        module, [str(one) for one in arguments], answers=answers, root=ROOT, environment=ENVIRONMENT
    )


@contextmanager
def opened_house(folder: Path, *, settled: bool = False) -> Iterator[House]:
    """A program founded and serving, ended at the end; if `settled`, with silent peers."""
    with serving(House(folder), settled=settled) as house:
        yield house


@contextmanager
def serving(house: House, *, settled: bool = False) -> Iterator[House]:
    """Founds this program and serves it; at the end its servers must have had nothing to say."""
    house.found(people="settle" if settled else "agencies")
    try:
        house.start()
        yield house
        said = house.log.read_text("utf-8")
        assert said == "", said
    finally:
        house.kill()


def end_with_the_test() -> None:
    """A test that was killed leaves no server behind."""
    sys.stdin.read()
    os._exit(1)


def main(folder: Path, notified: str = "") -> None:
    from leanto.host.children import kept_running  # noqa: PLC0415 -- only in this process
    from leanto.host.opening import open_desk  # noqa: PLC0415 -- loads the desk, as above
    from leanto.host.serve import run  # noqa: PLC0415 -- as above

    threading.Thread(target=end_with_the_test, daemon=True).start()
    clock = FileClock(folder / CLOCK)
    notifier = [sys.executable, "-m", "tests.harness.notifying", str(folder)]
    with kept_running([notifier] if notified else []):
        run(open_desk(folder / "program", clock=clock), clock=clock)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
