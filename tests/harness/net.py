"""The one way Python tests and tools reach a server: 127.0.0.1, with the Host header of the room.

Browsers resolve `*.localhost` by themselves; Python asks the system, which may not know it.
"""

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from websockets.sync.client import ClientConnection
from websockets.sync.client import connect as connect_websocket

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    """What a server said; header names are lower case, a header sent twice keeps its last value."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def request(
    method: str,
    url: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    timeout_seconds: float = 10,
) -> Answer:
    """Sends one request to the port named in `url` on this machine, as its host name."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(LOOPBACK, port_of(url), timeout=timeout_seconds)
    try:
        target = (address.path or "/") + (f"?{address.query}" if address.query else "")
        connection.request(method, target, body, {"Host": address.netloc, **(headers or {})})
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, named, answer.read())
    finally:
        connection.close()


def websocket(url: str, *, timeout_seconds: float = 10, **options: Any) -> ClientConnection:
    """Opens a WebSocket (`ws://room.localhost:port/path`) over loopback; use it in a `with`."""
    reached = socket.create_connection((LOOPBACK, port_of(url)), timeout_seconds)
    connection: ClientConnection = connect_websocket(
        url, sock=reached, open_timeout=timeout_seconds, **options
    )
    return connection


def each_heard(at: socket.socket, hear: Callable[[socket.socket], None]) -> None:
    """Whoever comes to this socket is heard in a thread of their own, until it is shut."""

    def accept() -> None:
        with suppress(OSError):
            while True:
                asking, _ = at.accept()
                threading.Thread(target=hear, args=(asking,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


def port_of(url: str) -> int:
    return urlsplit(url).port or 80


def free_port() -> int:
    """A port nobody listens on now; start the server at once."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_up(url: str, *, timeout_seconds: float = 20, below: int = 500) -> None:
    """Returns once the server answers with a status below that: 400 waits for good news."""
    deadline = time.monotonic() + timeout_seconds
    while time.monotonic() < deadline:
        try:
            if request("GET", url).status < below:
                return
        except (OSError, http.client.HTTPException):  # not there, or gone in mid-sentence
            pass
        time.sleep(0.02)
    raise TimeoutError(f"{url} did not come up within {timeout_seconds} seconds")


def wait_until_gone(url: str, *, timeout_seconds: float = 20) -> None:
    """Returns once nobody answers there any more."""
    deadline = time.monotonic() + timeout_seconds
    while time.monotonic() < deadline:
        try:
            request("GET", url)
        except (OSError, http.client.HTTPException):
            return
        time.sleep(0.02)
    raise TimeoutError(f"{url} still answers after {timeout_seconds} seconds")
