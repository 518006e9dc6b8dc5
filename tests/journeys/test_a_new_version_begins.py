"""Another version of Leanto starts on the same folder: forward after a copy, never back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.harness.house import House, finished

NEWER_STEP = """INSERT INTO django_migrations (app, name, applied)
                VALUES ('rota', '9999_x', '2030-01-01')"""

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Founded, and nothing serves."""
    house = House(tmp_path_factory.mktemp("house"))
    house.found(people="agencies")
    return house


def refused(house: House) -> str:
    """What whoever starts it is told: one sentence."""
    done = finished("leanto", "publish", "--data", house.data)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


def changed(house: House, room: str, *statements: str) -> None:
    with closing(sqlite3.connect(house.data / room / f"{room}.sqlite3")) as database:
        for one in statements:
            database.execute(one)
        database.commit()


def steps(house: House) -> list[tuple[str, str]]:
    with house.opened("desk") as database:
        return database.execute("SELECT app, name FROM django_migrations").fetchall()


@pytest.fixture
def one_step_behind(house: House) -> Iterator[list[tuple[str, str]]]:
    """The desk's database as the version before had it; gives the steps it had taken."""
    whole = steps(house)
    house.at_desk("one_step_back")
    behind = steps(house)
    assert len(behind) < len(whole)
    yield behind
    house.leanto("publish", "--data", house.data)
    assert sorted(steps(house)) == sorted(whole)


def copies(house: House) -> list[Path]:
    return sorted((house.data / "desk").glob("desk.sqlite3.before-*"))


def test_the_desk_takes_its_steps_after_a_copy(
    house: House, one_step_behind: list[tuple[str, str]]
) -> None:
    """The way back stands beside it, as it was, for the program alone."""
    house.leanto("publish", "--data", house.data)
    (copy,) = copies(house)
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as database:
        found = database.execute("SELECT app, name FROM django_migrations").fetchall()
    assert found == one_step_behind


@pytest.mark.usefixtures("one_step_behind")
def test_a_step_that_fails_leaves_the_desk_as_it_was(house: House) -> None:
    """The sentence says that nothing was changed, and nothing was."""
    behind = steps(house)
    changed(house, "desk", "CREATE TABLE enrolment_ownword (in_the_way INTEGER)")
    try:
        assert "It is as it was" in refused(house)
        assert steps(house) == behind
    finally:
        changed(house, "desk", "DROP TABLE enrolment_ownword")


def test_an_older_leanto_refuses_what_a_newer_one_wrote(house: House) -> None:
    """It would not keep what the newer one promised: one sentence, and nothing is touched."""
    changed(house, "desk", NEWER_STEP)
    assert "was written by a newer Leanto (step rota 9999_x)" in refused(house)
    changed(house, "desk", "DELETE FROM django_migrations WHERE name = '9999_x'")
    house.leanto("publish", "--data", house.data)


def test_the_mailroom_refuses_a_newer_file(house: House) -> None:
    """The program does not start at all, rather than start and lose."""
    house.start()
    house.stop()
    (version,) = (row[0] for row in _asked(house, "PRAGMA user_version"))
    changed(house, "mailroom", "PRAGMA user_version = 99")
    done = finished("leanto", "serve", "--data", house.data)
    assert done.returncode == 2
    assert "was written by a newer Leanto (schema 99" in done.stderr
    changed(house, "mailroom", f"PRAGMA user_version = {version}")
    house.start()
    house.stop()


def _asked(house: House, question: str) -> list[tuple[int]]:
    with house.opened("mailroom") as database:
        return database.execute(question).fetchall()
