"""A limit on what anyone may send: Django would write any length to the disk before it looks."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from leanto.wire.problems import MEDIA_TYPE, PROBLEMS

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

LONGEST_BYTES = 1 << 20


def bounded(app: App) -> App:
    """The same application, which hangs up with 413 on a body of more than a megabyte."""

    async def answer(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            # Told that the sender has gone, Django drops what it had and answers nothing.
            return message if taken <= LONGEST_BYTES else {"type": "http.disconnect"}

        await app(scope, counted, send)
        if taken > LONGEST_BYTES:
            await _refuse(send)

    return answer


async def _refuse(send: Send) -> None:
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": PROBLEMS["wrong-size"].write()})
