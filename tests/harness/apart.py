"""A program on five machines: a network namespace and a user for each room, and routes between
them as an agency, a union and the street would have them. Needs root, `ip`, `mount`, `setpriv`.

The desk is called at one address and calls from another, where nobody listens: so the mailroom can
answer it, and can find no way to its doors.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tests.harness.house import ENVIRONMENT, ROOT

STREET = "watch"  # where officers are, and the watch
NETWORKS = {"desk": 1, "mailroom": 2, "notifier": 3, "pocket": 4}
CALLS_FROM = "10.77.9.2"  # the desk, when it brings a bulletin
FIRST_USER = 61_001
TOOLS = ("ip", "mount", "setpriv", "unshare")


def cannot_be_made() -> str:
    """Why no machines can be made here; empty where they can."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    if lacking := [tool for tool in TOOLS if shutil.which(tool) is None]:
        return f"network namespaces need {', '.join(lacking)}"
    name = f"leanto-{os.getpid()}-try"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False)
    if made.returncode != 0:
        return "this machine lets nobody make network namespaces"
    subprocess.run(["ip", "netns", "del", name], check=True)
    return ""


def address(room: str) -> str:
    """Where this machine is reached by those who have a way to it."""
    return f"10.77.{NETWORKS[room]}.2"


@dataclass
class Machines:
    """`folder` holds a folder for each, which belongs to its own user and to nobody else."""

    folder: Path
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def data(self, room: str) -> Path:
        return self.folder / room / "program"

    def user(self, room: str) -> int:
        return FIRST_USER + [*NETWORKS, STREET].index(room)

    def space(self, room: str) -> str:
        return f"leanto-{os.getpid()}-{room}"

    def carry(self, made: Path) -> None:
        """What `leanto init --apart` made, each folder to its machine."""
        for room in (*NETWORKS, STREET):
            self.data(room).parent.mkdir(mode=0o755)
            shutil.move(made / room, self.data(room))
            self.give(room, self.data(room).parent)

    def give(self, room: str, path: Path) -> None:
        """It belongs to that room's user from now on."""
        for one in (path, *path.rglob("*")):
            os.chown(one, self.user(room), self.user(room))

    def run(self, room: str, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """A command on that machine, as its user, to its end."""
        return subprocess.run(
            self._on(room, [str(one) for one in command]),
            cwd=ROOT,
            env=self._environment(room),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def python(self, room: str, *arguments: str | Path) -> str:
        """A program of ours on that machine; gives what it said."""
        done = self.run(room, sys.executable, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def begin(self, room: str, *arguments: str) -> None:
        """The same, for as long as the machines are there; what it complains of is in
        `log`."""
        with self.log(room).open("ab") as log:
            begun = subprocess.Popen(
                self._on(room, [sys.executable, *arguments]),
                cwd=ROOT,
                env=self._environment(room),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        self._running.append(begun)

    def until(self, done: Callable[[], bool], *, within_seconds: float) -> None:
        """Waits for it, as long as all that was begun still runs."""
        deadline = time.monotonic() + within_seconds
        while not done():
            said = "".join(one.read_text() for one in self.folder.glob("*.log"))
            assert all(one.poll() is None for one in self._running), said
            assert time.monotonic() < deadline, said
            time.sleep(0.2)

    def log(self, room: str) -> Path:
        return self.folder / f"{room}.log"

    def end(self) -> None:
        for one in self._running:
            one.terminate()
        for one in self._running:
            one.wait(timeout=20)

    @contextmanager
    def standing_at(self, room: str) -> Iterator[None]:
        """What this thread asks in here, it asks from that machine."""
        with (
            Path("/proc/thread-self/ns/net").open("rb") as home,
            Path(f"/run/netns/{self.space(room)}").open("rb") as there,
        ):
            os.setns(there.fileno(), os.CLONE_NEWNET)
            try:
                yield
            finally:
                os.setns(home.fileno(), os.CLONE_NEWNET)

    def _environment(self, room: str) -> dict[str, str]:
        """Where it listens is said here: the file was written before there were machines."""
        return ENVIRONMENT | ({"LEANTO_HOST": address(room)} if room in NETWORKS else {})

    def _on(self, room: str, command: Sequence[str]) -> list[str]:
        user = str(self.user(room))
        alone = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
        script = " && ".join([*self._opened, 'exec "$@"'])
        inside = ["unshare", "--mount", "sh", "-c", script, "sh", *alone, *command]
        return ["ip", "netns", "exec", self.space(room), *inside]

    @cached_property
    def _opened(self) -> list[str]:
        """Python and this tree may lie in somebody's closed home. There, and for these processes
        alone, they stand in an empty one."""
        needed = {Path(sys.base_prefix).resolve(), ROOT.resolve()}
        hidden = {one: closed for one in needed if (closed := _closed_above(one))}
        steps = []
        for number, path in enumerate(sorted(hidden)):
            (self.folder / f"seen-{number}").mkdir()
            steps.append(f"mount --bind {path} {self.folder}/seen-{number}")
        steps += [f"mount -t tmpfs -o mode=755 none {one}" for one in sorted(set(hidden.values()))]
        for number, path in enumerate(sorted(hidden)):
            seen = self.folder / f"seen-{number}"
            steps.append(f"mkdir -p {path} && mount --bind {seen} {path}")
        return steps


@contextmanager
def machines(folder: Path) -> Iterator[Machines]:
    """They are there, with no way out of them, until this is left."""
    folder.chmod(0o755)
    made = Machines(folder)
    spaces = [made.space(room) for room in (*NETWORKS, STREET)]
    try:
        for space in spaces:
            _ip("netns", "add", space)
            _ip("-n", space, "link", "set", "lo", "up")
        _connect(made)
        yield made
    finally:
        made.end()
        for space in spaces:
            subprocess.run(["ip", "netns", "del", space], capture_output=True, check=False)


def _connect(made: Machines) -> None:
    street = made.space(STREET)
    for room, number in NETWORKS.items():
        space, near, far = made.space(room), f"10.77.{number}.1", f"10.77.{number}.2"
        _ip(
            "-n",
            street,
            "link",
            "add",
            f"to{number}",
            "type",
            "veth",
            "peer",
            "eth",
            "netns",
            space,
        )
        _ip("-n", street, "addr", "add", f"{near}/30", "dev", f"to{number}")
        _ip("-n", street, "link", "set", f"to{number}", "up")
        _ip("-n", space, "addr", "add", f"{far}/30", "dev", "eth")
        _ip("-n", space, "link", "set", "eth", "up")
    _ip("-n", made.space("desk"), "addr", "add", f"{CALLS_FROM}/32", "dev", "lo")
    _ip("-n", street, "route", "add", CALLS_FROM, "via", address("desk"))
    for room, other, more in (
        ("desk", address("mailroom"), ("src", CALLS_FROM)),
        ("mailroom", CALLS_FROM, ()),
        ("mailroom", address("notifier"), ()),
        ("notifier", address("mailroom"), ()),
    ):
        near = f"10.77.{NETWORKS[room]}.1"
        _ip("-n", made.space(room), "route", "add", other, "via", near, *more)
    forward = "echo 1 > /proc/sys/net/ipv4/ip_forward"
    _ip("netns", "exec", street, "sh", "-c", forward)


def _ip(*arguments: str) -> None:
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"ip {' '.join(arguments)}: {done.stderr}"


def _closed_above(path: Path) -> Path | None:
    """The highest folder above it that lets nobody but its owner through."""
    return next((one for one in reversed(path.parents) if not one.stat().st_mode & 0o001), None)
