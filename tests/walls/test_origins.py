"""Three origins by host name: each has its own headers, and no other name is heard."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from websockets.exceptions import InvalidStatus

from leanto.desk.site.access import NAMELESS
from leanto.host.securitytxt import PATH
from tests.harness.house import House, opened_house
from tests.harness.net import Answer, request, websocket
from tests.harness.raw import head, say
from tests.walls.test_desk_routes import ALL as DOORS

NOTHING_OF_THE_DEVICE = (
    "accelerometer=(), browsing-topics=(), camera=(), geolocation=(), gyroscope=(), "
    "microphone=(), payment=(), usb=()"
)
DESK = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": NOTHING_OF_THE_DEVICE,
}
DESK_PAGE = DESK | {
    "content-type": "text/html; charset=utf-8",
    "content-language": "en",
    "cache-control": "no-store",
    "x-frame-options": "DENY",
}
CANARY = "fay-was-here-4711"
SECURITY_TXT = {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}
COOKIE = "HttpOnly; Path=/; SameSite=Lax"
FOREVER = "public, max-age=31536000, immutable"
LENGTH = {"content-length", "transfer-encoding"}
OF_EACH_ANSWER = LENGTH | {"set-cookie", "location", "etag", "last-modified", "expires"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


def pocket_headers(house: House, kind: str, *, cache: str = "no-cache") -> dict[str, str]:
    line = house.mailroom.replace("http", "ws", 1)
    return {
        "content-security-policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "
        "style-src 'self'; img-src 'self'; "
        f"connect-src 'self' {house.mailroom} {line} {house.desk} {house.notifier}; "
        "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; "
        "trusted-types leanto-sw lit-html",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
        "vary": "accept-encoding",
        "content-type": kind,
        "cache-control": cache,
    }


def test_the_pocket_answers_alike_and_never_sets_a_cookie(house: House) -> None:
    """Page, script, nowhere, wrong method: one policy, and nothing remembered."""
    page = pocket_headers(house, "text/html; charset=utf-8")
    assert headers(request("GET", house.pocket + "/"), 200) == page
    assert headers(request("HEAD", house.pocket + "/"), 200) == page
    assert headers(request("GET", house.pocket + "/nowhere"), 404) == page
    assert headers(request("POST", house.pocket + "/"), 405) == page
    squeezed = request("GET", house.pocket + "/", headers={"Accept-Encoding": "gzip, br"})
    assert headers(squeezed, 200) == page | {"content-encoding": "br"}
    settings = pocket_headers(house, "application/json")
    assert headers(request("GET", house.pocket + "/pocket.json"), 200) == settings
    files = request("GET", house.pocket + "/files.json").json()["files"]
    script = next(name for name in files if name.startswith("assets/") and name.endswith(".js"))
    kept = pocket_headers(house, "text/javascript; charset=utf-8", cache=FOREVER)
    assert headers(request("GET", f"{house.pocket}/{script}"), 200) == kept


def test_the_desk_answers_alike(house: House) -> None:
    """A page, a way to the door, a refusal, a file: the same policy and nothing kept on the way."""
    door = request("GET", house.desk + "/sign-in/")
    never = "max-age=0, no-cache, no-store, must-revalidate, private"
    assert headers(door, 200) == DESK_PAGE | {
        "cache-control": never,
        "vary": "Cookie, Accept-Language",
    }
    by_language = DESK_PAGE | {"vary": "Accept-Language, Cookie"}
    assert headers(request("GET", house.desk + "/rota/"), 302) == by_language
    refused = DESK_PAGE | {"vary": "Cookie, Accept-Language"}
    assert headers(request("GET", house.desk + "/nowhere/"), 404) == refused
    assert headers(request("POST", house.desk + "/sign-in/"), 403) == refused
    style = request("GET", house.desk + "/static/desk/desk.css")
    assert headers(style, 200) == DESK | {
        "content-type": 'text/css; charset="utf-8"',
        "cache-control": "max-age=0, public",
    }


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("/issuance/draw", 413),
        ("/enrolment/hand-in", 400),
        ("/enrolment/state", 413),
        ("/enrolment/bundles", 400),
        ("/enrolment/standing", 413),
    ],
)
def test_the_desks_nameless_doors_know_no_cookie(house: House, path: str, refused: int) -> None:
    """Whatever a browser brings along, a pocket gets the same answer and nothing to keep."""
    brought = {"Cookie": "desk=stolen; desk-form=stolen", "Accept-Language": "es"}
    for method, status in (("OPTIONS", 204), ("GET", 405), ("POST", refused)):
        plain = request(method, house.desk + path, body=b"\0" * 5)
        with_cookie = request(method, house.desk + path, body=b"\0" * 5, headers=brought)
        kind = {} if status == 204 else {"content-type": "application/problem+json"}
        allow = {"allow": "POST"} if status == 405 else {}
        assert headers(plain, status) == nameless_headers(house) | kind | allow
        assert (with_cookie.headers, with_cookie.body) == (plain.headers, plain.body)
        assert "set-cookie" not in plain.headers


def nameless_headers(house: House) -> dict[str, str]:
    return DESK | {
        "access-control-allow-origin": house.pocket,
        "access-control-allow-headers": "content-type",
        "access-control-allow-methods": "POST",
        "access-control-expose-headers": "retry-after",
        "cross-origin-resource-policy": "cross-origin",
        "cache-control": "no-store",
        "vary": "Origin",
    }


PAGE_MAY = {"content-language", "x-frame-options", "vary", "allow", "location", "expires"}
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE")


@pytest.mark.parametrize("path", [one for one, _, access in DOORS if access not in NAMELESS])
def test_every_page_of_the_desk_answers_alike(house: House, path: str) -> None:
    """Whoever knocks without an account, and however: one policy, no server, nothing to keep."""
    for method in METHODS:
        answer = request(method, house.desk + path)
        assert answer.status in {200, 302, 403, 404, 405, 410}, method
        said = told(answer)
        assert said.items() >= DESK.items()
        assert "no-store" in said["cache-control"]
        assert said.keys() - DESK.keys() - PAGE_MAY <= {
            "content-type",
            "cache-control",
            "set-cookie",
        }
        assert said.get("set-cookie", "").partition("; ")[2] in {"", COOKIE}


def test_every_file_of_the_pocket_answers_alike(house: House) -> None:
    """Nothing in an answer is of the one who asks: no cookie, no mark, no hour."""
    files = request("GET", house.pocket + "/files.json").json()["files"]
    for path in ("", "pocket.json", "files.json", "nowhere", *files):
        for method in METHODS:
            answer = request(method, f"{house.pocket}/{path}")
            kind, cache = answer.headers["content-type"], answer.headers["cache-control"]
            assert told(answer) == pocket_headers(house, kind, cache=cache)
            assert cache == (
                FOREVER if path.startswith("assets/") and answer.status == 200 else "no-cache"
            )


def test_what_is_no_request_is_refused_before_any_room(house: House) -> None:
    """The server below names neither itself nor the hour."""
    for case in (b"\x16\x03\x01 hello\r\n\r\n", head("CONNECT", "max.example:1", "desk.localhost")):
        reply = say(house.port, case)
        assert reply.statuses == [400]
        assert reply.headers.keys() == {"content-type", "content-length", "connection"}


def test_nothing_of_a_knock_is_written_down(house: House) -> None:
    """At no door of any room, and the desk keeps only what its own people write."""
    flags = {"User-Agent": CANARY, "Cookie": f"desk={CANARY}", "X-Forwarded-For": "203.0.113.47"}
    flags |= {"Referer": f"http://{CANARY}/", "Accept-Language": CANARY, CANARY: CANARY}
    nameless = [path for path, _, access in DOORS if access in NAMELESS]
    for origin in house.origins:
        for path in ("/", f"/{CANARY}", "/sign-in/", "/envelopes", *nameless):
            for method in ("GET", "POST", CANARY):
                body = CANARY.encode() * 9 if method == "POST" else None
                request(method, f"{origin}{path}?{CANARY}", body=body, headers=flags)
        say(house.port, head("GET", "/", CANARY, f"{CANARY}: {CANARY}", f"{CANARY}"))
    marks = (CANARY.encode(), b"203.0.113.47")
    assert [path for path, data in house.every_file() if any(one in data for one in marks)] == []


def test_a_weakness_can_be_told_at_every_origin(house: House) -> None:
    """Whoever finds one finds by RFC 9116 whom the operator named, for the next half year."""
    for origin in house.origins:
        answer = request("GET", origin + PATH)
        assert told(answer) == SECURITY_TXT
        contact, expires, _ = answer.body.decode().splitlines()
        assert contact == "Contact: mailto:security@two-creeks.example"
        until = datetime.fromisoformat(expires.removeprefix("Expires: "))
        assert timedelta(days=178) < until - datetime.now(UTC) < timedelta(days=181)
        assert request("HEAD", origin + PATH).headers == answer.headers
        refused = request("POST", origin + PATH)
        assert (refused.status, told(refused)) == (405, SECURITY_TXT | {"allow": "GET, HEAD"})


def test_too_much_is_refused_by_the_desk_in_a_few_words(house: House) -> None:
    """A body of more than a megabyte is not kept to be looked at."""
    answer = request("POST", house.desk + "/sign-in/", body=bytes((1 << 20) + 1))
    assert answer.status == 413
    assert told(answer).keys() == {
        *("content-type", "cache-control", "x-content-type-options", "connection")
    }


def test_the_desks_cookies_are_its_own(house: House) -> None:
    """A cookie of the desk reaches no script and no other site."""
    cookie = request("GET", house.desk + "/sign-in/").headers["set-cookie"]
    assert cookie.partition("; ")[2] == COOKIE


@pytest.mark.parametrize(
    "name", ["localhost", "127.0.0.1", "max.example", "leanto.localhost.max.example", ""]
)
def test_a_name_that_is_not_ours_gets_421(house: House, name: str) -> None:
    """A page under a foreign name that leads to this machine finds no room to speak to."""
    named = {"Host": f"{name}:{house.port}"}
    answer = request("GET", house.pocket + "/", headers=named)
    assert answer.status == 421
    assert answer.headers == {
        "content-type": "text/plain; charset=utf-8",
        "content-length": str(len(answer.body)),
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
    }


def test_only_the_mailroom_has_a_line(house: House) -> None:
    """A WebSocket to the pocket, the desk or a foreign name is shut before it opens."""
    for origin in (house.pocket, house.desk, f"http://max.example:{house.port}"):
        address = origin.replace("http", "ws", 1) + "/listen"
        with pytest.raises(InvalidStatus), websocket(address):
            pass


def told(answer: Answer) -> dict[str, str]:
    """All but the length."""
    return {name: value for name, value in answer.headers.items() if name not in LENGTH}


def headers(answer: Answer, status: int) -> dict[str, str]:
    """All but those that differ from answer to answer, once the status is the expected one."""
    assert answer.status == status, answer.body
    return {name: value for name, value in answer.headers.items() if name not in OF_EACH_ANSWER}
