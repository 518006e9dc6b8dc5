"""What a request carries never reaches the mailroom's output."""

import socket
from pathlib import Path

from leanto.mailroom.routes import ROUTES
from tests.harness import net
from tests.harness.mailroom import HOST, Mailroom, running_mailroom

CANARY = "fay-was-here-4711"
FLAGS = {"User-Agent": CANARY, "X-Forwarded-For": "203.0.113.47", "Cookie": CANARY}


def test_nothing_of_a_request_is_ever_written_down(tmp_path: Path) -> None:
    """Whoever reads the machine's logs learns that it runs, and not that anyone came."""
    with running_mailroom(tmp_path) as mailroom:
        knock_everywhere(mailroom)
        mailroom.stop()
        assert mailroom.log.read_text() == ""


def test_an_access_log_is_found(tmp_path: Path) -> None:
    """The test above fails when its promise is broken on purpose."""
    with running_mailroom(tmp_path, "--access-log") as mailroom:
        knock_everywhere(mailroom)
        mailroom.stop()
        assert CANARY in mailroom.log.read_text()


def test_a_fault_of_ours_is_named_without_what_was_asked(tmp_path: Path) -> None:
    """Even when something breaks, the log knows the kind of fault and the door, no more."""
    with running_mailroom(tmp_path, "--broken") as mailroom:
        answer = mailroom.ask("POST", "/envelopes/fetch", b"\1" + CANARY.encode().ljust(32))
        assert answer.status == 500
        mailroom.stop()
        assert mailroom.log.read_text().strip() == "ZeroDivisionError at /envelopes/fetch"


def knock_everywhere(mailroom: Mailroom) -> None:
    """Good, bad and broken requests at every door, each carrying something to recognise."""
    for path, route in ROUTES.items():
        body = CANARY.encode().ljust(min(route.size.at_least, 50_000))
        for target in (path, f"{path}?{CANARY}", f"/{CANARY}{path}"):
            net.request(route.method, mailroom.url + target, body=body, headers=FLAGS)
    for frame in (CANARY, CANARY.encode(), b"\1\1\1" + CANARY.encode().ljust(32)):
        with net.websocket(mailroom.line_url + f"?{CANARY}", additional_headers=FLAGS) as line:
            line.send(frame)
    send_raw(mailroom, f"GET /{CANARY} HTTP/9.9\r\n{CANARY}\r\n\r\n".encode())
    broken_text = b"\x81\x84\0\0\0\0\xff\xfe\xfd\xfc"
    upgrade = (
        f"GET /listen HTTP/1.1\r\nHost: {HOST}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    )
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    send_raw(mailroom, (upgrade + key).encode() + broken_text)


def send_raw(mailroom: Mailroom, data: bytes) -> None:
    """What no client library would send."""
    with socket.create_connection((net.LOOPBACK, mailroom.port)) as connection:
        connection.sendall(data)
        connection.settimeout(1)
        try:
            while connection.recv(4096):
                pass
        except (TimeoutError, ConnectionResetError):
            pass
