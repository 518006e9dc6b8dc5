"""A listening line at its cheapest: raw bytes, so that it costs less than what it measures."""

import asyncio
from typing import cast

from leanto.wire.listening import Listen

HANDSHAKE = (
    b"GET /listen HTTP/1.1\r\nHost: mailroom.localhost\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    b"Sec-WebSocket-Version: 13\r\n\r\n"
)


class Listener(asyncio.Protocol):
    """One line with one mailbox; what it hears stands in `held` until `read_frames` takes it."""

    def __init__(self, read_key: bytes) -> None:
        self._read_key = read_key
        self._upgraded = False
        self.held = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(HANDSHAKE)

    def data_received(self, data: bytes) -> None:
        self.held += data
        if not self._upgraded:
            end = self.held.find(b"\r\n\r\n")
            if end < 0:
                return
            del self.held[: end + 4]
            self._upgraded = True
            self.transport.write(masked(Listen((self._read_key,)).write()))
        self.read_frames()

    def read_frames(self) -> None:
        raise NotImplementedError


def masked(payload: bytes) -> bytes:
    """A client's binary frame, under the mask of zeros: lawful, and free of charge."""
    if len(payload) < 126:
        return bytes([0x82, 0x80 | len(payload), 0, 0, 0, 0]) + payload
    return bytes([0x82, 0xFE]) + len(payload).to_bytes(2) + bytes(4) + payload
