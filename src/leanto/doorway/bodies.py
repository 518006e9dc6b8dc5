"""What comes in: a body of the one length its route takes, and at most one pass."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, cast

from leanto.doorway.refusing import Refused
from leanto.wire.errors import WrongSize

type Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

ARRIVES_WITHIN_SECONDS = 10
# Somebody may be asking from a cellar, and that is 49 KB.
SLOWEST_BYTES_EACH_SECOND = 4096


class TooSlow(Refused):
    problem = "too-slow"


@dataclass(frozen=True, slots=True)
class Question:
    """One request as a route sees it. `authorization` reaches only routes that take a pass."""

    method: str
    path: str
    body: bytes
    authorization: bytes | None


class Gone(Exception):
    """Whoever asked has hung up; there is nobody to answer."""


@dataclass(frozen=True, slots=True)
class Size:
    """How long a body may be. Most routes take exactly one length."""

    at_least: int
    at_most: int

    def arrives_within_seconds(self) -> float:
        """Longer for what cannot be short."""
        return ARRIVES_WITHIN_SECONDS + self.at_least / SLOWEST_BYTES_EACH_SECOND


def exactly(size: int) -> Size:
    return Size(size, size)


def header(headers: list[tuple[bytes, bytes]], wanted: bytes) -> bytes | None:
    """The first header of this lower-case name."""
    for name, value in headers:
        if name == wanted:
            return value
    return None


def let_in(_start: bytes) -> None:
    """What is not looked at before all of it is there."""


async def read_body(
    headers: list[tuple[bytes, bytes]],
    receive: Receive,
    size: Size,
    look: Callable[[bytes], None] = let_in,
) -> bytes:
    """The whole body. Raises WrongSize before more than one chunk too many is read, or TooSlow.

    `look` sees the first `size.at_least` bytes as soon as they are there; what it raises ends it.
    """
    declared = header(headers, b"content-length")
    if declared is not None and not size.at_least <= int(declared) <= size.at_most:
        raise WrongSize
    try:
        async with asyncio.timeout(size.arrives_within_seconds()):
            body = await _read(receive, size, look)
    except TimeoutError:
        raise TooSlow from None
    if len(body) < size.at_least:
        raise WrongSize
    return body


async def _read(receive: Receive, size: Size, look: Callable[[bytes], None]) -> bytes:
    body = bytearray()
    looked = False
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise Gone
        body += cast("bytes", event.get("body", b""))
        if len(body) > size.at_most:
            raise WrongSize
        if not looked and len(body) >= size.at_least:
            look(bytes(body[: size.at_least]))
            looked = True
        if not event.get("more_body", False):
            return bytes(body)
