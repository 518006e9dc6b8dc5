"""The examples for nginx and Caddy, tried with the real programs before a real one."""

import os
import re
import shutil
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest
from websockets.exceptions import InvalidMessage
from websockets.sync.client import ClientConnection, connect

from leanto.wire.listening import Found
from leanto.wire.mailboxes import address_of
from tests.harness.house import House
from tests.harness.net import Answer, request
from tests.harness.stand_ins import Line
from tests.hosting.proxies import ASKED, CLIENT, PROXIES, Proxy, listener, running

POCKET, DESK, MAILROOM, WAKE = "leanto.localhost", "desk.localhost", "mailroom.localhost", ASKED[-1]
OCTETS = {"Content-Type": "application/octet-stream"}
WRONG, WAIT = b"do not fit", b"Wait five minutes"
MARK = "3f9ac1d0marked"
# What a proxy may say for itself: what time it is, that it is one, and how long this line lives.
ITS_OWN = {"date", "server", "connection", "keep-alive", "transfer-encoding"}
QUESTIONS: list[tuple[str, str, str, bytes | None]] = [
    ("GET", POCKET, "/", None),
    ("HEAD", POCKET, "/", None),
    ("GET", POCKET, "/sw.js", None),
    ("GET", POCKET, "/pocket.json", None),
    ("GET", POCKET, "/nowhere", None),
    ("GET", DESK, "/sign-in/", None),
    ("GET", DESK, "/livez", None),
    ("POST", DESK, "/issuance/draw", b"no card"),
    ("GET", MAILROOM, "/livez", None),
    ("GET", MAILROOM, "/bulletin/charter", None),
    ("OPTIONS", MAILROOM, "/requests", None),
    ("DELETE", MAILROOM, "/requests", None),
    ("POST", MAILROOM, "/envelopes/fetch", os.urandom(33)),
    ("POST", MAILROOM, "/envelopes", b"too short"),
    ("PUT", MAILROOM, "/charter", b"signed by nobody"),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A program whose coordinators come by https, behind one proxy."""
    house = House(tmp_path_factory.mktemp("house"))
    house.found(people="agencies")
    settings = house.data / "leanto.toml"
    secure = settings.read_text().replace(house.desk, house.desk.replace("http:", "https:"))
    settings.write_text("trusted_proxies = 1\n" + secure.replace("trusted_proxies = 0\n", ""))
    try:
        house.start()
        yield house
    finally:
        house.kill()


@pytest.fixture(scope="module", params=PROXIES)
def proxy(
    request: pytest.FixtureRequest, house: House, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    here(request.param)
    folder = tmp_path_factory.mktemp(request.param) / "proxy"
    with running(request.param, folder, rooms=house.port, notifier=house.port) as started:
        yield started


def here(name: str) -> None:
    if not shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin"):
        pytest.skip(f"{name} is not installed: its example is not tried here")


def test_answers_pass_as_they_are(house: House, proxy: Proxy) -> None:
    """Status, body and every header are the room's own; squeezed answers stay as they came."""
    for squeezed in ({}, {"Accept-Encoding": "gzip, br"}):
        for method, host, path, body in QUESTIONS:
            said = {"Host": host, **OCTETS, **squeezed}
            at_https = {**said, "X-Forwarded-Proto": "https"}
            url = f"http://{host}:{house.port}{path}"
            straight = request(method, url, body=body, headers=at_https)
            around = proxy.ask(method, host, path, body=body, headers=said)
            assert around.status == straight.status, (method, host, path)
            assert plain(around) == plain(straight), (method, host, path)


def plain(answer: Answer) -> tuple[dict[str, str], bytes]:
    """Headers and body, without what is new each time or the proxy's own."""
    named = {name: said for name, said in answer.headers.items() if name not in ITS_OWN}
    if "set-cookie" in named:  # a form's key, fresh in page and cookie
        return {**named, "set-cookie": named["set-cookie"].split("=")[0], "expires": "now"}, b""
    return named, answer.body


def test_a_pocket_hears_through_it(proxy: Proxy) -> None:
    """The open line of the mailroom stands."""
    with opened_line(proxy) as line:
        key = os.urandom(32)
        assert Line(line).listen(key).found == ((address_of(key), Found.UNKNOWN),)


def opened_line(proxy: Proxy) -> ClientConnection:
    """Two threads on one TLS socket may collide in Python: up to three tries."""
    for tries_left in (2, 1, 0):
        try:
            url, reached = f"ws://{MAILROOM}/listen", proxy.reached(MAILROOM)
            return connect(url, sock=reached, compression=None, open_timeout=20)
        except InvalidMessage:
            if not tries_left:
                raise
    raise AssertionError


@pytest.mark.parametrize("name", PROXIES)
def test_only_the_desk_is_told_where_somebody_comes_from(name: str, tmp_path: Path) -> None:
    """What a room hears of a knock; and nobody puts another address into a proxy's mouth."""
    here(name)
    lies = {
        "X-Forwarded-For": "10.9.9.9",
        "X-Forwarded-Proto": "http",
        "X-Real-IP": "10.9.9.9",
        "Forwarded": "for=10.9.9.9",
    }
    with (
        listener() as (rooms, heard),
        running(name, tmp_path / "proxy", rooms=rooms, notifier=rooms) as proxy,
    ):
        for host in ASKED:
            proxy.ask("GET", host, "/", headers=lies)
        proxy.ask("GET", DESK, "/issuance/draw", headers=lies)
    told = {(said["host"], path): said for path, said in heard}
    assert len(told) == len(ASKED) + 1
    desk = told.pop((DESK, "/"))
    assert (desk["x-forwarded-for"], desk["x-forwarded-proto"]) == (CLIENT, "https")
    for said in (desk, *told.values()):
        assert "10.9.9.9" not in str(said)
        assert not said.keys() & {"via", "forwarded", "x-real-ip"}
    for said in told.values():
        assert CLIENT not in str(said)
        assert not any(one.startswith("x-forwarded") for one in said if one != "x-forwarded-proto")


@pytest.mark.parametrize("name", PROXIES)
def test_nothing_of_a_knock_is_written_down(name: str, tmp_path: Path) -> None:
    """Answered, refused, too long, no HTTP at all, another name, or a room that is away: no file
    of the proxy has its address, its path or its words."""
    here(name)
    with listener() as (rooms, _), running(name, tmp_path / "p", rooms=rooms, notifier=1) as proxy:
        marked = {"User-Agent": MARK, "Referer": f"https://{MARK}.example/"}
        for host in ASKED:
            proxy.ask("GET", host, f"/{MARK}", headers=marked)
        assert proxy.ask("GET", WAKE, f"/{MARK}", headers=marked).status == 502
        with suppress(ConnectionError):  # who sends too much may be cut off
            long = MARK.encode() * 200_000
            assert proxy.ask("POST", POCKET, f"/{MARK}", body=long).status >= 400
        for host, words in ((POCKET, MARK.encode() + b"\r\n\r\n"), (MAILROOM, b"\x16\x03\x01")):
            with proxy.reached(host) as line:
                line.sendall(words)
                line.shutdown(socket.SHUT_WR)
                while line.recv(4096):
                    pass
        with pytest.raises(ssl.SSLError):
            proxy.reached("elsewhere.localhost")
    for file in (tmp_path / "p").rglob("*"):
        written = file.read_bytes() if file.is_file() else b""
        assert MARK.encode() not in written, file
        assert CLIENT.encode() not in written, file


def test_a_coordinator_signs_in_by_https(proxy: Proxy) -> None:
    """Her forms count, her cookies never travel in the open, and who guesses passwords at another
    address does not hold her off."""
    here, elsewhere = (f"127.{net}.{proxy.port % 250}.9" for net in (1, 2))  # each proxy's own
    assert [guess(proxy, client=here) for _ in range(6)] == [WRONG] * 5 + [WAIT]
    assert guess(proxy, client=elsewhere) == WRONG


def guess(proxy: Proxy, *, client: str) -> bytes:
    """Opens the page and hands in a wrong password, as a browser does; gives what it is told."""
    page = proxy.ask("GET", DESK, "/sign-in/", client=client)
    cookie = page.headers["set-cookie"].split(";")
    assert cookie[0].startswith("__Host-desk-form=")
    assert " Secure" in cookie
    assert page.headers["strict-transport-security"].startswith("max-age=")
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.body)
    assert token
    form = {"csrfmiddlewaretoken": token[1].decode(), "login": "cleo@example.org", "password": "x"}
    said = {
        "Cookie": cookie[0],
        "Origin": f"https://{DESK}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode(form).encode()
    answer = proxy.ask("POST", DESK, "/sign-in/", body=body, headers=said, client=client)
    return next((one for one in (WRONG, WAIT) if one in answer.body), answer.body)
