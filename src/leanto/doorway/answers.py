"""What leaves a nameless room: the same headers on every answer, whatever was asked."""

from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from leanto.wire.problems import MEDIA_TYPE, PROBLEMS

type Header = tuple[bytes, bytes]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PREFLIGHT_MAX_AGE_SECONDS = 86_400
_OCTETS = (b"content-type", b"application/octet-stream")
_PROBLEM = (b"content-type", MEDIA_TYPE.encode())


@dataclass(frozen=True, slots=True)
class Outcome:
    """`body` is empty or `application/octet-stream`."""

    status: int
    body: bytes = b""


NO_CONTENT = Outcome(204)
CREATED = Outcome(201)


class Answers:
    """Sends answers that the pocket's origin, and no other page, may read."""

    def __init__(
        self, pocket_origin: str, *, may_send: bytes = b"authorization, content-type"
    ) -> None:
        """`may_send`: which headers a browser lets the pocket's page send here."""
        self._may_send = may_send
        self.fixed: list[Header] = [
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"cross-origin-resource-policy", b"cross-origin"),
            (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
            (b"access-control-allow-origin", pocket_origin.encode()),
            (b"access-control-expose-headers", b"retry-after"),
            (b"vary", b"origin"),
        ]

    async def answer(self, send: Send, outcome: Outcome) -> None:
        kind = [_OCTETS] if outcome.body else []
        await self._send(send, outcome.status, kind, outcome.body)

    async def problem(self, send: Send, name: str, *more: Header, detail: str = "") -> None:
        """Refuses by the name in spec/problems.md."""
        problem = PROBLEMS[name]
        headers = [_PROBLEM, *more]
        if problem.retry_after_seconds is not None:
            headers.append((b"retry-after", b"%d" % problem.retry_after_seconds))
        await self._send(send, problem.status, headers, problem.write(detail))

    async def preflight(self, send: Send, method: str) -> None:
        """Tells a browser what the pocket's page may send here."""
        headers = [
            (b"access-control-allow-methods", method.encode()),
            (b"access-control-allow-headers", self._may_send),
            (b"access-control-max-age", b"%d" % PREFLIGHT_MAX_AGE_SECONDS),
        ]
        await self._send(send, 204, headers, b"")

    async def _send(self, send: Send, status: int, more: list[Header], body: bytes) -> None:
        headers = [*self.fixed, *more]
        if status != 204:
            headers.append((b"content-length", b"%d" % len(body)))
        with suppress(OSError, RuntimeError):  # the other side has gone; there is nobody to tell
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})
