"""Max between a pocket and its program: passes everything on, but answers some paths himself."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.harness.net import LOOPBACK

LONGEST_HEAD_BYTES = 16_384


class Meddler:
    """Listens where browsers believe the program to be; `lies` says what he answers at a path."""

    def __init__(self, *, port: int, behind: int) -> None:
        self.lies: dict[str, bytes] = {}
        self._behind = behind
        self._socket = socket.create_server((LOOPBACK, port))
        threading.Thread(target=self._accept, daemon=True).start()

    def leaves(self) -> None:
        self._socket.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                asking, _ = self._socket.accept()
                threading.Thread(target=self._answer, args=(asking,), daemon=True).start()

    def _answer(self, asking: socket.socket) -> None:
        with asking, suppress(OSError):
            head, rest = _head(asking)
            path = head.split(b" ", 2)[1].decode("latin-1") if b" " in head else ""
            if path in self.lies and head.startswith(b"GET "):
                asking.sendall(_said(head, self.lies[path]))
                return
            with socket.create_connection((LOOPBACK, self._behind)) as true_one:
                true_one.sendall(_last_of_its_line(head) + rest)
                back = threading.Thread(target=_pour, args=(true_one, asking), daemon=True)
                back.start()
                _pour(asking, true_one)
                back.join()


@contextmanager
def meddling(*, port: int, behind: int) -> Iterator[Meddler]:
    """Max listens on `port` and passes on to the program on port `behind`."""
    max_ = Meddler(port=port, behind=behind)
    try:
        yield max_
    finally:
        max_.leaves()


def _head(asking: socket.socket) -> tuple[bytes, bytes]:
    got = b""
    while b"\r\n\r\n" not in got and len(got) < LONGEST_HEAD_BYTES:
        more = asking.recv(4096)
        if not more:
            break
        got += more
    head, _, rest = got.partition(b"\r\n\r\n")
    return head, rest


def _last_of_its_line(head: bytes) -> bytes:
    """One request for each connection, so that every path is seen; a WebSocket stays as it is."""
    lines = head.split(b"\r\n")
    if not any(line.lower().startswith(b"upgrade:") for line in lines):
        lines = [line for line in lines if not line.lower().startswith(b"connection:")]
        lines.append(b"Connection: close")
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _said(head: bytes, body: bytes) -> bytes:
    origin = next(
        (line[8:] for line in head.split(b"\r\n") if line.lower().startswith(b"origin: ")), b"*"
    )
    lines = (
        b"HTTP/1.1 200 OK",
        b"Content-Type: application/octet-stream",
        b"Access-Control-Allow-Origin: " + origin,
        b"Cross-Origin-Resource-Policy: cross-origin",
        b"Cache-Control: no-store",
        b"Content-Length: %d" % len(body),
        b"Connection: close",
    )
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def _pour(source: socket.socket, into: socket.socket) -> None:
    with suppress(OSError):
        while more := source.recv(65_536):
            into.sendall(more)
    with suppress(OSError):
        into.shutdown(socket.SHUT_WR)
