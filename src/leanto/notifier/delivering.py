"""Delivering: what is due is tried, and tried again while it is young. At least once.

There is no state "sending": a wake lies there until its way has taken it, so a crash anywhere leads
to another try.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from leanto.doorway.knocks import log_fault
from leanto.notifier.config import Clock, NotifierConfig
from leanto.notifier.keys import EndpointKey
from leanto.notifier.store import Connection, Store
from leanto.notifier.ways.gateways import gateway, ntfy
from leanto.notifier.ways.post import mail_to
from leanto.notifier.ways.push import Push
from leanto.notifier.ways.reached import Reached
from leanto.notifier.words import WORDS
from leanto.wire.endpoints import Endpoint, Kind, Standing, What

LOOK_EVERY_SECONDS = 1
AT_MOST_BETWEEN_SECONDS = 60
GIVES_UP_ON_A_TRY_SECONDS = 60
AT_ONCE_BY_ONE_WAY = 8
DAY_SECONDS = 86_400
log = logging.getLogger("leanto.notifier")


class Deliverer:
    """Each way has threads of its own: a mail server that hangs holds up no push."""

    def __init__(
        self, *, config: NotifierConfig, clock: Clock, store: Store, key: EndpointKey, push: Push
    ) -> None:
        self._config = config
        self._clock = clock
        self._store = store
        self._key = key
        self._push = push
        self._under_way: dict[bytes, asyncio.Task[Reached]] = {}
        self._threads = {kind: ThreadPoolExecutor(AT_ONCE_BY_ONE_WAY) for kind in Kind}

    async def deliver_due(self) -> None:
        """Starts whatever is due, and looks again soon."""
        now = self._clock.seconds()
        for endpoint_id in await self._store.do(lambda connection: _due(connection, now)):
            self.try_now(endpoint_id)
        await asyncio.sleep(LOOK_EVERY_SECONDS)

    def try_now(self, endpoint_id: bytes, what: What = What.WAKE) -> asyncio.Task[Reached]:
        """One try at a time for each endpoint; who asks meanwhile waits for the same."""
        trying = self._under_way.get(endpoint_id)
        if trying is None:
            trying = asyncio.create_task(self._try(endpoint_id, what))
            self._under_way[endpoint_id] = trying
            trying.add_done_callback(partial(self._tried, endpoint_id))
        return trying

    async def close(self) -> None:
        for trying in tuple(self._under_way.values()):
            trying.cancel()
        for threads in self._threads.values():
            threads.shutdown(wait=False, cancel_futures=True)

    def _tried(self, endpoint_id: bytes, trying: asyncio.Task[Reached]) -> None:
        self._under_way.pop(endpoint_id, None)
        if not trying.cancelled() and (fault := trying.exception()) is not None:
            log_fault(log, fault, "a try")

    async def _try(self, endpoint_id: bytes, what: What) -> Reached:
        found = await self._store.do(lambda connection: _find(connection, endpoint_id))
        if found is None:
            return Reached.GONE
        sealed, wake_until_at = found
        # A ping that is taken has rung nobody: a wake that was asked for meanwhile stands.
        until_at = 0 if what is What.PING else wake_until_at
        endpoint = Endpoint.read(self._key.open(endpoint_id, sealed))
        try:
            async with asyncio.timeout(GIVES_UP_ON_A_TRY_SECONDS):
                reached = await self._reach(endpoint, what)
        except TimeoutError:
            reached = Reached.NOT_YET
        now = self._clock.seconds()
        await self._store.do(partial(_note, endpoint_id, reached, until_at, now))
        return reached

    async def _reach(self, endpoint: Endpoint, what: What) -> Reached:
        if endpoint.kind is Kind.PUSH:
            return await self._push.reach(endpoint, what, now_seconds=self._clock.seconds())
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads[endpoint.kind], self._way(endpoint))

    def _way(self, endpoint: Endpoint) -> Callable[[], Reached]:
        words, channels = WORDS[self._config.channels.language], self._config.channels
        files = {Kind.SMS: channels.sms_file, Kind.PHONE: channels.phone_file}
        file, mail = files.get(endpoint.kind), self._config.mail
        if endpoint.kind is Kind.EMAIL and mail is not None:
            return partial(mail_to, mail, words, endpoint.address)
        if endpoint.kind is Kind.NTFY and endpoint.address.rpartition("/")[0] in channels.ntfy:
            return partial(ntfy, endpoint.address, words)
        if file is not None:
            return partial(gateway, file, endpoint.address, words)
        return lambda: Reached.NOT_YET  # the operator no longer lists it


def _due(connection: Connection, now: int) -> list[bytes]:
    """Also what stands further ahead than it can have been put off: the clock was set back."""
    found = connection.execute(
        "SELECT endpoint_id FROM wake WHERE next_at <= ? OR next_at > ?",
        (now, now + AT_MOST_BETWEEN_SECONDS),
    )
    return [row[0] for row in found.fetchall()]


def _find(connection: Connection, endpoint_id: bytes) -> tuple[bytes, int] | None:
    row = connection.execute(
        """SELECT sealed, coalesce(until_at, 0) FROM endpoint LEFT JOIN wake ON endpoint_id = id
           WHERE id = ? AND state = ?""",
        (endpoint_id, Standing.WORKING),
    ).fetchone()
    return (row[0], row[1]) if row else None


def _note(
    endpoint_id: bytes, reached: Reached, until_at: int, now: int, connection: Connection
) -> None:
    wake = (endpoint_id, until_at)
    if reached is Reached.GONE:
        connection.execute(
            "UPDATE endpoint SET state = ?, sealed = x'' WHERE id = ?", (Standing.GONE, endpoint_id)
        )
        connection.execute("DELETE FROM wake WHERE endpoint_id = ?", (endpoint_id,))
    elif reached is Reached.TAKEN:
        connection.execute(
            "UPDATE endpoint SET delivered_day = ? WHERE id = ?", (now // DAY_SECONDS, endpoint_id)
        )
        # One that was asked for since is another: it is tried as well.
        connection.execute("DELETE FROM wake WHERE endpoint_id = ? AND until_at = ?", wake)
    elif now >= until_at:  # no longer young; the mailroom asks again for whoever still rings
        connection.execute("DELETE FROM wake WHERE endpoint_id = ? AND until_at <= ?", wake)
    else:
        connection.execute(
            """UPDATE wake SET tries = tries + 1, next_at = ? + min(?, 2 << tries)
               WHERE endpoint_id = ?""",
            (now, AT_MOST_BETWEEN_SECONDS, endpoint_id),
        )
