"""Every answer of the mailroom carries the same headers and tells nothing about the server."""

from leanto.mailroom.routes import ROUTES, Route
from tests.harness.mailroom import POCKET, Mailroom
from tests.harness.net import Answer, request

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


def test_every_door_answers_with_the_same_headers(mailroom: Mailroom) -> None:
    """No cookie, no date, no server, nothing to cache, nothing for another page to read."""
    for path, route in ROUTES.items():
        check_door(mailroom, path, route)


def check_door(mailroom: Mailroom, path: str, route: Route) -> None:
    wrong_method = mailroom.ask("DELETE", path)
    assert headers(wrong_method, 405) == FIXED | PROBLEM | {"allow": route.method}
    preflight = mailroom.ask("OPTIONS", path)
    allowed = {"access-control-allow-methods": route.method}
    assert headers(preflight, 204) == FIXED | PREFLIGHT | allowed
    wrong_size = bytes(route.size.at_most + 1) if route.size.at_most < 1_000_000 else b"short"
    refused = mailroom.ask(route.method, path, wrong_size)
    assert headers(refused, 413) == FIXED | PROBLEM | {"connection": "close"}


def test_good_answers_and_refusals_look_alike(mailroom: Mailroom) -> None:
    """What was answered stands in the body alone."""
    refused = mailroom.ask("GET", "/bulletin/head")
    assert headers(refused, 404) == FIXED | PROBLEM | {"connection": "close"}
    mailroom.publish()
    assert headers(mailroom.ask("GET", "/bulletin/head"), 200) == FIXED | OCTETS
    assert headers(mailroom.ask("PUT", "/charter", mailroom.program.charter()), 204) == FIXED
    assert headers(mailroom.ask("GET", "/nowhere"), 404) == FIXED | PROBLEM


def test_another_page_is_never_named(mailroom: Mailroom) -> None:
    """A browser lets the pocket read answers, and no page that Max has made."""
    foreign = {"Origin": "http://max.example", "Access-Control-Request-Method": "POST"}
    answer = request("OPTIONS", mailroom.url + "/envelopes", headers=foreign)
    assert answer.headers["access-control-allow-origin"] == POCKET


def headers(answer: Answer, status: int) -> dict[str, str]:
    """All but the length, once the status is the expected one."""
    assert answer.status == status, answer.body
    return {name: value for name, value in answer.headers.items() if name != "content-length"}
