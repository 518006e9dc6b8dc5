"""Copies of databases from before a new version go on their day, also while the program serves."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from pathlib import Path

from leanto.databases.copies import forget_copies

EVERY_SECONDS = 3600
log = logging.getLogger("leanto.host")


def forgetting(
    databases: Callable[[], Iterable[Path]], *, every_seconds: float = EVERY_SECONDS
) -> Callable[[], Coroutine[None, None, None]]:
    """Every hour. At a start alone, a program that runs for months would keep them for months."""

    async def forever() -> None:
        while True:
            try:
                for path in databases():
                    forget_copies(path)
            except OSError as fault:  # the folder is not there just now; in an hour again
                log.error("forgetting old copies failed (%s)", type(fault).__name__)  # noqa: TRY400 -- no path in a log
            await asyncio.sleep(every_seconds)

    return forever
