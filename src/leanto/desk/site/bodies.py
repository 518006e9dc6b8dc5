"""Limits on what anyone may send: Django would write any length to the disk before it looks, and
wait for the end of it for ever.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from leanto.wire.problems import MEDIA_TYPE, PROBLEMS

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

LONGEST_BYTES = 1 << 20
ARRIVES_WITHIN_SECONDS = 10


def bounded(app: App) -> App:
    """The same application, which hangs up on a body of more than a megabyte or ten seconds."""

    async def answer(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        body = _Body(receive)
        await app(scope, body.receive, send)
        if body.refused:
            await _refuse(send, body.refused)

    return answer


class _Body:
    """What comes in, counted and timed until it is whole; `refused` is the problem's name."""

    def __init__(self, receive: Receive) -> None:
        self.refused = ""
        self._receive = receive
        self._taken, self._whole = 0, False
        self._until = asyncio.get_running_loop().time() + ARRIVES_WITHIN_SECONDS

    async def receive(self) -> Message:
        if self._whole:  # Django goes on listening for the sender's leaving
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            return self._hung_up("too-slow")
        self._taken += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        return message if self._taken <= LONGEST_BYTES else self._hung_up("wrong-size")

    def _hung_up(self, problem: str) -> Message:
        # Told that the sender has gone, Django drops what it had and answers nothing.
        self.refused = problem
        return {"type": "http.disconnect"}


async def _refuse(send: Send, problem: str) -> None:
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    status = PROBLEMS[problem].status
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": PROBLEMS[problem].write()})
