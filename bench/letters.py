"""Durable letters delivered to a listening pocket, beside what the machine could do at best.

256 senders with one 4 KiB letter outstanding each, 128 listening pockets with a line each.
Every rate is of the same run; only ratios mean anything on another machine.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from leanto.mailroom.store.sqlite import connect, prepare
from leanto.wire.mailboxes import address_of
from tests.harness.net import free_port, wait_until_up

ROOT = Path(__file__).parents[1]
MAILBOXES = 128
ROUNDS = 3
SECONDS = 4.0
GROUP = 100
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """One run of one server."""

    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_us: float
    lost: int


def main() -> None:
    """Prints the table; fails for nothing but its own faults."""
    runs: dict[str, list[Measured]] = {name: [] for name in RUNS}
    bare: list[float] = []
    for _ in range(ROUNDS):
        bare.append(bare_loop())
        for name, (kind, forgetting) in RUNS.items():
            runs[name].append(measure(kind, forgetting=forgetting))
    middle = {name: median(found) for name, found in runs.items()}
    report(middle, statistics.median(bare), sync_ms())


RUNS = {
    "mailroom": ("mailroom", False),
    "mailroom, forgetting": ("mailroom", True),
    "same route, no store": ("no-store", False),
    "Django ORM view": ("django", False),
}


def bare_loop() -> float:
    """The machine's own limit: a loop that commits letters a hundred at a time, no more."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder) / "bare.sqlite")
        connection = connect(Path(folder) / "bare.sqlite")
        letters = 0
        started = time.perf_counter()
        while time.perf_counter() < started + SECONDS / 2:
            rows = [(os.urandom(16), os.urandom(16), 1, os.urandom(4096)) for _ in range(GROUP)]
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO envelope VALUES (?, ?, ?, ?)", rows)
            connection.execute("COMMIT")
            letters += GROUP
        per_second = letters / (time.perf_counter() - started)
        connection.close()
        return per_second


def sync_ms() -> float:
    """What the disk takes to promise 8 KiB, in the middle of a hundred times."""
    waits = []
    with tempfile.TemporaryFile() as file:
        for _ in range(100):
            os.write(file.fileno(), bytes(8192))
            started = time.perf_counter()
            os.fdatasync(file.fileno())
            waits.append(time.perf_counter() - started)
    return statistics.median(waits) * 1000


def measure(kind: str, *, forgetting: bool) -> Measured:
    """Starts a fresh server, loads it, and stops it."""
    read_keys = [os.urandom(32) for _ in range(MAILBOXES)]
    with tempfile.TemporaryDirectory() as folder:
        addresses = "\n".join(address_of(one).hex() for one in read_keys)
        (Path(folder) / "addresses").write_text(addresses)
        port = free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "bench.letter_servers", kind, folder, str(port)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": "src:."},
        )
        try:
            wait_until_up(f"http://mailroom.localhost:{port}/")
            before = cpu_seconds(server.pid)
            found = load(port, read_keys, forgetting=forgetting)
            cpu = cpu_seconds(server.pid) - before
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
    if found["refused"]:
        sys.exit(f"{kind} refused {found['refused']} letters.")
    return Measured(
        per_second=found["per_second"],
        p50_ms=found["p50_ms"],
        p99_ms=found["p99_ms"],
        cpu_us=cpu * 1_000_000 / found["delivered"],
        lost=int(found["lost"]),
    )


def load(port: int, read_keys: list[bytes], *, forgetting: bool) -> dict[str, float]:
    keys = [one.hex() for one in read_keys]
    command = [sys.executable, "-m", "bench.letter_pockets", str(port), str(SECONDS)]
    command += [str(int(forgetting)), *keys]
    outcome = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "src:."},
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
    )
    found: dict[str, float] = json.loads(outcome.stdout)
    return found


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND


def median(found: list[Measured]) -> Measured:
    return Measured(
        per_second=statistics.median(one.per_second for one in found),
        p50_ms=statistics.median(one.p50_ms for one in found),
        p99_ms=statistics.median(one.p99_ms for one in found),
        cpu_us=statistics.median(one.cpu_us for one in found),
        lost=sum(one.lost for one in found),
    )


def report(found: dict[str, Measured], bare: float, sync: float) -> None:
    say(f"Durable 4 KiB letters, delivered to a listening pocket ({ROUNDS} rounds, medians)\n")
    say(f"{'':24}{'letters/s':>10}{'p50 ms':>9}{'p99 ms':>9}{'CPU µs':>9}{'lost':>6}")
    for name, one in found.items():
        say(
            f"{name:24}{one.per_second:10,.0f}{one.p50_ms:9.1f}{one.p99_ms:9.1f}"
            f"{one.cpu_us:9.0f}{one.lost:6}"
        )
    say(f"{'bare SQLite loop':24}{bare:10,.0f}   (one fdatasync: {sync:.2f} ms)\n")
    ours = found["mailroom"].per_second
    goals = [
        ("same route, no store", found["same route, no store"].per_second, 0.5),
        ("Django ORM view", found["Django ORM view"].per_second, 10.0),
    ]
    for name, peer, goal in goals:
        say(f"mailroom / {name}: {ours / peer:.2f} (expected at least {goal})")
    say(f"mailroom / bare SQLite loop: {ours / bare:.2f}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
