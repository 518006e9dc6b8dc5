"""What a program could be made to hand over is on its list, and a coordinator can see it proved."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.harness.house import House, finished, opened_house

pytestmark = pytest.mark.journey

ON_THE_LIST = "Every table, column and file above is on the list of what a program may hold."


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened_house(tmp_path_factory.mktemp("house"), settled=True) as opened:
        yield opened


def drilled(house: House, *more: str | Path) -> tuple[int, str]:
    done = finished("leanto", "drill", "subpoena", "--data", house.data, *more)
    assert done.stderr == ""
    return done.returncode, done.stdout


def contents(house: House) -> dict[str, bytes]:
    """All but where SQLite notes down who reads at the moment."""
    return {str(path): content for path, content in house.every_file() if not path.match("*-shm")}


def test_all_there_is_can_be_shown_while_the_program_serves(house: House) -> None:
    """Nobody has to stop the program, and nothing is changed by looking."""
    before = contents(house)
    code, said = drilled(house)
    assert (code, ON_THE_LIST in said) == (0, True), said
    assert "Peers (roster_peer): 9 rows" in said
    assert "Marks of used passes (spent): 0 rows" in said
    assert "NOT ON THE LIST" not in said
    assert contents(house) == before


def test_the_copy_for_counsel_holds_every_row(house: House, tmp_path: Path) -> None:
    """What counsel reads is what there is, not what somebody chose to show."""
    drilled(house, "--out", tmp_path / "copy")
    for room, database in (("desk", "desk.sqlite3"), ("mailroom", "mailroom.sqlite3")):
        with closing(sqlite3.connect(house.data / room / database)) as opened:
            tables = [row[1] for row in opened.execute("PRAGMA main.table_list")]
            for table in [one for one in tables if not one.startswith("sqlite_schema")]:
                lines = (tmp_path / "copy" / room / f"{table}.jsonl").read_text().splitlines()
                (count,) = opened.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 -- named by the database
                assert len([json.loads(line) for line in lines]) == count, table


@pytest.mark.parametrize(
    ("room", "change", "undo", "sentence"),
    [
        (
            "mailroom/mailroom",
            "ALTER TABLE mailbox ADD COLUMN created_at INTEGER",
            "ALTER TABLE mailbox DROP COLUMN created_at",
            "The mailroom's column mailbox.created_at (INTEGER) is not on the list.",
        ),
        (
            "desk/desk",
            "CREATE TABLE visit (who TEXT)",
            "DROP TABLE visit",
            "The desk's table visit is not on the list.",
        ),
    ],
)
def test_a_column_or_table_too_many_is_told(
    house: House, room: str, change: str, undo: str, sentence: str
) -> None:
    """What nobody decided to hold is named before somebody else finds it."""
    path = house.data / f"{room}.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute(change)
        try:
            code, said = drilled(house)
        finally:
            database.execute(undo)
    assert (code, sentence in said, ON_THE_LIST in said) == (1, True, False), said


def test_a_file_too_many_is_told(house: House) -> None:
    """An access log that somebody turned on is the oldest way to remember who came."""
    log = house.data / "mailroom" / "access.log"
    log.write_text("127.0.0.1 GET /\n")
    try:
        code, said = drilled(house)
    finally:
        log.unlink()
    assert code == 1
    assert "The file mailroom/access.log is not on the list." in said
