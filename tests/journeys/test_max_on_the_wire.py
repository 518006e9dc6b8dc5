"""Max has the line and no key: whatever bytes he sends, nothing is done, and nobody else waits."""

import os
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection
from websockets.typing import Origin

from leanto.doorway.knocking import HEADERS_AT_MOST
from leanto.wire.head import Bulletin
from leanto.wire.listening import Listen
from leanto.wire.mailboxes import Post
from tests.harness import raw
from tests.harness.house import House, opened_house
from tests.harness.net import Answer, request, websocket
from tests.harness.program import Program

pytestmark = pytest.mark.journey

OCTETS = {"Content-Type": "application/octet-stream"}
AT_ONCE_SECONDS = 5  # on a machine that does much else; without the limits it would be for ever
POST = Post(os.urandom(16), os.urandom(4096)).write()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Its servers must have had nothing to say of all this: that is asked at its end."""
    with opened_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


def host(origin: str) -> str:
    return origin.removeprefix("http://")


BODIES_TWO_WAYS = {
    "two lengths": (f"Content-Length: {len(POST)}", "Content-Length: 1"),
    "two lengths that agree": (f"Content-Length: {len(POST)}",) * 2,
    "a length and chunks": (f"Content-Length: {len(POST)}", "Transfer-Encoding: chunked"),
    "chunks and a length": ("Transfer-Encoding: chunked", "Content-Length: 4"),
    "chunks of no known kind": ("Transfer-Encoding: xchunked",),
    "chunks said twice": ("Transfer-Encoding: chunked", "Transfer-Encoding: identity"),
    "a folded length": ("Content-Length:", " 4113"),
    "a length with a sign": ("Content-Length: +4113",),
    "a blank before the colon": ("Content-Length : 4113",),
}


@pytest.mark.parametrize("how", BODIES_TWO_WAYS)
def test_a_body_that_two_readers_would_end_differently_is_refused(house: House, how: str) -> None:
    """Nothing hides behind it: a request in its tail is no request."""
    head = raw.head("POST", "/envelopes", host(house.mailroom), *BODIES_TWO_WAYS[how])
    hidden = raw.head("GET", "/bulletin/head", host(house.mailroom))
    reply = raw.say(house.port, head + b"0\r\n\r\n" + hidden + POST)
    assert reply.hung_up
    assert reply.statuses == [400]


def test_a_request_with_two_hosts_or_a_foreign_one_finds_no_room(house: House) -> None:
    """Nor does an address in its first line or a header of a proxy name another room."""
    desk, pocket = host(house.desk), host(house.pocket)
    twice = raw.head("GET", "/", pocket, f"Host: {desk}", "Connection: close")
    assert raw.say(house.port, twice).statuses == [421]
    inside = raw.head("GET", f"http://{desk}/sign-in/", "max.example", "Connection: close")
    assert raw.say(house.port, inside).statuses == [421]
    for lie in ("X-Forwarded-Host", "X-Host", "X-Original-Host", "Forwarded"):
        said = raw.head("GET", "/sign-in/", pocket, f"{lie}: {desk}", "Connection: close")
        assert raw.say(house.port, said).statuses == [404]


def test_what_a_proxy_would_say_changes_nothing(house: House) -> None:
    """Address, scheme, method and page of whoever asks are nobody's word here."""
    lies = {
        "X-Forwarded-For": "127.66.1.1",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "max.example",
        "X-HTTP-Method-Override": "DELETE",
        "X-Original-URL": "/charter",
        "Origin": "null",
    }
    for path, body in (("/envelopes", POST), ("/mailboxes/close", b"\1" + os.urandom(32))):
        plain = request("POST", house.mailroom_behind(path), body=body, headers=OCTETS)
        lied = request("POST", house.mailroom_behind(path), body=body, headers=OCTETS | lies)
        assert alike(plain) == alike(lied)
        assert lied.headers["access-control-allow-origin"] == house.pocket
    page = request("GET", house.desk + "/sign-in/", headers=lies)
    assert page.status == 200
    assert b"max.example" not in page.body + str(page.headers).encode()


KINDS = ("text/plain", "application/json", "multipart/form-data; boundary=x", "a/b;charset=utf-16")


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_counts_by_its_bytes_whatever_it_is_called(house: House, kind: str) -> None:
    """No other reader is chosen by a header: mailroom and desk answer as to octets."""
    for url in (house.mailroom_behind("/envelopes"), house.desk + "/issuance/draw"):
        octets = request("POST", url, body=POST, headers=OCTETS)
        assert alike(request("POST", url, body=POST, headers={"Content-Type": kind})) == alike(
            octets
        )


PATHS = (
    "//etc/passwd",
    "/../../../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/assets/..%2f..%2f..%2fhost/serve.py",
    "/static/../../site/settings.py",
    "/static/%2e%2e/%2e%2e/site/settings.py",
    "/static//etc/passwd",
    "/bulletin/head%00",
    "/bulletin//head",
    "/bulletin/./head",
    "/Bulletin/Head",
    "/bulletin/head/",
    "/index.html%00.js",
    "/..;/cards/",
    "\\..\\secret-key",
)


@pytest.mark.parametrize("path", PATHS)
def test_a_crooked_path_leads_nowhere(house: House, path: str) -> None:
    """No door opens by another spelling, and no file but the served ones is ever sent."""
    for origin in house.origins:
        reply = raw.say(house.port, raw.head("GET", path, host(origin), "Connection: close"))
        assert set(reply.statuses) <= {400, 404}, (origin, reply.data[:200])
        assert b"root:" not in reply.data
        assert b"SECRET_KEY" not in reply.data


def test_headers_without_an_end_are_not_kept(house: House) -> None:
    """A megabyte of them, in one header or in ten thousand, ends the connection at 16 KiB."""
    one = raw.head("GET", "/bulletin/head", host(house.mailroom), "X: " + "x" * 2**20)
    many = raw.head("GET", "/bulletin/head", host(house.mailroom), *["X: xxxxxxx"] * 10_000)
    address = raw.head("GET", "/" + "x" * 2**20, host(house.mailroom))
    for said in (one, many, address, one[:-4], many[:-4]):
        reply = raw.say(house.port, said)
        assert reply.hung_up
        assert set(reply.statuses) <= {400}
    long = raw.head("GET", "/bulletin/head", host(house.mailroom), "X: " + "x" * 12_000)
    assert len(long) < HEADERS_AT_MOST
    assert raw.say(house.port, long, within_seconds=1).statuses == [200]


def test_a_bulletin_is_refused_by_its_head_alone(house: House) -> None:
    """Whoever has no right to publish cannot make the mailroom take in eight megabytes."""
    forged = Program(today=20_000).bulletin()
    head = raw.head("PUT", "/bulletin", host(house.mailroom), f"Content-Length: {2**22}")
    reply = raw.say(house.port, head + forged[:400])
    assert reply.statuses == [403]
    assert reply.hung_up
    held = request("GET", house.mailroom_behind("/bulletin/head")).body
    assert Bulletin.read(forged).head.write() != held


def test_who_is_slow_waits_alone(house: House) -> None:
    """Four hundred lines that never finish are shut after ten seconds; Ana is served at once."""
    mailroom, desk = host(house.mailroom), host(house.desk)
    begun = (
        b"",
        b"GET /bulletin/head HTT",
        raw.head("GET", "/bulletin/head", mailroom)[:-2] + b"X: ",
        raw.head("POST", "/envelopes", mailroom, "Content-Length: 4113") + POST[:1],
        raw.head("PUT", "/bulletin", mailroom, "Transfer-Encoding: chunked") + b"1\r\n\1",
        raw.head("POST", "/issuance/draw", desk, "Content-Length: 2573") + b"\1",
        raw.head("POST", "/sign-in/", desk, "Content-Length: 99") + b"login=",
        raw.head("POST", "/enrolment/hand-in", desk, "Content-Length: 99") + b"\1",
    )
    with raw.lines_held(house.port, *begun, each=50) as held, line(house) as silent:
        for _ in range(20):
            began = time.monotonic()
            assert request("GET", house.mailroom_behind("/bulletin/head")).status == 200
            assert request("GET", house.desk + "/sign-in/").status == 200
            assert time.monotonic() - began < AT_ONCE_SECONDS
        assert raw.seconds_until_all_hang_up(held) < 10 + AT_ONCE_SECONDS
        with pytest.raises(ConnectionClosed) as shut:
            silent.recv(timeout=3)
        assert shut.value.rcvd is not None
        assert shut.value.rcvd.code == 1008


def test_guesses_at_once_are_not_more_guesses(house: House) -> None:
    """Forty at the same instant, each from another made-up address: five are looked at."""
    form = request("GET", house.desk + "/sign-in/")
    cookie = form.headers["set-cookie"].partition(";")[0]
    token = re.findall(rb'name="csrfmiddlewaretoken" value="(\w+)"', form.body)[0].decode()
    guess = f"csrfmiddlewaretoken={token}&login=cleo%40example.org&password=a+guess+of+Max"

    def tried(turn: int) -> bytes:
        said = {
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"127.66.9.{turn}",
        }
        return request("POST", house.desk + "/sign-in/", body=guess.encode(), headers=said).body

    with ThreadPoolExecutor(8) as at_once:
        answers = list(at_once.map(tried, range(40)))
    looked_at = [one for one in answers if b"do not fit together" in one]
    assert 1 <= len(looked_at) <= 5
    assert sum(b"Too many tries" in one for one in answers) == 40 - len(looked_at)


def line(house: House, origin: str | None = None) -> ClientConnection:
    address = house.mailroom_behind("/listen").replace("http", "ws", 1)
    return websocket(address, compression=None, origin=Origin(origin) if origin else None)


def test_another_page_is_given_no_line(house: House) -> None:
    """A page of Max in Ana's browser cannot so much as listen; the pocket's own can."""
    for page in ("http://max.example", "null", house.desk, house.pocket + ".max.example"):
        with pytest.raises(InvalidStatus), line(house, page):
            pass
    with line(house, house.pocket) as opened:
        opened.send(Listen((os.urandom(32),)).write())
        assert opened.recv(timeout=5)


def test_a_line_that_shouts_is_heard_and_drowns_nobody(house: House) -> None:
    """Ten thousand frames, or one of a megabyte: everyone else is answered meanwhile."""
    with line(house) as shouting:
        frame = Listen((os.urandom(32),)).write()
        began = time.monotonic()
        for at in range(10_000):
            shouting.send(frame)
            shouting.recv(timeout=5)
            if at % 1_000 == 0:
                assert request("GET", house.mailroom_behind("/bulletin/head")).status == 200
        assert time.monotonic() - began < 60
    with line(house) as huge:
        with suppress(ConnectionClosed):  # hung up on before all was said
            huge.send(bytes(2**20))
        with pytest.raises(ConnectionClosed) as shut:
            huge.recv(timeout=5)
        assert shut.value.rcvd is not None
        assert shut.value.rcvd.code == 1009
    assert request("GET", house.mailroom_behind("/bulletin/head")).status == 200


def alike(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    return answer.status, dict(answer.headers), answer.body
