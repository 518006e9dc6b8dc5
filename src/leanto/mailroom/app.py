"""The mailroom as an ASGI application: finds the door, turns a refusal into one problem, forgets.

Nothing of a request is ever logged: of a fault of ours, its class and the route's own name.
"""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from leanto.mailroom.answers import Answers, Outcome
from leanto.mailroom.bodies import Gone, Question, Receive, header, let_in, read_body
from leanto.mailroom.bulletin import read_board
from leanto.mailroom.config import Clock, MailroomConfig
from leanto.mailroom.letters import Letters
from leanto.mailroom.lines import Lines
from leanto.mailroom.listening import listen
from leanto.mailroom.problems import Refused
from leanto.mailroom.receipts import ReceiptKey
from leanto.mailroom.ringing import ring_due, wait_for_due
from leanto.mailroom.room import Room
from leanto.mailroom.routes import AT_FIRST_SIGHT, LISTEN, ROUTES, Access, Route
from leanto.mailroom.store.sqlite import Store
from leanto.mailroom.sweeping import EVERY_SECONDS, Sweeper
from leanto.wire.errors import WireError

type Scope = MutableMapping[str, Any]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
type App = Callable[[Scope, Receive, Send], Awaitable[None]]

AFTER_A_FAULT_SECONDS = 1
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
    store = Store(config.database)
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
    )
    sweeper = Sweeper()

    async def ring() -> None:
        await ring_due(room)
        await wait_for_due(due_now)

    async def sweep() -> None:
        await sweeper.sweep(room)
        await asyncio.sleep(EVERY_SECONDS)

    chores = [asyncio.create_task(_for_ever(chore)) for chore in (ring, sweep)]
    try:
        yield room
    finally:
        for chore in chores:
            chore.cancel()
        await asyncio.gather(*chores, return_exceptions=True)
        store.close()


async def _for_ever(chore: Callable[[], Awaitable[None]]) -> None:
    """A crash anywhere leads to another attempt."""
    while True:
        try:
            await chore()
        except Exception as fault:  # noqa: BLE001 - a chore that stopped would be a silent mailroom
            _log_fault(fault, chore.__name__)
            await asyncio.sleep(AFTER_A_FAULT_SECONDS)


async def _answer(room: Room, answers: Answers, scope: Scope, receive: Receive, send: Send) -> None:
    path, method = scope["path"], scope["method"]
    route = ROUTES.get(path)
    if route is None:
        name = "wrong-method" if path == LISTEN else "not-found"
        await answers.problem(send, name)
    elif method == "OPTIONS":
        await answers.preflight(send, route.method)
    elif method != route.method:
        await answers.problem(send, "wrong-method", (b"allow", route.method.encode()))
    else:
        try:
            outcome = await _ask(room, route, path, scope["headers"], receive)
        except (Refused, WireError) as refusal:
            # The rest of a body that was refused is not read: the connection ends with the answer.
            await answers.problem(send, refusal.problem, (b"connection", b"close"))
        except Gone:
            return
        except Exception as fault:  # noqa: BLE001 - whoever asked is told; the log hears the class alone
            _log_fault(fault, path)
            await answers.problem(send, "broken", (b"connection", b"close"))
        else:
            await answers.answer(send, outcome)


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
    except Exception as fault:  # noqa: BLE001 - as above
        _log_fault(fault, LISTEN)
        await send({"type": "websocket.close", "code": INTERNAL_ERROR})


def _log_fault(fault: Exception, route: str) -> None:
    log.error("%s at %s", type(fault).__name__, route)
