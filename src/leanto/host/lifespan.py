"""Start and end of what is served: the mailroom's own where it runs, with work beside it."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine

from leanto.host.origins import App, Receive, Scope, Send


async def nothing_else(scope: Scope, receive: Receive, send: Send) -> None:
    """The lifespan of a host where no mailroom is: it starts, and it ends."""
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


def with_work(mailroom: App, work: Callable[[], Coroutine[None, None, None]]) -> App:
    """The mailroom's lifespan, with `work` running beside it from its start to its end."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        task = asyncio.create_task(work())
        try:
            await mailroom(scope, receive, send)
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    return app
