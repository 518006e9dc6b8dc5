"""The load on a program in an emergency: people who ask for a peer, and pockets that listen.

Processes of their own, on raw sockets, so that they cost less than what they measure.
`request_pockets.py idle PORT COUNT` holds so many silent lines until its input ends.
`request_pockets.py asks PORT SECONDS PER_SECOND SECRETS` lives whole requests: asked, rung,
claimed, answered, fetched, closed; and prints one line of JSON. SECRETS is a file
that `bench.requests` wrote.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

import uvloop
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from bench.lines import Listener
from leanto.wire.listening import Ring, read_from_mailroom
from leanto.wire.mailboxes import Fetched, ReadKeyBody, address_of
from leanto.wire.requests import Act, ActBody, Answer, Ask, Claim, Slot, Urgency, Wish
from tests.harness.program import Program

CONNECTIONS = 48
PATIENCE_SECONDS = 30
PING, PONG = 0x89, 0x8A
RING_KIND = Ring(bytes(16), bytes(16), Urgency.NOW).write()[0]
HEAD = (
    "POST {} HTTP/1.1\r\nHost: mailroom.localhost\r\nContent-Type: application/octet-stream\r\n"
    "{}Content-Length: {}\r\n\r\n"
)


class Refused(Exception):
    """The mailroom said something else than was hoped for."""


class Line(Listener):
    """One listening pocket; a ring is told, everything else is let go."""

    def __init__(
        self, read_key: bytes, ready: Callable[[], None], rung: Callable[[Ring], None]
    ) -> None:
        super().__init__(read_key)
        self._ready: Callable[[], None] | None = ready
        self._rung = rung

    def read_frames(self) -> None:
        while len(self.held) >= 2 and len(self.held) >= 2 + self.held[1]:
            kind, size = self.held[0], self.held[1]  # none of these is longer than 125
            frame = bytes(self.held[2 : 2 + size])
            del self.held[: 2 + size]
            if kind == PING:
                self.transport.write(bytes([PONG, 0x80 | size, 0, 0, 0, 0]) + frame)
            else:
                self._hear(frame)

    def _hear(self, frame: bytes) -> None:
        if self._ready is not None:
            self._ready()
            self._ready = None
        elif frame[0] == RING_KIND:
            self._rung(cast("Ring", read_from_mailroom(frame)))


class Connections:
    """A few connections that are kept; each carries one request at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = (
            asyncio.Queue()
        )

    async def open(self) -> None:
        for _ in range(CONNECTIONS):
            self._free.put_nowait(await asyncio.open_connection("127.0.0.1", self._port))

    async def post(self, path: str, body: bytes, *, hope: int, token: str = "") -> bytes:
        reader, writer = await self._free.get()
        more = f"Authorization: {token}\r\n" if token else ""
        writer.write(HEAD.format(path, more, len(body)).encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length:")[2].split("\r\n")[0] or 0)
        said = await reader.readexactly(length)
        self._free.put_nowait((reader, writer))
        if int(head.split()[1]) != hope:
            raise Refused(path, head.split()[1], said)
        return said


class Asking:
    """Everyone who asks, and the peers who answer them."""

    def __init__(self, port: int, passes: Callable[[], str], read_keys: list[bytes]) -> None:
        self._port, self._pass = port, passes
        self._keys = {address_of(one): one for one in read_keys}
        self._addresses = list(self._keys)
        self._rooms = Connections(port)
        self._first_ring: dict[bytes, asyncio.Future[Ring]] = {}
        self.accepted_after: list[float] = []
        self.rung_after: list[float] = []
        self.refused: list[str] = []
        self.lost = 0

    async def run(self, seconds: float, per_second: float) -> None:
        await self._rooms.open()
        await open_lines(self._port, list(self._keys.values()), self._rung)
        began = time.perf_counter()
        async with asyncio.TaskGroup() as people:
            for number in range(int(seconds * per_second)):
                due = began + number / per_second
                await asyncio.sleep(max(0, due - time.perf_counter()))
                people.create_task(self._live(due))

    async def _live(self, due: float) -> None:
        """One whole request. What was accepted and did not reach its end is lost."""
        try:
            accepted = await self._ask(due)
        except Refused as refusal:
            self.refused.append(str(refusal))
            return
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await accepted
        except (Refused, TimeoutError) as fault:
            self.lost += 1
            self.refused.append(repr(fault))

    async def _ask(self, due: float) -> "asyncio.Task[None]":
        """Since `due`, not since it was sent: whoever waits for a connection waits, too."""
        read_key, request_id = os.urandom(32), os.urandom(16)
        start = int.from_bytes(request_id[:2])
        peers = [self._addresses[(start + at) % len(self._addresses)] for at in range(12)]
        body = Ask(
            request_id=request_id,
            reply_address=address_of(read_key),
            wish=Wish.FIRST_AVAILABLE,
            urgency=Urgency.NOW,
            slots=tuple(Slot(one, os.urandom(4096)) for one in peers),
        ).write()
        rung = self._first_ring[request_id] = asyncio.get_running_loop().create_future()
        await self._rooms.post("/requests", body, hope=201, token=self._pass())
        self.accepted_after.append(time.perf_counter() - due)
        return asyncio.create_task(self._to_the_end(due, read_key, request_id, rung))

    async def _to_the_end(
        self, due: float, read_key: bytes, request_id: bytes, rung: "asyncio.Future[Ring]"
    ) -> None:
        ring, words = await rung, os.urandom(4096)
        self.rung_after.append(time.perf_counter() - due)
        duty_key, post = self._keys[ring.duty_address], self._rooms.post
        claim = Claim(request_id=request_id, read_key=duty_key, talk_address=os.urandom(16))
        await post("/requests/claim", claim.write(), hope=200)
        answer = Answer(request_id=request_id, read_key=duty_key, envelope=words)
        await post("/requests/answer", answer.write(), hope=201)
        fetched = await post("/envelopes/fetch", ReadKeyBody(read_key).write(), hope=200)
        if [one.envelope for one in Fetched.read(fetched).envelopes] != [words]:
            raise Refused("the answer is not there")
        close = ActBody(request_id=request_id, read_key=read_key, act=Act.CLOSE)
        await post("/requests/act", close.write(), hope=204)
        await post("/mailboxes/close", ReadKeyBody(read_key).write(), hope=204)
        del self._first_ring[request_id]

    def _rung(self, ring: Ring) -> None:
        waiting = self._first_ring.get(ring.request_id)
        if waiting is not None and not waiting.done():
            waiting.set_result(ring)


async def open_lines(port: int, read_keys: list[bytes], rung: Callable[[Ring], None]) -> None:
    """Returns when the mailroom has said of each that it listens."""
    loop, listening = asyncio.get_running_loop(), asyncio.Semaphore(0)
    for read_key in read_keys:
        line = Line(read_key, listening.release, rung)
        await loop.create_connection(lambda line=line: line, "127.0.0.1", port)  # type: ignore[misc]  # mypy knows no default of a lambda
    for _ in read_keys:
        await listening.acquire()


async def idle(port: int, count: int) -> None:
    await open_lines(port, [os.urandom(32) for _ in range(count)], lambda _: None)
    sys.stdout.write("listening\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)


async def asks(port: int, seconds: float, per_second: float, held: dict[str, Any]) -> None:
    key = load_pem_private_key(held["issuer_key"].encode(), password=None)
    program = Program(today=0, issuer_key=cast("RSAPrivateKey", key))
    passes = partial(program.token_header, program_id=bytes.fromhex(held["fingerprint"]))
    asking = Asking(port, passes, [bytes.fromhex(one) for one in held["read_keys"]])
    await asking.run(seconds, per_second)
    accepted, rung = sorted(asking.accepted_after), sorted(asking.rung_after)
    found = {
        "accepted": len(accepted),
        "lost": asking.lost,
        "refused": len(asking.refused),
        "example": asking.refused[:1],
        "accept_p50_ms": accepted[len(accepted) // 2] * 1000,
        "accept_p99_ms": accepted[len(accepted) * 99 // 100] * 1000,
        "accept_max_ms": accepted[-1] * 1000,
        "ring_p99_ms": rung[len(rung) * 99 // 100] * 1000,
        "client_cpu": time.process_time(),
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    kind, port, *more = sys.argv[1:]
    if kind == "idle":
        uvloop.run(idle(int(port), int(more[0])))
    else:
        uvloop.run(
            asks(int(port), float(more[0]), float(more[1]), json.loads(Path(more[2]).read_text()))
        )
