"""What no decent client sends: bytes as Max puts them on the line, and what comes back."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from tests.harness.net import LOOPBACK


@dataclass(frozen=True)
class Reply:
    """All that came until the other side hung up, or until nothing more came."""

    data: bytes
    hung_up: bool

    @property
    def statuses(self) -> list[int]:
        """Of every answer in it, in order."""
        lines = self.data.split(b"\r\n")
        return [int(line.split()[1]) for line in lines if line.startswith(b"HTTP/1.1 ")]

    @property
    def headers(self) -> dict[str, str]:
        """Of the first answer in it, by lower-case name."""
        first, _, _ = self.data.partition(b"\r\n\r\n")
        lines = (line.partition(": ") for line in first.decode("latin-1").split("\r\n")[1:])
        return {name.lower(): value for name, _, value in lines}


def say(port: int, data: bytes, *, within_seconds: float = 3) -> Reply:
    """Sends these bytes as they are and listens until the end."""
    with socket.create_connection((LOOPBACK, port), within_seconds) as line:
        with suppress(OSError):  # hung up in the midst of it, which is an answer too
            line.sendall(data)
        return hear(line, within_seconds=within_seconds)


def hear(line: socket.socket, *, within_seconds: float) -> Reply:
    line.settimeout(within_seconds)
    got = b""
    try:
        while more := line.recv(65_536):
            got += more
    except TimeoutError:
        return Reply(got, hung_up=False)
    except OSError:
        pass
    return Reply(got, hung_up=True)


def head(method: str, target: str, host: str, *headers: str) -> bytes:
    """A request's head, with nothing added that was not said."""
    return "\r\n".join([f"{method} {target} HTTP/1.1", f"Host: {host}", *headers, "", ""]).encode()


@contextmanager
def lines_held(port: int, *begun: bytes, each: int) -> Iterator[list[socket.socket]]:
    """So many connections for each of these beginnings, and nothing said after it."""
    with ExitStack() as held:
        yield [
            held.enter_context(_begun(port, beginning)) for beginning in begun for _ in range(each)
        ]


def seconds_until_all_hang_up(lines: list[socket.socket]) -> float:
    """How long the slowest of them is still waited for; each is silent."""
    began = time.monotonic()
    for line in lines:
        assert hear(line, within_seconds=20).hung_up
    return time.monotonic() - began


def _begun(port: int, beginning: bytes) -> socket.socket:
    line = socket.create_connection((LOOPBACK, port), 5)
    line.sendall(beginning)
    return line
