"""How a stand-in reaches the rooms by their origins: as a pocket does, without a browser."""

import http.client
import json
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from websockets.sync.client import ClientConnection, connect

from leanto.wire.problems import TYPE_PREFIX

TIMEOUT_SECONDS = 10.0
# Browsers know by themselves that these names mean their own computer; Python asks the system.
OWN_NAME, LOOPBACK = "localhost", "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Answer:
    """Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def problem(self) -> tuple[str, str]:
        """The name of a refusal and what more it says; the status where it is none of ours."""
        with suppress(ValueError, KeyError, TypeError):
            document = json.loads(self.body)
            return document["type"].removeprefix(TYPE_PREFIX), document["detail"]
        return str(self.status), ""


def ask(
    method: str,
    origin: str,
    path: str,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """One request to the room at this origin. Raises OSError, also for a certificate that lies."""
    host = urlsplit(origin).netloc
    connection = http.client.HTTPConnection(host)
    try:
        connection.sock = reach(origin)
        said = {"Host": host, "Content-Type": "application/octet-stream", **(headers or {})}
        connection.request(method, path, body or None, said)
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, named, answer.read())
    except http.client.HTTPException as broken:
        raise ConnectionError(type(broken).__name__) from None
    finally:
        connection.close()


def open_line(mailroom: str) -> ClientConnection:
    """The listening line of this mailroom. Raises OSError or a WebSocketException."""
    reached = reach(mailroom)
    # Under TLS already where it has to be: to the library it is an open line.
    address = f"ws://{urlsplit(mailroom).netloc}/listen"
    return connect(address, sock=reached, max_size=65_536, compression=None)


def reach(origin: str) -> socket.socket:
    """A connection to this room, under TLS where its origin says so. Raises OSError."""
    parts = urlsplit(origin)
    name = parts.hostname or ""
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    where = (LOOPBACK if is_own_computer(name) else name, port)
    plain = socket.create_connection(where, TIMEOUT_SECONDS)
    if not secure:
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=name)


def is_own_computer(name: str) -> bool:
    return name == OWN_NAME or name.endswith("." + OWN_NAME)
