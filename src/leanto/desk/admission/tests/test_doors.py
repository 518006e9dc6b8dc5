"""The doors for pockets: exact bytes, no cookie read or set, every refusal a problem."""

import json
import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client

from leanto.desk.admission import actions
from leanto.desk.admission.keys import key_folder
from leanto.desk.admission.models import Box, Card
from leanto.desk.opening.rehearsal import open_rehearsal
from leanto.desk.site.configuration import DeskConfig
from leanto.rules.weeks import day_of, running_epochs
from leanto.wire.draws import Draw, Drawn
from tests.harness.staff import browser_of, member_with_second_step

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

DOORS = (
    "/issuance/draw",
    "/enrolment/hand-in",
    "/enrolment/state",
    "/enrolment/bundles",
    "/enrolment/standing",
)


@pytest.fixture
def body(desk: DeskConfig, db: None, now: datetime) -> bytes:
    """What Ana's pocket sends to draw."""
    open_rehearsal(now=now)
    box = actions.make_box(
        count=1, last_day=date(2029, 1, 1), folder=key_folder(), by=None, now=now
    )
    blinded = tuple(b"\0" + secrets.token_bytes(255) for _ in range(10))
    epoch = running_epochs(today=day_of(now))[-1].number
    return Draw(box.codes[0], epoch, blinded).write()


def post(path: str, body: bytes, browser: Client | None = None, **headers: str) -> "Answer":
    return (browser or Client(enforce_csrf_checks=True)).post(
        path, body, content_type="application/octet-stream", headers=headers
    )


def problem(answer: "Answer") -> str:
    assert answer.headers["Content-Type"] == "application/problem+json"
    content = json.loads(answer.content)
    assert content["status"] == answer.status_code
    return str(content["type"]).removeprefix("urn:leanto:problem:")


def test_a_draw_is_2573_bytes_for_2595(body: bytes) -> None:
    """The law's sizes, over the wire."""
    answer = post("/issuance/draw", body)
    assert (len(body), answer.status_code, len(answer.content)) == (2573, 200, 2595)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    assert Drawn.read(answer.content).epoch == Draw.read(body).epoch


def test_a_session_changes_nothing_and_no_cookie_is_set(body: bytes) -> None:
    """Cleo's browser draws like anyone's: nothing ties a draw to an account, not even a header."""
    signed_in = browser_of(member_with_second_step(), enforce_csrf_checks=True)
    signed_in.cookies["desk-language"] = "es"
    for path, sent in zip(DOORS, (body, b"\2", b"\2", b"\2", b"\2"), strict=True):
        with_cookies = post(path, sent, signed_in, Cookie="desk=guess; desk-language=es")
        without = post(path, sent)
        assert with_cookies.content == without.content
        assert dict(with_cookies.headers) == dict(without.headers)
        assert not with_cookies.cookies
        assert "cookie" not in with_cookies.headers["Vary"].lower()
        assert not hasattr(with_cookies.wsgi_request, "session")


def test_only_the_pockets_pages_may_read_the_answer(body: bytes, desk: DeskConfig) -> None:
    """A page of another origin gets nothing from a visitor's browser."""
    preflight = Client().options("/issuance/draw", headers={"Origin": "http://max.example"})
    for answer in (preflight, post("/issuance/draw", body, Origin="http://max.example")):
        assert answer.headers["Access-Control-Allow-Origin"] == desk.pocket
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda body: body + b"\0", "wrong-size"),
        (lambda body: body[:-1], "wrong-size"),
        (lambda body: body[:0], "wrong-size"),
        (lambda body: body + bytes(1 << 17), "wrong-size"),
        (lambda body: b"\2" + body[1:], "wrong-layout"),
        (lambda body: body[:13] + b"\xff" * 256 + body[269:], "wrong-layout"),
        (lambda body: body[:1] + bytes(10) + body[11:], "card-unknown"),
        (lambda body: body[:11] + b"\xff\xff" + body[13:], "epoch-over"),
    ],
)
def test_max_is_refused_by_name(body: bytes, change: Callable[[bytes], bytes], name: str) -> None:
    """Each kind of bad draw has its own word, and none repeats a byte of what was sent."""
    answer = post("/issuance/draw", change(body))
    assert problem(answer) == name


def test_a_fourth_batch_is_refused_by_name(body: bytes) -> None:
    """And the three before it can be fetched again."""
    batches = [body[:-1] + bytes([n]) for n in range(4)]
    answers = [post("/issuance/draw", one) for one in batches]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 409]
    assert problem(answers[3]) == "card-used-up"
    assert post("/issuance/draw", batches[0]).content == answers[0].content


def test_a_door_for_pockets_is_no_page(body: bytes) -> None:
    """Only POST opens it."""
    for path in DOORS:
        assert problem(Client().get(path)) == "wrong-method"


def test_an_unknown_invitation_is_refused_by_name(body: bytes) -> None:
    """The state of no invitation is told to nobody."""
    assert problem(post("/enrolment/state", b"\1" + bytes(16))) == "invitation-unknown"
    assert problem(post("/enrolment/state", b"\1" + bytes(17))) == "wrong-size"


def test_cards_are_made_by_coordinators_alone(desk: DeskConfig, db: None) -> None:
    """Nobody who is not signed in reaches the printer."""
    answer = Client().post("/cards/make/", {"count": 3, "last_day": "2029-11-25"})
    assert answer.status_code == 302
    assert not Box.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_desk_that_cannot_write_says_when_to_come_again_and_counts_nothing(body: bytes) -> None:
    """A disk that takes nothing more is no fault of the pocket's; later the same ten are signed."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        refused = post("/issuance/draw", body)
        cursor.execute("PRAGMA query_only = OFF")
    assert (problem(refused), refused.headers["Retry-After"]) == ("store-full", "60")
    assert not Card.objects.exclude(drawn=b"").exists()
    assert post("/issuance/draw", body).status_code == 200


def test_the_desk_answers_after_its_disk(desk: DeskConfig, db: None) -> None:
    """FULL syncs at each commit, and what is deleted is overwritten, as in the mailroom."""
    with connection.cursor() as cursor:
        said = [
            cursor.execute(f"PRAGMA {one}").fetchone() for one in ("synchronous", "secure_delete")
        ]
    assert said == [(2,), (1,)]
