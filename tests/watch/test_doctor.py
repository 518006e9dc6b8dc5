"""`leanto doctor`: each thing broken for real, and the sentence that says so."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from leanto.host import backup, pocketfiles
from leanto.host.clock import moment
from leanto.host.config import FILE, load, save
from leanto.watch.doctor import examine
from leanto.watch.minutes import open_watch
from leanto.watch.seen import Seen, keep_seen
from tests.harness.house import House, finished
from tests.watch.proxy import without_headers
from tests.watch.walking import started

type Undo = Callable[[], object]


@pytest.fixture
def healthy(watched_house: House) -> House:
    """Its watch has just looked, and a backup was made."""
    config = load(watched_house.data)
    open_watch(config, clock=watched_house.clock).look()
    if not (watched_house.data / backup.FOLDER).exists():
        backup.make(config, clock=watched_house.clock)
    return watched_house


def wrong(house: House) -> list[str]:
    found = examine(house.data, clock=house.clock)
    return [one.says for one in found if one.wrong]


def test_of_a_program_that_works_nothing_is_said_to_be_wrong(healthy: House) -> None:
    """What it does without is told all the same, and the command ends well."""
    assert wrong(healthy) == []
    done = finished("leanto", "doctor", "--data", healthy.data)
    assert done.returncode == 0, done.stdout
    assert "without  No mail server" in done.stdout
    assert "without  No heartbeat" in done.stdout
    assert done.stdout.endswith("Nothing is wrong.\n")


def open_to_others(house: House) -> Undo:
    house.data.chmod(0o755)
    return lambda: house.data.chmod(0o700)


def no_folder(house: House) -> Undo:
    """A file stands where the watch's folder was: nothing can be written into it."""
    path = house.data / "watch"
    kept = path.rename(path.with_suffix(".away"))
    path.write_text("")

    def undo() -> None:
        path.unlink()
        kept.rename(path)

    return undo


def settings_gone(house: House) -> Undo:
    path = house.data / FILE
    kept = path.rename(path.with_suffix(".away"))
    return lambda: kept.rename(path)


def not_toml(house: House) -> Undo:
    path = house.data / FILE
    kept = path.read_text()
    path.write_text("name = ")
    return lambda: path.write_text(kept)


def watch_silent(house: House) -> Undo:
    keep_seen(Seen(last_seen_seconds=house.clock.seconds() - 3600), seen_file(house))
    return lambda: None


def way_broken(house: House) -> Undo:
    now = house.clock.seconds()
    keep_seen(Seen(last_seen_seconds=now, failed_in_a_row=2), seen_file(house))
    return lambda: None


def heartbeat_gone(house: House) -> Undo:
    path = house.data / FILE
    kept = path.read_text()
    config = load(house.data)
    save(replace(config, watch=replace(config.watch, heartbeat="http://localhost:9/beat")))
    return lambda: path.write_text(kept)


def old_backup(house: House) -> Undo:
    folder = house.data / backup.FOLDER
    (made,) = folder.iterdir()
    then = moment(house.clock) - timedelta(days=9)
    older = made.rename(folder / then.strftime(backup.NAME))
    return lambda: older.rename(made)


def seen_file(house: House) -> Path:
    return house.data / "watch" / "seen.json"


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (open_to_others, "Others on this machine may look into"),
        (no_folder, "This user may not write into"),
        (settings_gone, "No program here"),
        (not_toml, "is not readable TOML"),
        (watch_silent, "The watch does not look."),
        (way_broken, "The last test request did not get through."),
        (heartbeat_gone, "The heartbeat cannot be reached"),
        (old_backup, "The newest backup is of"),
    ],
)
def test_each_thing_that_is_broken_has_its_sentence(
    broken: Callable[[House], Undo], says: str, healthy: House
) -> None:
    """And what to do about it stands beside it."""
    undo = broken(healthy)
    try:
        assert any(says in one for one in wrong(healthy)), wrong(healthy)
    finally:
        undo()


def test_a_program_that_is_down_and_a_database_that_is_damaged(healthy: House) -> None:
    """While it is stopped: no room answers, another journal, a page of the file spoiled."""
    healthy.stop()
    path = healthy.data / "mailroom" / "mailroom.sqlite3"
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = DELETE")
    database.close()
    kept = path.read_bytes()
    try:
        found = " ".join(wrong(healthy))
        assert "The pocket does not answer at" in found
        assert "keeps its journal as delete" in found
        path.write_bytes(b"\0" * 4096 + kept[4096:])
        assert "The mailroom's database cannot be read" in " ".join(wrong(healthy))
    finally:
        path.write_bytes(kept)
        started(healthy)


def test_a_pocket_that_was_not_built(
    healthy: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pocketfiles, "BUILT", tmp_path)
    assert "The pocket is not built." in wrong(healthy)


def test_headers_that_a_proxy_takes_away(healthy: House) -> None:
    """Somebody between, who passes on the page and not what protects it."""
    with without_headers() as origin:
        kept = (healthy.data / FILE).read_text()
        save(replace(load(healthy.data), pocket=origin))
        try:
            assert any("without the headers that protect it" in one for one in wrong(healthy))
        finally:
            (healthy.data / FILE).write_text(kept)


def test_what_is_wrong_ends_with_one(tmp_path: Path) -> None:
    """So that a script can ask too."""
    done = finished("leanto", "doctor", "--data", tmp_path)
    assert (done.returncode, "No program here" in done.stdout) == (1, True)
