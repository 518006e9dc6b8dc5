"""One port, one origin per room: the host name of a request decides who answers it."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
type App = Callable[[Scope, Receive, Send], Awaitable[None]]

NOBODY_HERE = b"No room of Leanto answers to this name. Open the address that `leanto` printed.\n"


def by_host(rooms: Mapping[str, App], lifespan: App) -> App:
    """Which room answers `Host: name[:port]`? Exactly the one of that name, never a default.

    A default would let a request reach a room under a foreign origin: an unknown name is refused.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await lifespan(scope, receive, send)
            return
        room = rooms.get(_host_name(scope))
        if room is not None:
            await room(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await _refuse(send)

    return app


def without_lines(room: App) -> App:
    """A room that answers requests only: a WebSocket is shut before it opens."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await room(scope, receive, send)

    return app


def _host_name(scope: Scope) -> str:
    named = [value for name, value in scope["headers"] if name == b"host"]
    if len(named) != 1:  # of two, one room would believe the first and another the last
        return ""
    host: str = named[0].decode("latin-1").lower()
    return host.rsplit(":", 1)[0] if ":" in host else host


async def _refuse(send: Send) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(NOBODY_HERE)),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": NOBODY_HERE})
