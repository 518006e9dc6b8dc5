"""Speaking to the mailroom: two PUTs, one way; nothing comes back but yes or no.

A desk restored from a backup reads there what everyone may read: nothing about people.
"""

import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 5.0
LONGEST_BYTES = 262_144


class Unreachable(Exception):
    """The mailroom did not answer; the same will be sent again."""


class RefusedByMailroom(Exception):
    """The mailroom answered no. `problem` is the name in spec/problems.md, or the bare status."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def put(*, origin: str, path: str, body: bytes) -> None:
    """PUT these bytes to the mailroom at `scheme://host[:port]`. Raises the two classes above."""
    _ask("PUT", origin, path, body, expected=204)


def get(*, origin: str, path: str) -> bytes:
    """What anyone may read there: charter, lineage or head. Raises the two classes above."""
    return _ask("GET", origin, path, None, expected=200)


def _ask(method: str, origin: str, path: str, body: bytes | None, *, expected: int) -> bytes:
    parts = urlsplit(origin)
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    try:
        headers = {"Host": parts.netloc, "Content-Type": "application/octet-stream"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read(LONGEST_BYTES)
    except (OSError, HTTPException) as error:
        raise Unreachable from error
    finally:
        connection.close()
    if answer.status != expected:
        raise RefusedByMailroom(_problem(content) or str(answer.status))
    return content


def _connection(scheme: str, host: str, port: int | None) -> HTTPConnection:
    # *.localhost is this machine by RFC 6761; resolvers outside browsers often do not know it.
    address = "127.0.0.1" if host == "localhost" or host.endswith(".localhost") else host
    kind = HTTPSConnection if scheme == "https" else HTTPConnection
    return kind(address, port, timeout=TIMEOUT_SECONDS)


def _problem(content: bytes) -> str:
    try:
        kind = json.loads(content)["type"]
    except (ValueError, TypeError, KeyError):
        return ""
    return str(kind).removeprefix("urn:leanto:problem:")
