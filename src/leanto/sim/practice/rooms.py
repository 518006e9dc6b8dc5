"""How the practice peer reaches the rooms: the public routes, on this computer only."""

import http.client
import socket
from urllib.parse import urlsplit

from websockets.sync.client import ClientConnection, connect

TIMEOUT_SECONDS = 10.0


class NotForRealUse(Exception):
    """The practice peer was pointed at something that is not this computer."""


class RoomRefused(Exception):
    """A room answered no."""

    def __init__(self, status: int) -> None:
        super().__init__(f"refused with status {status}")
        self.status = status


def only_here(origin: str) -> None:
    """Raise unless the origin is this very computer: nobody may meet a program believing it Ben."""
    name = urlsplit(origin).hostname or ""
    if name != "localhost" and not name.endswith(".localhost"):
        raise NotForRealUse(
            f"The practice peer is a program and works on this computer only, not at {origin}. "
            "A real program needs real peers."
        )


def post(origin: str, path: str, body: bytes) -> bytes:
    """POST these bytes and give what comes back. Raises RoomRefused or OSError."""
    only_here(origin)
    parts = urlsplit(origin)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=TIMEOUT_SECONDS)
    try:
        headers = {"Host": parts.netloc, "Content-Type": "application/octet-stream"}
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    if answer.status >= http.client.BAD_REQUEST:
        raise RoomRefused(answer.status)
    return content


def listen(mailroom: str) -> ClientConnection:
    """Open the listening line of this mailroom."""
    only_here(mailroom)
    parts = urlsplit(mailroom)
    reached = socket.create_connection(("127.0.0.1", parts.port or 80), TIMEOUT_SECONDS)
    return connect(f"ws://{parts.netloc}/listen", sock=reached, max_size=65_536, compression=None)
