"""Whoever a browser speaks to that is not on this machine, heard where nothing can be missed.

Browsers are told to go by this proxy to every name but those of this machine. So whatever asks a
stranger comes by here, whether a page, a worker, a service worker, a line, or the browser itself.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.harness.net import LOOPBACK, each_heard

LONGEST_BYTES = 4096
# Chromium looks after itself by these, whatever is open. A page that asked one is heard by `cast`.
OF_THE_BROWSER = re.compile(
    r"(//| )((update|optimizationguide-pa|content-autofill|safebrowsing|passwordsleakcheck-pa)"
    r"\.googleapis\.com"
    r"|(accounts|clients2|android\.clients|mtalk|www)\.google\.com|[\w.]+\.gvt1\.com"
    r"|clients2\.googleusercontent\.com)[:/]"
)


class Strangers:
    """`asked` holds the first line of each request that was on its way to one."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._socket = socket.create_server((LOOPBACK, 0))
        each_heard(self._socket, self._hear)

    @property
    def arguments(self) -> list[str]:
        """For Chromium, which goes to `localhost` and all below it without a proxy."""
        return [f"--proxy-server=http://{LOOPBACK}:{self._socket.getsockname()[1]}"]

    def leave(self) -> None:
        self._socket.close()

    def _hear(self, asking: socket.socket) -> None:
        with asking, suppress(OSError):
            line = asking.recv(LONGEST_BYTES).partition(b"\r\n")[0]
            # A line that is opened ahead and never spoken on names nobody.
            if line and not OF_THE_BROWSER.search(line.decode("latin-1")):
                self.asked.append(line.decode("latin-1"))
            asking.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")


@contextmanager
def heard() -> Iterator[Strangers]:
    strangers = Strangers()
    try:
        yield strangers
    finally:
        strangers.leave()
