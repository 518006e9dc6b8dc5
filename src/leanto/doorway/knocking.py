"""How long and how big a knock may be before anyone asks what it wants.

uvicorn waits for ever for the end of a request's headers, and keeps all that comes until then.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADERS_WITHIN_SECONDS = 10
HEADERS_AT_MOST = 16_384


class TooMuch(Exception):
    """Longer headers than any pocket sends; the server answers 400 and hangs up."""


class Knock(HttpToolsProtocol):
    """uvicorn's own reader of requests, which does not wait and does not keep."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as there
        super().connection_made(transport)
        self._unread, self._header_bytes = 0, 0
        self._waiting: asyncio.TimerHandle | None = None
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._unread += len(data)
        super().data_received(data)
        if self._unread > HEADERS_AT_MOST and self._waiting is not None:
            self.transport.close()

    def on_message_begin(self) -> None:
        self._header_bytes = 0
        self._wait()
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._count(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(name + value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._wait_no_more()
        super().on_headers_complete()

    def _count(self, part: bytes) -> None:
        self._header_bytes += len(part)
        if self._header_bytes > HEADERS_AT_MOST:
            raise TooMuch

    def _wait(self) -> None:
        if self._waiting is None:
            self._unread = 0
            self._waiting = self.loop.call_later(HEADERS_WITHIN_SECONDS, self._hang_up)

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _hang_up(self) -> None:
        self._waiting = None
        self.transport.close()
