"""The notifier as an ASGI application: its doors, its chores, and its silence."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from leanto.doorway.answers import Answers, Outcome
from leanto.doorway.bodies import Question, Receive, header, read_body
from leanto.doorway.knocks import Scope, Send, answer_knock, for_ever
from leanto.doorway.refusing import Refused
from leanto.notifier.chores import Chores
from leanto.notifier.config import Clock, NotifierConfig
from leanto.notifier.delivering import Deliverer
from leanto.notifier.keys import EndpointKey, Secret, point, vapid_key
from leanto.notifier.room import Room
from leanto.notifier.routes import ROUTES, Access, Route
from leanto.notifier.store import Store
from leanto.notifier.ways.push import Push

type App = Callable[[Scope, Receive, Send], Awaitable[None]]

# They would write down whom they called.
TALKATIVE = ("apprise", "asyncio", "requests", "urllib3")
SILENT = logging.CRITICAL + 1
log = logging.getLogger("leanto.notifier")


class SecretWrong(Refused):
    problem = "secret-wrong"


def create_app(*, config: NotifierConfig, clock: Clock) -> App:
    """The notifier for these files and this clock; it opens with the ASGI lifespan."""
    answers = Answers(config.pocket_origin, may_send=b"content-type")
    rooms: list[Room] = []
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(SILENT)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path, headers = scope["path"], scope["headers"]
            ask = partial(_ask, rooms[0], path, headers, receive)
            await answer_knock(
                ROUTES.get(path), ask, answers=answers, scope=scope, send=send, log=log
            )
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await _live(config, clock, rooms, receive, send)

    return app


async def _live(
    config: NotifierConfig, clock: Clock, rooms: list[Room], receive: Receive, send: Send
) -> None:
    await receive()
    async with open_room(config, clock) as room:
        rooms.append(room)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        rooms.clear()
    await send({"type": "lifespan.shutdown.complete"})


@asynccontextmanager
async def open_room(config: NotifierConfig, clock: Clock) -> AsyncIterator[Room]:
    """Opens the database, and keeps delivering, sweeping and pinging until closed."""
    store, key = Store(config.folder / "notifier.sqlite3"), EndpointKey(config.folder)
    signing = vapid_key(config.folder)
    deliverer = Deliverer(
        config=config, clock=clock, store=store, key=key, push=Push(config, signing)
    )
    room = Room(
        config=config,
        clock=clock,
        store=store,
        endpoint_key=key,
        secret=Secret(config.folder),
        server_key=point(signing.public_key()),
        deliverer=deliverer,
    )
    chores = Chores()

    async def deliver() -> None:
        await deliverer.deliver_due()
        await chores.do(room)

    working = asyncio.create_task(for_ever(deliver, log))
    try:
        yield room
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await deliverer.close()
        store.close()


async def _ask(
    room: Room,
    path: str,
    headers: list[tuple[bytes, bytes]],
    receive: Receive,
    route: Route,
) -> Outcome:
    if route.access is Access.WITH_SECRET and not room.secret.fits(
        header(headers, b"authorization")
    ):
        raise SecretWrong
    body = await read_body(headers, receive, route.size)
    return await route.answer(room, Question(route.method, path, body, None))
