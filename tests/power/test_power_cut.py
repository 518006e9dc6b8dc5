"""The power goes: what people were told is on the disk, whatever the disk had not yet taken."""

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from leanto.mailroom import app
from leanto.mailroom.store import sqlite
from tests.harness.program import Program
from tests.harness.rounds import rounds
from tests.harness.stand_ins import Peer
from tests.power.forgetful import Disk, Fate, Platter, Synced, by_chance, everything, nothing
from tests.power.hands import Hand
from tests.power.indoors import Indoors, indoors
from tests.power.ledger import NOTHING, Letter, Step, complaints

HANDS = 3
TIDY_EVERY_SECONDS = 0.01


@pytest.mark.soak
def test_what_was_told_survives_every_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before and after every sync, and in between: nothing told is lost, doubled or half there."""
    disk, chance = Disk(), random.Random(rounds(check=1, soak=time.time_ns()))
    with on_forgetful_disk(disk, tmp_path, monkeypatch) as mailroom:
        live(mailroom, disk, chance, lives=rounds(check=6, soak=60))
    monkeypatch.undo()
    told = sum(isinstance(one, Step) and one.told for one in disk.diary)
    cuts = list(moments(disk, chance, share=rounds(check=20, soak=1)))
    assert told > 50
    assert len(cuts) > 50
    found = after_cuts(disk, cuts, tmp_path / "found", now_seconds=int(time.time()), chance=chance)
    assert found == []


def test_what_was_forgotten_is_nowhere_once_power_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log that was emptied may come back with the power; the first sweep takes it again."""
    disk, chance = Disk(), random.Random(rounds(check=2, soak=time.time_ns()))
    with on_forgetful_disk(disk, tmp_path, monkeypatch) as mailroom:
        program = mailroom.program
        live(mailroom, disk, chance, lives=3)
    monkeypatch.undo()
    monkeypatch.setattr(app, "EVERY_SECONDS", TIDY_EVERY_SECONDS)
    told = [at for at, one in enumerate(disk.diary) if any(forgotten(one))]
    assert len(told) > 5
    found = tmp_path / "found"
    found.mkdir()
    for at in chance.sample(told, rounds(check=6, soak=len(told))):
        platter = Platter()
        for what in disk.diary[:at]:
            platter.happens(what)
        back(platter.after_cut(by_chance(chance)), found)
        words = [body[:32] for one in disk.diary[: at + 1] for body in forgotten(one)]
        with indoors(found, program) as mailroom:
            wait_until_gone(words, mailroom)


def forgotten(what: object) -> Iterator[bytes]:
    """The letter of which somebody was told that it is gone, if this is that."""
    if isinstance(what, Step) and isinstance(what.thing, Letter):
        yield from [what.thing.body] if what.told and what.state == NOTHING else []


def wait_until_gone(words: list[bytes], mailroom: Indoors, *, seconds: float = 5) -> None:
    """Fails when any of these is still in one of the mailroom's files after that time."""
    deadline = time.monotonic() + seconds
    while any(one in mailroom.on_disk() for one in words):
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextmanager
def on_forgetful_disk(
    disk: Disk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Indoors]:
    """The mailroom's real store on this disk, its log emptied so often that it is always near."""
    monkeypatch.setattr(sqlite, "sqlite3", disk.as_sqlite3())
    monkeypatch.setattr(app, "EVERY_SECONDS", TIDY_EVERY_SECONDS)
    with indoors(folder, Program(today=int(time.time()) // 86_400)) as mailroom:
        yield mailroom


def live(mailroom: Indoors, disk: Disk, chance: random.Random, *, lives: int) -> None:
    """Several people at once, each for so many lives."""
    peers = [Peer(mailroom) for _ in range(4)]
    mailroom.publish(*(one.address for one in peers))
    hands = [Hand(mailroom, peers, random.Random(chance.random()), disk.note) for _ in range(HANDS)]
    with ThreadPoolExecutor(HANDS) as at_once:
        list(at_once.map(lambda hand: [hand.live() for _ in range(lives)], hands))
    assert [hand.wrongs for hand in hands] == [[]] * HANDS


def moments(disk: Disk, chance: random.Random, *, share: int) -> Iterator[int]:
    """Before and after each sync, and one of so many moments between."""
    for at, what in enumerate(disk.diary):
        if isinstance(what, Synced):
            yield at
            yield at + 1
        elif chance.randrange(share) == 0:
            yield at
    yield len(disk.diary)


def after_cuts(
    disk: Disk, cuts: list[int], folder: Path, *, now_seconds: int, chance: random.Random
) -> list[str]:
    """Cuts the power at each of these moments, thrice; gives the first complaints there are."""
    platter, steps, at = Platter(), [], 0
    fates: list[Fate] = [nothing, everything, by_chance(chance)]
    folder.mkdir()
    for cut in cuts:
        for what in disk.diary[at:cut]:
            platter.happens(what)
            if isinstance(what, Step):
                steps.append(what)
        at = cut
        for fate in fates:
            database = back(platter.after_cut(fate), folder)
            if found := complaints(steps, database, now_seconds=now_seconds):
                return [f"cut at {cut}, {fate.__name__}", *found]
    return []


def back(files: dict[str, bytes], folder: Path) -> Path:
    """Power is back: these files lie there. Gives the database."""
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        (folder / Path(name).name).write_bytes(content)
    return folder / "mailroom.sqlite"
