"""A program in an emergency: a hundred people a second ask for a peer while 2,000 pockets listen.

Every request lives to its end: asked, rung, claimed, answered, fetched, closed. Server and clients
share this machine's cores. And what a silent line costs, with 8,000 of them.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bench.letters import ROOT, cpu_seconds, say
from leanto.wire.mailboxes import address_of
from tests.harness.mailroom import Mailroom, running_mailroom

PER_SECOND = 100
SECONDS = 300
PEERS = 150
LISTENING = 2_000
IDLE, IDLE_PROCESSES = 8_000, 4
ENVIRONMENT = {**os.environ, "PYTHONPATH": "src:."}


def main() -> None:
    """Prints what was measured beside the goals; fails for nothing but its own faults."""
    say(f"\nHelp requests, {PER_SECOND} a second for {SECONDS} s, {LISTENING:,} lines open\n")
    with tempfile.TemporaryDirectory() as folder, running_mailroom(Path(folder)) as mailroom:
        report(emergency(mailroom))
    with tempfile.TemporaryDirectory() as folder, running_mailroom(Path(folder)) as mailroom:
        each = idle_kib(mailroom)
    say(f"{IDLE:,} silent lines: {each:.1f} KiB of the mailroom's memory for each")


def emergency(mailroom: Mailroom) -> dict[str, Any]:
    """Asks, with everyone else's silent lines held beside."""
    read_keys = [os.urandom(32) for _ in range(PEERS)]
    mailroom.publish(*(address_of(one) for one in read_keys))
    with lines(mailroom, LISTENING - PEERS), tempfile.NamedTemporaryFile("w") as secrets:
        json.dump(_secrets(mailroom, read_keys), secrets)
        secrets.flush()
        began, used = time.perf_counter(), cpu_seconds(_pid(mailroom))
        call = ("asks", str(mailroom.port), str(SECONDS), str(PER_SECOND), secrets.name)
        outcome = subprocess.run(
            [sys.executable, "-m", "bench.request_pockets", *call],
            cwd=ROOT,
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            check=True,
            timeout=SECONDS * 3 + 60,
        )
        found: dict[str, Any] = json.loads(outcome.stdout)
        found["seconds"] = time.perf_counter() - began
        found["server_cpu"] = cpu_seconds(_pid(mailroom)) - used
    return found


def idle_kib(mailroom: Mailroom) -> float:
    """How much larger the mailroom is with 8,000 silent lines, for each of them."""
    before = _resident_kib(mailroom)
    with ExitStack() as held:
        for _ in range(IDLE_PROCESSES):
            held.enter_context(lines(mailroom, IDLE // IDLE_PROCESSES))
        return (_resident_kib(mailroom) - before) / IDLE


@contextmanager
def lines(mailroom: Mailroom, count: int) -> Iterator[None]:
    """So many silent lines in a process of their own, open until this ends."""
    call = ("idle", str(mailroom.port), str(count))
    with subprocess.Popen(
        [sys.executable, "-m", "bench.request_pockets", *call],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as pockets:
        if pockets.stdout is None or pockets.stdout.readline() != b"listening\n":
            sys.exit("The silent lines did not open.")
        yield
        pockets.communicate()


def report(found: dict[str, Any]) -> None:
    say(
        f"accepted {found['accepted']:,}, lost {found['lost']} (goal 0), refused {found['refused']}"
    )
    say(
        f"accepted after: p50 {found['accept_p50_ms']:.0f} ms, p99 {found['accept_p99_ms']:.0f} ms "
        f"(goal below 500), at worst {found['accept_max_ms']:.0f} ms"
    )
    say(f"a phone rings after: p99 {found['ring_p99_ms']:.0f} ms")
    each = found["server_cpu"] * 1000 / max(1, found["accepted"])
    busy = 100 * found["server_cpu"] / found["seconds"]
    say(f"mailroom: {each:.1f} ms of CPU for a whole request, {busy:.0f} % of one core")
    for one in found["example"]:
        say(f"refused, for example: {one}")


def _secrets(mailroom: Mailroom, read_keys: list[bytes]) -> dict[str, object]:
    key = mailroom.program.issuer_key
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return {
        "issuer_key": pem.decode(),
        "fingerprint": mailroom.program.fingerprint.hex(),
        "read_keys": [one.hex() for one in read_keys],
    }


def _resident_kib(mailroom: Mailroom) -> int:
    status = Path(f"/proc/{_pid(mailroom)}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def _pid(mailroom: Mailroom) -> int:
    return mailroom.pid or sys.exit("The mailroom is gone.")


if __name__ == "__main__":
    main()
