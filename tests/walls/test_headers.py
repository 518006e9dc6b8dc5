"""Every answer of the mailroom carries the same headers and tells nothing about the server."""

import asyncio
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest

from leanto.doorway.answers import Answers
from leanto.mailroom.routes import ROUTES, Route
from leanto.wire.problems import PROBLEMS
from tests.harness.mailroom import HOST, POCKET, Mailroom, problem, running_mailroom
from tests.harness.net import Answer, request
from tests.harness.raw import head, say
from tests.harness.stand_ins import Officer, Peer, leave

FIXED = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "cross-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "access-control-allow-origin": POCKET,
    "access-control-expose-headers": "retry-after",
    "vary": "origin",
}
PREFLIGHT = {
    "access-control-allow-headers": "authorization, content-type",
    "access-control-max-age": "86400",
}
PROBLEM = {"content-type": "application/problem+json"}
OCTETS = {"content-type": "application/octet-stream"}
LAST = {"connection": "close"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
UPGRADE = ("Upgrade: websocket", "Connection: Upgrade")
KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
OPENS = (*UPGRADE, KEY, "Sec-WebSocket-Version: 13")
NOT_HTTP = {
    "no request at all": b"\x16\x03\x01\x02 hello\r\n\r\n",
    "another version": head("GET", "/", HOST).replace(b"1.1", b"9.9"),
    "two lengths": head("POST", "/", HOST, "Content-Length: 1", "Content-Length: 2"),
    "less than nothing": head("POST", "/", HOST, "Content-Length: -1"),
    "a tunnel": head("CONNECT", "max.example:1", HOST),
    "headers without end": head("GET", "/", HOST, f"X: {'x' * 20_000}"),
}
NO_LINE = {
    "elsewhere": head("GET", "/nowhere", HOST, *OPENS),
    "without a key": head("GET", "/listen", HOST, *UPGRADE, "Sec-WebSocket-Version: 13"),
    "another version": head("GET", "/listen", HOST, *UPGRADE, KEY, "Sec-WebSocket-Version: 9"),
    "another method": head("POST", "/listen", HOST, *OPENS),
}


@pytest.fixture(scope="module")
def mailroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailroom]:
    with running_mailroom(tmp_path_factory.mktemp("mailroom")) as started:
        yield started


@pytest.mark.parametrize("path", [*ROUTES, "/listen", "/nowhere", "/", "/.well-known/security.txt"])
def test_every_door_answers_alike_by_every_method(mailroom: Mailroom, path: str) -> None:
    """No cookie, no date, no server, nothing to cache, nothing for another page to read."""
    for method in METHODS:
        for body in bodies(ROUTES.get(path)):
            answer = mailroom.ask(method, path, body)
            assert 200 <= answer.status < 500 or problem(answer) == "not-ready"
            assert named(answer) == expected(answer, path, method), (method, len(body))


def bodies(route: Route | None) -> list[bytes]:
    """None, one of the right length that means nothing, and one too long."""
    if route is None or route.size.at_most > 1_000_000:
        return [b"", b"short"]
    return [b"", bytes(route.size.at_least), bytes(route.size.at_most + 1)]


def expected(answer: Answer, path: str, method: str) -> dict[str, str]:
    """What the law has for an answer of this status; a body decides nothing more."""
    route = ROUTES.get(path)
    kind = PROBLEM if answer.status >= 400 else OCTETS if answer.body else {}
    if route is None:
        return FIXED | PROBLEM
    if method == "OPTIONS":
        assert answer.status == 204
        return FIXED | PREFLIGHT | {"access-control-allow-methods": route.method}
    if method != route.method:
        assert answer.status == 405
        return FIXED | PROBLEM | {"allow": route.method}
    return FIXED | kind | (LAST if answer.status >= 400 else {})


def test_good_answers_and_refusals_look_alike(tmp_path: Path) -> None:
    """What was answered stands in the body alone, from asking to a mailbox that is full."""
    with running_mailroom(tmp_path) as mailroom:
        refused(mailroom.ask("GET", "/bulletin/head"), "no-bulletin")
        ben, dev, ana = Peer(mailroom), Peer(mailroom), Officer(mailroom)
        mailroom.publish(ben.address, dev.address)
        good(mailroom.ask("GET", "/bulletin/head"), 200, OCTETS)
        good(mailroom.ask("PUT", "/charter", mailroom.program.charter()), 204, {})
        token, body = mailroom.program.token_header(), ana.ask_body(ben, dev)
        refused(mailroom.post("/requests", body), "token-missing")
        refused(mailroom.post("/requests", body, "PrivateToken token=x"), "token-invalid")
        good(mailroom.post("/requests", body, token), 201, OCTETS)
        refused(mailroom.post("/requests", Officer(mailroom).ask_body(ben), token), "token-spent")
        good(ben.claim(ana.request_id), 200, OCTETS)
        refused(dev.claim(ana.request_id), "request-taken")
        refused(leave(mailroom, ben.address), "mailbox-unknown")
        while (left := leave(mailroom, ana.address)).status == 201:
            good(left, 201, {})
        refused(left, "mailbox-full")


def test_a_fault_of_ours_looks_like_any_refusal(tmp_path: Path) -> None:
    """Even a program that breaks tells nothing of itself."""
    with running_mailroom(tmp_path, "--broken") as mailroom:
        refused(mailroom.post("/envelopes/fetch", bytes(33)), "broken")


@pytest.mark.parametrize("name", PROBLEMS)
def test_every_refusal_of_the_law_carries_them(name: str) -> None:
    """Also those that a full disk or a great crowd alone would bring about."""
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    asyncio.run(Answers(POCKET).problem(send, name))
    headers = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    refused(Answer(sent[0]["status"], headers | LAST, sent[1]["body"]), name)


@pytest.mark.parametrize("case", NOT_HTTP)
def test_what_is_no_request_is_refused_before_any_room(mailroom: Mailroom, case: str) -> None:
    """The server below says 400 in one way, and not what it is."""
    reply = say(mailroom.port, NOT_HTTP[case])
    assert reply.statuses == [400]
    assert reply.headers.keys() == {"content-type", "content-length", "connection"}


@pytest.mark.parametrize("case", NO_LINE)
def test_a_line_that_is_not_opened_tells_no_more(mailroom: Mailroom, case: str) -> None:
    """The library says the hour, which everyone knows, and neither its name nor its version."""
    reply = say(mailroom.port, NO_LINE[case])
    assert reply.statuses[0] in {400, 403, 405}
    assert reply.headers.keys() - {"date", "allow"} == {
        *("content-type", "content-length", "connection")
    }


def test_a_line_that_is_opened_tells_no_more(mailroom: Mailroom) -> None:
    """Only what the handshake needs."""
    reply = say(mailroom.port, head("GET", "/listen", HOST, *OPENS), within_seconds=0.3)
    assert reply.statuses == [101]
    assert reply.headers.keys() == {"upgrade", "connection", "sec-websocket-accept"}


def test_another_page_is_never_named(mailroom: Mailroom) -> None:
    """A browser lets the pocket read answers, and no page that Max has made."""
    foreign = {"Origin": "http://max.example", "Access-Control-Request-Method": "POST"}
    answer = request("OPTIONS", mailroom.url + "/envelopes", headers=foreign)
    assert answer.headers["access-control-allow-origin"] == POCKET


def good(answer: Answer, status: int, kind: dict[str, str]) -> None:
    assert answer.status == status, answer.body
    assert named(answer) == FIXED | kind


def refused(answer: Answer, name: str) -> None:
    """As the law says, and with what the browser needs to try again."""
    law = PROBLEMS[name]
    again = {} if law.retry_after_seconds is None else {"retry-after": str(law.retry_after_seconds)}
    assert (problem(answer), answer.status) == (name, law.status)
    assert named(answer) == FIXED | PROBLEM | LAST | again


def named(answer: Answer) -> dict[str, str]:
    """All but the length."""
    return {name: value for name, value in answer.headers.items() if name != "content-length"}
