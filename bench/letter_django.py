"""The same job as a Django view: is there such a mailbox, is it not full, keep the letter, push it.

No middleware at all, and the same SQLite settings: as light as a Django view can be.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from pathlib import Path
from typing import Any, cast

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.urls import path

from leanto.mailroom.lines import Line, Lines
from leanto.wire.listening import EnvelopeFrame, Found, Listen, Listening, read_from_pocket
from leanto.wire.mailboxes import Post, address_of

type Scope = MutableMapping[str, Any]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

TODAY = 20_780
LINES = Lines()


def create(
    database: Path, addresses: Sequence[bytes]
) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    settings.configure(
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["*"],
        MIDDLEWARE=[],
        USE_TZ=True,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": database,
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                    "PRAGMA secure_delete=ON;",
                },
                "CONN_MAX_AGE": None,
            }
        },
    )
    django.setup()
    letter, mailbox = tables()
    letters, mailboxes = letter._default_manager, mailbox._default_manager  # noqa: SLF001 - made at run time, `objects` has no type
    with connection.schema_editor() as editor:
        editor.create_model(mailbox)
        editor.create_model(letter)
    mailboxes.bulk_create([mailbox(address=one) for one in addresses])
    connection.close()

    async def leave(request: HttpRequest) -> HttpResponse:
        post = Post.read(request.body)
        if not await mailboxes.filter(address=post.address).aexists():
            return HttpResponse(status=404)
        if await letters.filter(address=post.address).acount() >= 512:
            return HttpResponse(status=507)
        key = os.urandom(16)
        await letters.acreate(
            id=key, address=post.address, expires_day=TODAY + 14, body=post.envelope
        )
        LINES.push(post.address, EnvelopeFrame(post.address, key, TODAY, post.envelope).write())
        return HttpResponse(status=201, headers={"Content-Length": "0"})

    urlpatterns.append(path("envelopes", leave))
    views: Any = get_asgi_application()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await (listen if scope["type"] == "websocket" else views)(scope, receive, send)

    return app


urlpatterns: list[Any] = []


def tables() -> tuple[type[models.Model], type[models.Model]]:
    """Made once Django knows its settings."""

    class Mailbox(models.Model):  # noqa: DJ008 - never shown
        address = models.BinaryField(primary_key=True)

        class Meta:
            app_label = "bench"

    class Letter(models.Model):  # noqa: DJ008 - never shown
        id = models.BinaryField(primary_key=True)
        address = models.BinaryField(db_index=True)
        expires_day = models.IntegerField()
        body = models.BinaryField()

        class Meta:
            app_label = "bench"

    return Letter, Mailbox


async def listen(_scope: Scope, receive: Receive, send: Send) -> None:
    """Just enough of the listening line for the pockets of this bench."""

    async def send_frame(frame: bytes) -> None:
        await send({"type": "websocket.send", "bytes": frame})

    line = Line(send_frame)
    await receive()
    await send({"type": "websocket.accept"})
    first = cast("Listen", read_from_pocket((await receive())["bytes"]))
    found = [address_of(one) for one in first.read_keys]
    LINES.take_over(line, found)
    line.push(Listening(TODAY, tuple((one, Found.MAILBOX) for one in found)).write())
    carrying = asyncio.create_task(line.carry())
    while (await receive())["type"] != "websocket.disconnect":
        pass
    carrying.cancel()
