"""What nobody needs to send is not taken in, whoever sends it."""

import asyncio
from collections.abc import MutableMapping
from typing import Any, cast

from django.core.asgi import get_asgi_application

from leanto.desk.site.bodies import LONGEST_BYTES, App, bounded
from leanto.desk.site.configuration import DeskConfig

CHUNK = bytes(1 << 16)
SCOPE = {
    "type": "http",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "method": "POST",
    "path": "/issuance/draw",
    "raw_path": b"/issuance/draw",
    "query_string": b"",
    "headers": [(b"host", b"desk.localhost")],
}


def test_an_endless_body_is_cut_off(desk: DeskConfig) -> None:
    """Max cannot fill the desk's disk, though he says nothing of how much he will send."""
    status, taken = asyncio.run(sent_without_end())
    assert status == 413
    assert taken <= LONGEST_BYTES + len(CHUNK)


async def sent_without_end() -> tuple[int, int]:
    answers: list[MutableMapping[str, Any]] = []
    taken = 0

    async def receive() -> MutableMapping[str, Any]:
        nonlocal taken
        taken += len(CHUNK)
        assert taken < 1 << 24, "nobody hangs up"
        return {"type": "http.request", "body": CHUNK, "more_body": True}

    async def send(message: MutableMapping[str, Any]) -> None:
        answers.append(message)

    await bounded(cast("App", get_asgi_application()))(dict(SCOPE), receive, send)
    return answers[0]["status"], taken
