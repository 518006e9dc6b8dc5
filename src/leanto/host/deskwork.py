"""What the desk does by itself: bulletins go out, and coordinators are told what the rota lacks."""

import asyncio
import logging
from collections.abc import Callable, Coroutine

from leanto.host.clock import Clock, moment
from leanto.host.readiness import Pulse

PUBLISH_EVERY_SECONDS = 60
PUSH_AGAIN_SECONDS = 2
LOOK_SECONDS = 1
log = logging.getLogger("leanto.host")

type Work = Callable[[], Coroutine[None, None, None]]


def publishing(clock: Clock, pulse: Pulse) -> Work:
    """Every minute: a new day or a change at the desk becomes a bulletin, what waits is sent.

    `pulse` says to whoever asks that this is done, and whether the mailroom takes what is sent.
    """

    def once() -> bool:
        from leanto.desk.bulletin.actions import (  # noqa: PLC0415 -- see opening.py
            publish_if_due,
            push_pending,
        )

        _fresh_connections()
        publish_if_due(now=moment(clock))
        return push_pending()

    async def forever() -> None:
        while True:
            waits = True
            try:
                waits = await asyncio.to_thread(once)
                pulse.beat(waits=waits)
            except Exception as fault:  # noqa: BLE001 -- the desk keeps serving, its page tells
                _failed("publishing", fault)
            await asyncio.sleep(PUSH_AGAIN_SECONDS if waits else PUBLISH_EVERY_SECONDS)

    return forever


def telling(clock: Clock) -> Work:
    """In every new minute of the program's clock: coordinators are told what is new to them."""

    def once() -> None:
        from leanto.desk.cover.telling import tell  # noqa: PLC0415 -- see opening.py

        _fresh_connections()
        tell(now=moment(clock))

    async def forever() -> None:
        minute = None
        while True:
            this_minute = int(moment(clock).timestamp()) // 60
            if this_minute != minute:
                minute = this_minute
                try:
                    await asyncio.to_thread(once)
                except Exception as fault:  # noqa: BLE001 -- the pages tell; next minute again
                    _failed("telling coordinators", fault)
            await asyncio.sleep(LOOK_SECONDS)

    return forever


def _fresh_connections() -> None:
    from django.db import close_old_connections  # noqa: PLC0415 -- see opening.py

    close_old_connections()


def _failed(what: str, fault: Exception) -> None:
    # The kind alone: a traceback could carry what a peer or a coordinator wrote.
    log.error("%s failed (%s); it is tried again", what, type(fault).__name__)
