"""The notifier's own walls: what it may load, hold, say and write down."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from leanto.notifier.routes import ROUTES, Access, Route
from leanto.wire.problems import PROBLEMS
from tests.harness.mailroom import problem
from tests.harness.net import Answer, request
from tests.harness.raw import head, say
from tests.harness.waking.notifier import POCKET, Notifier, running_notifier
from tests.walls.test_absence import SOURCE, load_without_django
from tests.walls.test_headers import FIXED, LAST, METHODS, OCTETS, PROBLEM, named
from tests.walls.test_routes import LAW, NOTIFIER_LAW
from tests.walls.test_schema import complaints_about

CANARY = "fay-was-here-4711"
FLAGS = {
    "User-Agent": CANARY,
    "X-Forwarded-For": "203.0.113.47",
    "Cookie": CANARY,
    "Referer": f"http://{CANARY}/",
    "Authorization": f"Bearer {CANARY}",
}
OF_EVERY_ROOM = [("GET", "/livez"), ("GET", "/readyz")]
PREFLIGHT = {"access-control-allow-headers": "content-type", "access-control-max-age": "86400"}


@pytest.fixture(scope="module")
def notifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notifier]:
    with running_notifier(tmp_path_factory.mktemp("notifier")) as running:
        yield running


@pytest.mark.parametrize(
    ("room", "absent"), [("leanto.notifier", "leanto.mailroom"), ("leanto.mailroom", "leanto.mail")]
)
def test_it_starts_where_no_other_room_can_be_imported(room: str, absent: str) -> None:
    """What wakes phones cannot be asked whose they are, and what rings cannot find out where."""
    outcome = load_without_django(SOURCE, room, absent)
    assert outcome.returncode == 0, outcome.stderr


def test_it_has_the_doors_of_the_law_and_no_other() -> None:
    """And each asks for what the law says."""
    law = NOTIFIER_LAW | {door: LAW[door] for door in OF_EVERY_ROOM}
    assert {(route.method, path) for path, route in ROUTES.items()} == set(law)
    for path, route in ROUTES.items():
        assert re.search(rf"\b{route.access.name.lower()}\b", law[route.method, path])


def test_it_holds_only_what_it_may(notifier: Notifier) -> None:
    """No name, no mailbox, no time finer than its purpose; where an endpoint leads is sealed."""
    with closing(sqlite3.connect(notifier.data / "notifier.sqlite3")) as database:
        assert complaints_about(database, "notifier") == []
        database.execute("CREATE TEMP TABLE seeded (who TEXT)")
        database.execute("ALTER TABLE endpoint ADD made_at INTEGER")
        found = complaints_about(database, "notifier")
        assert found == ["endpoint.made_at INTEGER is not on the list"]
        database.execute("ALTER TABLE endpoint DROP made_at")


@pytest.mark.parametrize("path", [*ROUTES, "/nowhere", "/", "/listen"])
def test_every_door_answers_alike_by_every_method(notifier: Notifier, path: str) -> None:
    """No cookie, no date, no server, nothing for another page; bodies of the one length."""
    for method in METHODS:
        for body in bodies(ROUTES.get(path)):
            answer = request(method, notifier.url + path, body=body, headers=FLAGS)
            assert 200 <= answer.status < 500
            assert named(answer) == expected(answer, path, method), (method, len(body))


def bodies(route: Route | None) -> list[bytes]:
    size = route.size.at_least if route else 5
    return [b"", bytes(size), bytes(size + 1)]


def expected(answer: Answer, path: str, method: str) -> dict[str, str]:
    route = ROUTES.get(path)
    kind = PROBLEM if answer.status >= 400 else OCTETS if answer.body else {}
    if route is None:
        return FIXED | PROBLEM
    if method == "OPTIONS":
        assert answer.status == 204
        return FIXED | PREFLIGHT | {"access-control-allow-methods": route.method}
    if method != route.method:
        assert answer.status == PROBLEMS["wrong-method"].status
        return FIXED | PROBLEM | {"allow": route.method}
    return FIXED | kind | (LAST if answer.status >= 400 else {})


def test_the_secret_is_asked_for_before_the_body_is_taken_in(notifier: Notifier) -> None:
    """Whoever has none learns nothing from lengths or layouts."""
    guarded = [path for path, route in ROUTES.items() if route.access is Access.WITH_SECRET]
    assert guarded == ["/wakes", "/wakes/keep"]
    for path in guarded:
        for body in (b"", bytes(17), bytes(18)):
            assert problem(notifier.post(path, body)) == "secret-wrong"


def test_a_foreign_name_and_a_foreign_page_are_not_heard(notifier: Notifier) -> None:
    """Only by its own name, and a browser lets nobody but the pocket read what it says."""
    foreign = request("GET", notifier.url + "/channels", headers={"Host": "max.example"})
    assert foreign.status == 421
    asked = request(
        "OPTIONS", notifier.url + "/endpoints", headers={"Origin": "http://max.example"}
    )
    assert asked.headers["access-control-allow-origin"] == POCKET


def test_nothing_of_a_request_is_ever_written_down(notifier: Notifier) -> None:
    """At no door, by no method, whatever comes."""
    for path, route in ROUTES.items():
        body = CANARY.encode().ljust(route.size.at_least)[: route.size.at_least]
        for target in (path, f"{path}?{CANARY}", f"/{CANARY}{path}"):
            for method in (route.method, CANARY):
                request(method, notifier.url + target, body=body, headers=FLAGS)
    for knock in (
        f"GET /{CANARY} HTTP/9.9\r\n{CANARY}\r\n\r\n".encode(),
        head("POST", "/endpoints", CANARY, f"Content-Length: {CANARY}"),
        head("GET", "/", CANARY, "Upgrade: websocket", f"Sec-WebSocket-Key: {CANARY}"),
    ):
        say(notifier.port, knock, within_seconds=0.3)
    marks = (CANARY.encode(), b"203.0.113.47")
    assert [
        str(path) for path, data in notifier.every_file() if any(m in data for m in marks)
    ] == []
    assert notifier.log.read_text() == ""
