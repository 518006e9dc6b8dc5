"""A line cut after any byte: whoever repeats gets what the law says, and it happened once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from leanto.mailroom.routes import ROUTES
from leanto.wire.requests import RequestState
from tests.harness.mailroom import HOST, Mailroom, running_mailroom
from tests.harness.net import Answer
from tests.harness.stand_ins import Peer
from tests.power.cutting import cut_answering, cut_asking, message, moments
from tests.power.scenes import SCENES, Scene, Stage


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with running_mailroom(tmp_path_factory.mktemp("mailroom")) as mailroom:
        ben = Peer(mailroom)
        mailroom.publish(ben.address)
        yield Stage(mailroom, ben)


def test_every_door_has_a_scene() -> None:
    """A new door is cut like the others."""
    assert {name.split(",")[0] for name in SCENES} == set(ROUTES)


@pytest.mark.soak
@pytest.mark.parametrize("name", SCENES)
def test_an_answer_that_was_cut_is_given_again(name: str, stage: Stage) -> None:
    """Cut after any byte of the answer: done once, and the repeat is told the same."""
    stage.set()
    length = len(cut_answering(stage.mailroom.port, as_bytes(stage, SCENES[name](stage)), 1 << 20))
    for cut in moments(length, edge=6, between=8):
        stage.set()
        scene = SCENES[name](stage)
        before = on_disk(stage.mailroom)
        got = cut_answering(stage.mailroom.port, as_bytes(stage, scene), cut)
        once = on_disk(stage.mailroom)
        assert (once != before) == scene.changes, cut
        again = said_again(stage, scene)
        assert again.status == scene.again, (cut, again.body)
        if scene.again < 300:
            assert got.endswith(again.body[: max(0, cut - (length - len(again.body)))]), cut
        more = on_disk(stage.mailroom) ^ once
        assert len(more) == (1 if name == "/envelopes" else 0), cut
        stage.clear()


@pytest.mark.soak
@pytest.mark.parametrize("name", SCENES)
def test_half_a_request_is_none(name: str, stage: Stage) -> None:
    """Cut after any byte but the last: the disk is as it was, and whole it is taken once."""
    stage.set()
    scene = SCENES[name](stage)
    before = on_disk(stage.mailroom)
    whole = as_bytes(stage, scene)
    for cut in moments(len(whole) - 1, edge=24, between=40):
        cut_asking(stage.mailroom.port, whole, cut)
    assert on_disk(stage.mailroom) == before
    first = said_again(stage, scene)
    assert first.status < 300 or (not scene.changes and first.status == scene.again), first.body
    assert (on_disk(stage.mailroom) != before) == scene.changes


def as_bytes(stage: Stage, scene: Scene) -> bytes:
    method = ROUTES[scene.path].method
    host = f"{HOST}:{stage.mailroom.port}"
    return message(host=host, method=method, path=scene.path, body=scene.body, token=scene.token)


def said_again(stage: Stage, scene: Scene) -> Answer:
    method = ROUTES[scene.path].method
    return stage.mailroom.ask(method, scene.path, scene.body, scene.token)


def on_disk(mailroom: Mailroom) -> frozenset[object]:
    """Every row there is; but when it is looked at next, and whether anyone was left to ring."""
    return frozenset(rows(mailroom))


def rows(mailroom: Mailroom) -> Iterator[object]:
    with closing(sqlite3.connect(mailroom.database)) as database:
        tables = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in database.execute(f"SELECT * FROM {table}"):  # noqa: S608 - its own names
                if table == "request":
                    waiting = {RequestState.RINGING, RequestState.NOBODY_LEFT}
                    yield table, row[0], row[2] in waiting or row[2], row[4:6], row[7]
                elif table == "sealed_request":
                    yield table, row[0], row[1], row[3], row[5]
                else:
                    yield table, *row
