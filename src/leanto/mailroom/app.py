"""The mailroom as an ASGI application: its doors, its one line, its chores."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from zoneinfo import ZoneInfo

from leanto.doorway.answers import Answers, Outcome
from leanto.doorway.bodies import Question, Receive, header, let_in, read_body
from leanto.doorway.knocks import Scope, Send, answer_knock, for_ever, log_fault
from leanto.mailroom.beside import EVERY_SECONDS as BESIDE_EVERY_SECONDS
from leanto.mailroom.beside import look_beside
from leanto.mailroom.bulletin import read_board
from leanto.mailroom.config import Clock, MailroomConfig
from leanto.mailroom.drilling import DRILL_SEED_SIZE, drill_due
from leanto.mailroom.drilling import LOOK_EVERY_SECONDS as DRILLS_EVERY_SECONDS
from leanto.mailroom.drillwaking import DrillWaker
from leanto.mailroom.letters import Letters
from leanto.mailroom.lines import Lines
from leanto.mailroom.listening import listen
from leanto.mailroom.notified import Notifier
from leanto.mailroom.receipts import ReceiptKey
from leanto.mailroom.ringing import ring_due, wait_for_due
from leanto.mailroom.room import Pulse, Room
from leanto.mailroom.routes import AT_FIRST_SIGHT, LISTEN, ROUTES, Access, Route
from leanto.mailroom.store.opening import open_store
from leanto.mailroom.sweeping import EVERY_SECONDS, Sweeper
from leanto.mailroom.waking import KEPT_EVERY_SECONDS, Waker

type App = Callable[[Scope, Receive, Send], Awaitable[None]]

INTERNAL_ERROR = 1011
NOT_HERE = 1008
log = logging.getLogger("leanto.mailroom")


def create_app(
    *, config: MailroomConfig, clock: Clock, random_bytes: Callable[[int], bytes] = os.urandom
) -> App:
    """The mailroom for these files, this clock and this chance; it opens with the ASGI lifespan."""
    answers = Answers(config.pocket_origin)
    rooms: list[Room] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await _answer(rooms[0], answers, scope, receive, send)
        elif scope["type"] == "websocket":
            await _listen(rooms[0], config.pocket_origin, scope, receive, send)
        else:
            await receive()
            async with open_room(config, clock, random_bytes) as room:
                rooms.append(room)
                await send({"type": "lifespan.startup.complete"})
                await receive()
                rooms.clear()
            await send({"type": "lifespan.shutdown.complete"})

    return app


@asynccontextmanager
async def open_room(
    config: MailroomConfig, clock: Clock, random_bytes: Callable[[int], bytes]
) -> AsyncIterator[Room]:
    """Opens the database, reads the board, and keeps ringing and sweeping until closed."""
    due_now = asyncio.Event()
    store = open_store(config.database)
    room = Room(
        fingerprint=config.fingerprint,
        clock=clock,
        random_bytes=random_bytes,
        store=store,
        receipts=ReceiptKey(config.receipt_key),
        board=await store.read(read_board),
        letters=Letters(),
        lines=Lines(),
        due_now=due_now.set,
        pulse=Pulse(clock.seconds()),
        zone=ZoneInfo(config.zone),
        adaptive=config.adaptive,
        waker=Waker(Notifier(config.notifier)) if config.notifier else None,
    )
    sweeper, rung = Sweeper(), asyncio.Event()

    async def ring() -> None:
        await ring_due(room)
        room.pulse.seconds = room.now_seconds()
        rung.set()
        await wait_for_due(due_now)

    drill_seed, drill_waker = random_bytes(DRILL_SEED_SIZE), DrillWaker()

    async def drill() -> None:
        await drill_due(room, drill_seed)
        await drill_waker.wake_drilled(room)
        await asyncio.sleep(DRILLS_EVERY_SECONDS)

    async def wake() -> None:
        if room.waker is not None:
            await room.waker.wake_due(room)
        await wait_for_due(rung)

    async def keep() -> None:
        after = await room.waker.keep_all(room) if room.waker is not None else KEPT_EVERY_SECONDS
        await asyncio.sleep(after)

    async def sweep() -> None:
        await sweeper.sweep(room)
        await asyncio.sleep(EVERY_SECONDS)

    async def beside() -> None:
        await look_beside(room)
        await asyncio.sleep(BESIDE_EVERY_SECONDS)

    doing = (ring, beside, drill, sweep, wake, keep)
    chores = [asyncio.create_task(for_ever(chore, log)) for chore in doing]
    try:
        yield room
    finally:
        for chore in chores:
            chore.cancel()
        await asyncio.gather(*chores, return_exceptions=True)
        if room.waker is not None:
            await room.waker.close()
        store.close()


async def _answer(room: Room, answers: Answers, scope: Scope, receive: Receive, send: Send) -> None:
    path, headers = scope["path"], scope["headers"]
    await answer_knock(
        ROUTES.get(path),
        lambda route: _ask(room, route, path, headers, receive),
        answers=answers,
        scope=scope,
        send=send,
        log=log,
        if_none="wrong-method" if path == LISTEN else "not-found",
    )


async def _ask(
    room: Room, route: Route, path: str, headers: list[tuple[bytes, bytes]], receive: Receive
) -> Outcome:
    look = partial(AT_FIRST_SIGHT[path], room) if path in AT_FIRST_SIGHT else let_in
    body = await read_body(headers, receive, route.size, look)
    token = header(headers, b"authorization") if route.access is Access.WITH_TOKEN else None
    return await route.answer(room, Question(route.method, path, body, token))


async def _listen(room: Room, pocket: str, scope: Scope, receive: Receive, send: Send) -> None:
    # A browser says whose page it is; what is no browser says nothing and is let in.
    origin = header(scope["headers"], b"origin")
    if scope["path"] != LISTEN or origin not in (None, pocket.encode()):
        await receive()
        await send({"type": "websocket.close", "code": NOT_HERE})
        return
    try:
        await listen(room, receive, send)
    except Exception as fault:  # noqa: BLE001 - as for any knock
        log_fault(log, fault, LISTEN)
        await send({"type": "websocket.close", "code": INTERNAL_ERROR})
