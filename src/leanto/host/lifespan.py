"""Start and end of a program: the mailroom's own, with the desk's daily bulletin beside it."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine

from leanto.host.origins import App, Receive, Scope, Send


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
