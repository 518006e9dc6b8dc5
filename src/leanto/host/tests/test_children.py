"""What runs beside a serving program runs again when it died, and never without it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from leanto.host.children import kept_running

CHILD = """
import os, sys
from leanto.host.children import end_with_parent
end_with_parent()
with open(sys.argv[1], "a") as pids:
    print(os.getpid(), file=pids)
while True:
    import time; time.sleep(1)
"""
PARENT = """
import sys, time
from leanto.host.children import kept_running
with kept_running([[sys.executable, "-c", sys.argv[1], sys.argv[2]]]):
    time.sleep(60)
"""


def pids(file: Path, *, count: int) -> list[int]:
    """Of all that ever began, once there are so many."""
    deadline = time.monotonic() + 10
    while not file.exists() or len(file.read_text().split()) < count:
        assert time.monotonic() < deadline, "it did not begin"
        time.sleep(0.02)
    return [int(one) for one in file.read_text().split()]


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1][:3]


def ends(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while runs(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_it_begins_again_when_it_died_and_ends_with_us(tmp_path: Path) -> None:
    """A crash of the notifier is a second without it, and nobody has to be there."""
    file = tmp_path / "pids"
    with kept_running([[sys.executable, "-c", CHILD, str(file)]]):
        (first,) = pids(file, count=1)
        os.kill(first, signal.SIGKILL)
        second = pids(file, count=2)[1]
        assert runs(second)
    assert ends(second)


def test_it_ends_too_where_its_parent_was_killed(tmp_path: Path) -> None:
    """Else an old one would keep the port from the next."""
    file = tmp_path / "pids"
    with subprocess.Popen([sys.executable, "-c", PARENT, CHILD, str(file)]) as parent:  # noqa: S603 -- our own
        (child,) = pids(file, count=1)
        parent.kill()
    assert ends(child)
