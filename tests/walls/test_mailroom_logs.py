"""What a request carries never reaches the mailroom's output."""

from contextlib import suppress
from pathlib import Path

from websockets.exceptions import ConnectionClosed

from leanto.mailroom.routes import LISTEN, ROUTES
from leanto.wire.listening import Listen
from tests.harness import net
from tests.harness.mailroom import HOST, Mailroom, running_mailroom
from tests.harness.raw import head, say

CANARY = "fay-was-here-4711"
FLAGS = {
    "User-Agent": CANARY,
    "X-Forwarded-For": "203.0.113.47",
    "Cookie": CANARY,
    "Referer": f"http://{CANARY}/",
    "Authorization": f'PrivateToken token="{CANARY}"',
    "Content-Type": CANARY,
    CANARY: CANARY,
}
KEY = CANARY.encode().ljust(32)


def test_nothing_of_a_request_is_ever_written_down(tmp_path: Path) -> None:
    """Whoever reads the machine's logs learns that it runs, and not that anyone came."""
    with running_mailroom(tmp_path) as mailroom:
        knock_everywhere(mailroom)
        mailroom.stop()
        assert mailroom.log.read_text() == ""
        assert CANARY.encode() not in mailroom.on_disk()


def test_an_access_log_is_found(tmp_path: Path) -> None:
    """The test above fails when its promise is broken on purpose."""
    with running_mailroom(tmp_path, "--access-log") as mailroom:
        mailroom.ask("GET", f"/bulletin/head?{CANARY}")
        mailroom.stop()
        assert CANARY in mailroom.log.read_text()


def test_a_fault_of_ours_is_named_without_what_was_asked(tmp_path: Path) -> None:
    """Even when everything breaks, the log knows the kind of fault and the door, no more."""
    with running_mailroom(tmp_path, "--broken") as mailroom:
        knock_everywhere(mailroom)
        mailroom.stop()
        said = mailroom.log.read_text().splitlines()
    # The first by which a test sees that it is up; the second refuses what has no true head.
    broken = {*ROUTES, LISTEN} - {"/bulletin/head", "/bulletin"}
    assert set(said) == {f"LookupError at {path}" for path in broken}


def knock_everywhere(mailroom: Mailroom) -> None:
    """Good, bad and broken requests at every door, each carrying something to recognise."""
    for path, route in ROUTES.items():
        body = KEY.ljust(route.size.at_least)[: route.size.at_least]
        for target in (path, f"{path}?{CANARY}", f"/{CANARY}{path}", f"{path}/{CANARY}"):
            for method in (route.method, CANARY):
                net.request(method, mailroom.url + target, body=body, headers=FLAGS)
        net.request(route.method, mailroom.url + path, body=body + KEY, headers=FLAGS)
    first = Listen((KEY,)).write()
    talks: list[list[str | bytes]] = [[CANARY], [KEY], [first[:9]], [first], [first, CANARY]]
    for frames in talks:
        line = net.websocket(f"{mailroom.line_url}?{CANARY}", additional_headers=FLAGS)
        with line, suppress(ConnectionClosed):  # hung up on before all was said
            for frame in frames:
                line.send(frame)
    for data in not_requests():
        say(mailroom.port, data, within_seconds=0.3)


def not_requests() -> list[bytes]:
    """What no client library would send."""
    opening = head(
        *("GET", "/listen", HOST, "Upgrade: websocket", "Connection: Upgrade"),
        *("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"),
    )
    return [
        f"GET /{CANARY} HTTP/9.9\r\n{CANARY}\r\n\r\n".encode(),
        head(CANARY, f"/{CANARY}", CANARY),
        head("POST", "/envelopes", HOST, "Content-Length: 4113") + KEY,
        head("POST", "/envelopes", HOST, f"Content-Length: {CANARY}"),
        head("POST", "/envelopes", HOST, "Transfer-Encoding: chunked") + KEY,
        head("GET", "/listen", HOST, "Upgrade: websocket", f"Sec-WebSocket-Key: {CANARY}"),
        opening + b"\x81\x84\0\0\0\0\xff\xfe\xfd\xfc",  # text that is none
        opening + b"\xff\xff" + KEY,  # a frame that is none
    ]
