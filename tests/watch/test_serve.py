"""`leanto serve` as an operator starts it: its watch looks, and ends with it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.harness.house import ENVIRONMENT, ROOT, House
from tests.harness.rounds import in_soak_alone

LOOKS_WITHIN_SECONDS = 60


@in_soak_alone
def test_the_watch_is_started_started_again_and_ended_with_the_program(tmp_path: Path) -> None:
    """It looks, it tries the whole way, and killing it only starts it again."""
    house = House(tmp_path)
    house.found(people="settle")
    command = [sys.executable, "-m", "leanto", "serve", "--data", str(house.data)]
    serve = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT)
    try:
        first = waits_for(house)
        assert first["walk_seconds"] is not None
        (watch,) = watches(house)
        os.kill(watch, signal.SIGKILL)
        deadline = time.monotonic() + LOOKS_WITHIN_SECONDS
        while watches(house) in ([], [watch]):
            assert time.monotonic() < deadline
            time.sleep(0.5)
    finally:
        serve.send_signal(signal.SIGINT)
        assert serve.wait(30) == 0
    assert watches(house) == []


def waits_for(house: House) -> dict[str, object]:
    path = house.data / "watch" / "seen.json"
    deadline = time.monotonic() + LOOKS_WITHIN_SECONDS
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.5)
    seen: dict[str, object] = json.loads(path.read_text())
    return seen


def watches(house: House) -> list[int]:
    """The processes of this program's watch, by what they were started with."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            said = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"watch" in said and str(house.data).encode() in said:
            found.append(int(entry.parent.name))
    return found
