"""The street between a browser and its program: one network address for each person, and a witness.

Browsers are told to go by this SOCKS proxy; it connects onward from an address of 127.66.x.y, so
that a server which writes addresses down writes down one that can be recognised. It hears what a
network hears, and reads every request on its way up: what a server was told must later be gone.
"""

import base64
import re
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from tests.harness.net import LOOPBACK, each_heard

NO_PASSWORD, DOMAIN, GRANTED, REFUSED = 0, 3, 0, 2
PATIENCE_SECONDS = 60
LENGTH = re.compile(rb"^content-length: *(\d+)", re.IGNORECASE | re.MULTILINE)
TOKEN = re.compile(rb'^authorization: *PrivateToken token="([^"]+)"', re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Sent:
    """One request as it went up."""

    method: str
    path: str
    head: bytes
    body: bytes

    def token(self) -> bytes | None:
        found = TOKEN.search(self.head)
        return None if found is None else base64.urlsafe_b64decode(found[1])


class Street:
    """One person's way to the program."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._up: list[bytearray] = []
        self._socket = socket.create_server((LOOPBACK, 0))
        each_heard(self._socket, self._carry)

    @property
    def proxy(self) -> dict[str, Any]:
        """For a browser's options."""
        return {"proxy": {"server": f"socks5://{LOOPBACK}:{self._socket.getsockname()[1]}"}}

    def sent(self) -> list[Sent]:
        """Every whole request so far."""
        return [one for up in self._up for one in _requests(bytes(up))]

    def went_up(self) -> bytes:
        """Every byte so far, frames of the listening line too (those are masked by the browser)."""
        return b"".join(bytes(up) for up in self._up)

    def ends(self) -> None:
        self._socket.close()

    def _carry(self, asking: socket.socket) -> None:
        with asking, suppress(OSError, struct.error):
            host, port = self._asked(asking)
            if not host.endswith(".localhost"):  # what a browser asks of its maker by itself
                asking.sendall(bytes([5, REFUSED, 0, 1, *bytes(6)]))
                return
            onward = socket.create_connection((LOOPBACK, port), source_address=(self.address, 0))
            with onward:
                asking.sendall(bytes([5, GRANTED, 0, 1, *bytes(6)]))
                back = threading.Thread(target=_pour, args=(onward, asking, None), daemon=True)
                back.start()
                up = bytearray()
                self._up.append(up)
                _pour(asking, onward, up)
                back.join(PATIENCE_SECONDS)

    def _asked(self, asking: socket.socket) -> tuple[str, int]:
        """Whom this connection is for (RFC 1928, without a password)."""
        _, methods = _take(asking, 2)
        _take(asking, methods)
        asking.sendall(bytes([5, NO_PASSWORD]))
        _, _, _, kind = _take(asking, 4)
        length = _take(asking, 1)[0] if kind == DOMAIN else 4 if kind == 1 else 16
        name = _take(asking, length)
        host = name.decode() if kind == DOMAIN else f"address {name.hex()}"
        return host, struct.unpack(">H", _take(asking, 2))[0]


@contextmanager
def street(address: str) -> Iterator[Street]:
    """A way to the program from this address of 127.0.0.0/8, all of which is ours on Linux."""
    way = Street(address)
    try:
        yield way
    finally:
        way.ends()


def _requests(up: bytes) -> Iterator[Sent]:
    while b"\r\n\r\n" in up:
        head, _, rest = up.partition(b"\r\n\r\n")
        found = LENGTH.search(head)
        length = int(found[1]) if found else 0
        if len(rest) < length:
            return
        method, target, *_ = head.split(b" ", 2)
        yield Sent(method.decode("latin-1"), target.decode("latin-1"), head, rest[:length])
        if b"\r\nUpgrade: " in head:  # frames follow, no requests
            return
        up = rest[length:]


def _take(source: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size:
        more = source.recv(size - len(got))
        if not more:
            raise ConnectionResetError
        got += more
    return got


def _pour(source: socket.socket, into: socket.socket, copy: bytearray | None) -> None:
    with suppress(OSError):
        while more := source.recv(65_536):
            if copy is not None:
                copy += more
            into.sendall(more)
    with suppress(OSError):
        into.shutdown(socket.SHUT_WR)
