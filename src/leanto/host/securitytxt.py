"""Whom to tell about a weakness: RFC 9116, the same at every origin of a program."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from leanto.host.clock import Clock
from leanto.host.origins import App, Receive, Scope, Send

PATH = "/.well-known/security.txt"
GOOD_FOR_DAYS = 180
NOBODY = (
    "This program names no address of its own. How to tell those who make Leanto stands in "
    "SECURITY.md of its source.\n"
)
_HEADERS = [
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]


def with_security_txt(rooms: Mapping[str, App], *, contact: str, clock: Clock) -> dict[str, App]:
    """The same rooms, each of which answers at this path before it looks at anything else."""
    return {name: _telling(room, contact, clock) for name, room in rooms.items()}


def _telling(room: App, contact: str, clock: Clock) -> App:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH:
            await room(scope, receive, send)
        elif scope["method"] not in {"GET", "HEAD"}:
            await _answer(send, scope, 405, "Ask for it by GET.\n", (b"allow", b"GET, HEAD"))
        elif not contact:
            await _answer(send, scope, 404, NOBODY)
        else:
            await _answer(send, scope, 200, _text(contact, clock.seconds()))

    return app


def _text(contact: str, now_seconds: int) -> str:
    today = datetime.fromtimestamp(now_seconds, UTC).replace(hour=0, minute=0, second=0)
    until = (today + timedelta(days=GOOD_FOR_DAYS)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"Contact: {contact}\nExpires: {until}\nPreferred-Languages: en, es\n"


async def _answer(
    send: Send, scope: Scope, status: int, text: str, *more: tuple[bytes, bytes]
) -> None:
    body = text.encode()
    headers = [*_HEADERS, (b"content-length", b"%d" % len(body)), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
