"""Requests over a bare socket that is cut after so many bytes, asking or being answered."""

import socket
import struct
from collections.abc import Iterator

from tests.harness.net import LOOPBACK
from tests.harness.rounds import rounds

_HARD = struct.pack("ii", 1, 0)  # linger for no time


def message(*, host: str, method: str, path: str, body: bytes = b"", token: str = "") -> bytes:
    """One whole HTTP request, as bytes."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}"]
    lines += ["Content-Type: application/octet-stream"] if body else []
    lines += [f"Authorization: {token}"] if token else []
    lines += [f"Content-Length: {len(body)}"] if body else []
    lines += ["Connection: close"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def cut_asking(port: int, whole: bytes, after_bytes: int) -> None:
    """The line breaks while the request is on its way."""
    with socket.create_connection((LOOPBACK, port)) as line:
        line.sendall(whole[:after_bytes])


def cut_answering(port: int, whole: bytes, after_bytes: int) -> bytes:
    """The line breaks while the answer is on its way; gives what came of it."""
    with socket.create_connection((LOOPBACK, port), timeout=10) as line:
        line.sendall(whole)
        line.recv(1, socket.MSG_PEEK)  # it was answered, whether or not anyone hears it
        got = hear(line, after_bytes)
        cut_hard(line)
        return got


def hear(line: socket.socket, size_bytes: int) -> bytes:
    """So many bytes, or as many as come."""
    got = b""
    while len(got) < size_bytes and (more := line.recv(size_bytes - len(got))):
        got += more
    return got


def cut_hard(line: socket.socket) -> None:
    """Gone without a word: the other side sees a reset."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _HARD)
    line.close()


def moments(length: int, *, edge: int, between: int) -> Iterator[int]:
    """Every byte of both ends and some between; in `make soak` every byte there is."""
    if length <= 2 * edge:
        yield from range(length + 1)
        return
    step = rounds(check=max(1, (length - 2 * edge) // between), soak=1)
    yield from range(edge)
    yield from range(edge, length - edge, step)
    yield from range(length - edge, length + 1)
