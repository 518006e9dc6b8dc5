"""One POST to another room or service, and the status of its answer: nothing more is read.

No redirect is followed, no cookie kept; the name is looked up once and only that address called.
"""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from socket import SOCK_STREAM
from urllib.parse import urlsplit

WITHIN_SECONDS = 10
STATUS_LINE_AT_MOST = 4096


class NotReached(Exception):
    """Nothing is known of what became of it; the message names a kind of fault and no address."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a URL leads: an address that was looked up, and the name its certificate must have."""

    address: str
    port: int
    name: str
    target: str
    tls: bool


async def post(
    place: Place, body: bytes, headers: Mapping[str, str], *, seconds: float = WITHIN_SECONDS
) -> int:
    """The status. Raises NotReached."""
    default = 443 if place.tls else 80
    host = place.name if place.port == default else f"{place.name}:{place.port}"
    named = {"Host": host, "Content-Length": str(len(body)), "Connection": "close", **headers}
    lines = [f"POST {place.target} HTTP/1.1", *(f"{name}: {one}" for name, one in named.items())]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    try:
        async with asyncio.timeout(seconds):
            return await _status(place, head + body)
    except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as fault:
        raise NotReached(type(fault).__name__) from None  # TimeoutError is an OSError


async def place_of(url: str, *, private: bool) -> Place:
    """Looks the host up. Raises NotReached where it is nowhere, or in a network not meant.

    `private`: its operator lists this host, so that it may stand in a network of one's own.
    """
    parts = urlsplit(url)
    tls = parts.scheme == "https"
    name, port = parts.hostname or "", parts.port or (443 if tls else 80)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(name, port, type=SOCK_STREAM)
    except OSError as fault:
        raise NotReached(type(fault).__name__) from None
    addresses = [str(one[4][0]) for one in found]
    if not private and not all(ip_address(one).is_global for one in addresses):
        raise NotReached("private")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(addresses[0], port, name, target, tls)


async def _status(place: Place, question: bytes) -> int:
    context = ssl.create_default_context() if place.tls else None
    reader, writer = await asyncio.open_connection(
        place.address,
        place.port,
        ssl=context,
        server_hostname=place.name if place.tls else None,
        limit=STATUS_LINE_AT_MOST,
    )
    try:
        writer.write(question)
        line = await reader.readuntil(b"\r\n")
        return int(line.split(b" ")[1][:3])
    except IndexError:
        raise ValueError from None
    finally:
        writer.transport.abort()
