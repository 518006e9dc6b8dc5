"""Max between a pocket and its program: passes everything on, but answers some paths himself.

He reads what is posted, as whoever runs a room does; from a browser's side he *is* that room.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from tests.harness.house import House, serving
from tests.harness.net import LOOPBACK, each_heard, free_port
from tests.harness.officer import code_on

LONGEST_HEAD_BYTES = 16_384


class Said(NamedTuple):
    """What he answers in a room's place."""

    status: int
    body: bytes = b""


class Meddler:
    """Listens where browsers believe the program to be.

    `lies`: what he answers to a GET, by path. `answers`: what he says to a POST's body, or None to
    pass it on. `read`: every path posted to, with its body.
    """

    def __init__(self, *, port: int, behind: int) -> None:
        self.lies: dict[str, bytes] = {}
        self.answers: dict[str, Callable[[bytes], Said | None]] = {}
        self.read: list[tuple[str, bytes]] = []
        self._behind = behind
        self._socket = socket.create_server((LOOPBACK, port))
        each_heard(self._socket, self._answer)

    def leaves(self) -> None:
        self._socket.close()

    def is_honest(self) -> None:
        """From now on he only passes on."""
        self.lies.clear()
        self.answers.clear()
        self.read.clear()

    def read_at(self, path: str) -> list[bytes]:
        return [body for where, body in self.read if where == path]

    def _answer(self, asking: socket.socket) -> None:
        with asking, suppress(OSError):
            head, rest = _head(asking)
            path = head.split(b" ", 2)[1].decode("latin-1") if b" " in head else ""
            rest = _body(asking, head, rest)
            if (said := self._own(head, path, rest)) is not None:
                asking.sendall(_said(head, said))
                return
            with socket.create_connection((LOOPBACK, self._behind)) as true_one:
                true_one.sendall(_last_of_its_line(head) + rest)
                back = threading.Thread(target=_pour, args=(true_one, asking), daemon=True)
                back.start()
                _pour(asking, true_one)
                back.join()

    def _own(self, head: bytes, path: str, body: bytes) -> Said | None:
        if head.startswith(b"GET ") and path in self.lies:
            return Said(200, self.lies[path])
        if not head.startswith(b"POST "):
            return None
        self.read.append((path, body))
        return self.answers[path](body) if path in self.answers else None


@contextmanager
def meddling(*, port: int, behind: int) -> Iterator[Meddler]:
    """Max listens on `port` and passes on to the program on port `behind`."""
    max_ = Meddler(port=port, behind=behind)
    try:
        yield max_
    finally:
        max_.leaves()


class Between(NamedTuple):
    """A settled program, Max on the line to it, and cards as people type them."""

    house: House
    max: Meddler
    cards: Iterator[str]


@contextmanager
def between(folder: Path, *, cards: int) -> Iterator[Between]:
    """Founds and serves it; browsers are told Max's port."""
    house = House(folder, seen_port=free_port())
    with meddling(port=house.seen_port, behind=house.port) as max_, serving(house, settled=True):
        links = house.at_desk("cards", str(cards))
        yield Between(house, max_, map(code_on, links))


def _head(asking: socket.socket) -> tuple[bytes, bytes]:
    got = b""
    while b"\r\n\r\n" not in got and len(got) < LONGEST_HEAD_BYTES:
        more = asking.recv(4096)
        if not more:
            break
        got += more
    head, _, rest = got.partition(b"\r\n\r\n")
    return head, rest


def _body(asking: socket.socket, head: bytes, begun: bytes) -> bytes:
    """All of it where its length is said; a browser always says it."""
    lines = head.lower().split(b"\r\n")
    wanted = next((int(one[15:]) for one in lines if one.startswith(b"content-length:")), 0)
    while len(begun) < wanted and (more := asking.recv(65_536)):
        begun += more
    return begun


def _last_of_its_line(head: bytes) -> bytes:
    """One request for each connection, so that every path is seen; a WebSocket stays as it is."""
    lines = head.split(b"\r\n")
    if not any(line.lower().startswith(b"upgrade:") for line in lines):
        lines = [line for line in lines if not line.lower().startswith(b"connection:")]
        lines.append(b"Connection: close")
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _said(head: bytes, said: Said) -> bytes:
    origin = next(
        (line[8:] for line in head.split(b"\r\n") if line.lower().startswith(b"origin: ")), b"*"
    )
    lines = (
        b"HTTP/1.1 %d Said" % said.status,
        b"Content-Type: application/octet-stream",
        b"Access-Control-Allow-Origin: " + origin,
        b"Cross-Origin-Resource-Policy: cross-origin",
        b"Cache-Control: no-store",
        b"Content-Length: %d" % len(said.body),
        b"Connection: close",
    )
    return b"\r\n".join(lines) + b"\r\n\r\n" + said.body


def _pour(source: socket.socket, into: socket.socket) -> None:
    with suppress(OSError):
        while more := source.recv(65_536):
            into.sendall(more)
    with suppress(OSError):
        into.shutdown(socket.SHUT_WR)
