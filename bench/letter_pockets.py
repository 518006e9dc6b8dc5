"""The load: senders that leave letters one after another, and pockets that listen.

A process of its own, on raw sockets, so that it costs less than what it measures.
`letter_pockets.py PORT SECONDS FORGET MAILBOX…` (read keys in hex) prints one line of JSON.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import cast

import uvloop

from bench.lines import Listener, masked
from leanto.wire.mailboxes import Post, address_of

SENDERS = 256
# Below the 512 that a mailbox takes, for runs in which nobody forgets.
LETTERS_PER_MAILBOX = 500
ENVELOPE_AT = 1 + 16 + 16 + 2
PUSHED_SIZE = ENVELOPE_AT + 4096
POST_HEAD = (
    b"POST /envelopes HTTP/1.1\r\nHost: mailroom.localhost\r\n"
    b"Content-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n" % Post.SIZE
)
NOISE = os.urandom(4096 - 8)


class Tally:
    """What was sent, accepted and delivered; letter `n` carries `n` in its first eight bytes."""

    def __init__(self, addresses: list[bytes], *, forgetting: bool) -> None:
        self.addresses = addresses
        self.forgetting = forgetting
        self.stop_at = 0.0
        self.sent_at: list[float] = []
        self.accepted = 0
        self.refused = 0
        self.delivered_after: dict[int, float] = {}

    def may_send(self) -> bool:
        limit = len(self.addresses) * LETTERS_PER_MAILBOX
        return time.perf_counter() < self.stop_at and (self.forgetting or len(self.sent_at) < limit)

    def next_letter(self) -> bytes:
        number = len(self.sent_at)
        address = self.addresses[number % len(self.addresses)]
        self.sent_at.append(time.perf_counter())
        return b"".join((POST_HEAD, b"\1", address, number.to_bytes(8), NOISE))

    def delivered(self, number: int) -> None:
        self.delivered_after.setdefault(number, time.perf_counter() - self.sent_at[number])


class Sender(asyncio.Protocol):
    """One letter outstanding at a time."""

    def __init__(self, tally: Tally, ended: Callable[[], None]) -> None:
        self._tally = tally
        self._ended = ended
        self._held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        self._held += data
        if b"\r\n\r\n" not in self._held:
            return
        if self._held.startswith(b"HTTP/1.1 201"):
            self._tally.accepted += 1
        else:
            self._tally.refused += 1
        self._held = b""
        self._next()

    def _next(self) -> None:
        if self._tally.may_send():
            self._transport.write(self._tally.next_letter())
        else:
            self._transport.close()
            self._ended()


class Pocket(Listener):
    """One listening line with one mailbox."""

    def __init__(self, tally: Tally, read_key: bytes, ready: Callable[[], None]) -> None:
        super().__init__(read_key)
        self._tally = tally
        self._ready: Callable[[], None] | None = ready
        self._address = address_of(read_key)

    def read_frames(self) -> None:
        at, held, ids = 0, self.held, []
        while len(held) - at >= 4:
            size = held[at + 1]
            start = at + 2
            if size == 126:
                size = int.from_bytes(held[at + 2 : at + 4])
                start = at + 4
            if len(held) < start + size:
                break
            if size == PUSHED_SIZE:
                envelope_at = start + ENVELOPE_AT
                self._tally.delivered(int.from_bytes(held[envelope_at : envelope_at + 8]))
                ids.append(bytes(held[start + 17 : start + 33]))
            elif self._ready is not None:
                self._ready()
                self._ready = None
            at = start + size
        del held[:at]
        if ids and self._tally.forgetting:
            frame = b"\2" + self._address + bytes([len(ids)]) + b"".join(ids)
            self.transport.write(masked(frame))


async def run(port: int, seconds: float, read_keys: list[bytes], *, forgetting: bool) -> Tally:
    """Opens every line, then sends for so long, then waits for the last delivery."""
    loop = asyncio.get_running_loop()
    tally = Tally([address_of(one) for one in read_keys], forgetting=forgetting)
    listening, sending = asyncio.Semaphore(0), asyncio.Semaphore(0)
    for read_key in read_keys:
        pocket = Pocket(tally, read_key, listening.release)
        await loop.create_connection(partial(_itself, pocket), "127.0.0.1", port)
    for _ in read_keys:
        await listening.acquire()
    tally.stop_at = time.perf_counter() + seconds
    for _ in range(SENDERS):
        await loop.create_connection(lambda: Sender(tally, sending.release), "127.0.0.1", port)
    for _ in range(SENDERS):
        await sending.acquire()
    deadline = time.perf_counter() + 5
    while len(tally.delivered_after) < tally.accepted and time.perf_counter() < deadline:  # noqa: ASYNC110 - an event for each letter would cost more
        await asyncio.sleep(0.01)
    return tally


def _itself(pocket: Pocket) -> Pocket:
    return pocket


def main(port: int, seconds: float, read_keys: list[bytes], *, forgetting: bool) -> None:
    started = time.perf_counter()
    tally = uvloop.run(run(port, seconds, read_keys, forgetting=forgetting))
    waits = sorted(tally.delivered_after.values())
    first, last = (
        tally.sent_at[0],
        max(tally.sent_at[number] + wait for number, wait in tally.delivered_after.items()),
    )
    found = {
        "delivered": len(waits),
        "per_second": len(waits) / (last - first),
        "p50_ms": waits[len(waits) // 2] * 1000,
        "p99_ms": waits[len(waits) * 99 // 100] * 1000,
        "lost": tally.accepted - len(waits),
        "refused": tally.refused,
        "seconds": time.perf_counter() - started,
        "client_cpu": time.process_time(),
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    port, seconds, forget, *keys = sys.argv[1:]
    main(int(port), float(seconds), [bytes.fromhex(one) for one in keys], forgetting=forget == "1")
