"""How the practice peer reaches the rooms: the public routes, on this computer only."""

import http.client
from urllib.parse import urlsplit

from websockets.sync.client import ClientConnection

from leanto.sim.pocket import rooms


class NotForRealUse(Exception):
    """The practice peer was pointed at something that is not this computer."""


class RoomRefused(Exception):
    """A room answered no."""

    def __init__(self, status: int) -> None:
        super().__init__(f"refused with status {status}")
        self.status = status


def only_here(origin: str) -> None:
    """Raise unless the origin is this very computer: nobody may meet a program believing it Ben."""
    if not rooms.is_own_computer(urlsplit(origin).hostname or ""):
        raise NotForRealUse(
            f"The practice peer is a program and works on this computer only, not at {origin}. "
            "A real program needs real peers."
        )


def post(origin: str, path: str, body: bytes) -> bytes:
    """POST these bytes and give what comes back. Raises RoomRefused or OSError."""
    only_here(origin)
    answer = rooms.ask("POST", origin, path, body)
    if answer.status >= http.client.BAD_REQUEST:
        raise RoomRefused(answer.status)
    return answer.body


def listen(mailroom: str) -> ClientConnection:
    """Open the listening line of this mailroom."""
    only_here(mailroom)
    return rooms.open_line(mailroom)
