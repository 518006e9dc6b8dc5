"""Plays the game and says how well the guesses were: `play.py ROUNDS SEED [HABIT]`, as JSON.

A process of its own, because Django takes one database for each.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from leanto.mailroom import tokens
from tests.linkability import attacks
from tests.linkability.people import Town
from tests.linkability.rooms import FIRST_DAY, Desk, GameProgram, MovedClock, mailroom
from tests.linkability.story import Habits, Told

type Game = tuple[Told, attacks.Seen]


def main(rounds: int, seed: int, habits: Habits) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        clock = MovedClock()
        program = GameProgram(today=FIRST_DAY)
        desk = Desk(Path(folder), clock, program)
        program.keys = desk.spki
        if habits.numbers_are_kept:
            setattr(tokens, "sha256", _Whole)  # noqa: B010 -- a leak, made on purpose
        folders = [Path(folder) / str(at) for at in range(rounds)]
        for one in folders:
            one.mkdir()
        games = [
            asyncio.run(_played(one, desk, clock, program, seed + at, habits))
            for at, one in enumerate(folders)
        ]
    return judged(games)


async def _played(
    folder: Path, desk: Desk, clock: MovedClock, program: GameProgram, seed: int, habits: Habits
) -> Game:
    clock.now = MovedClock().now
    async with mailroom(folder, clock, program) as opened:
        town = Town(desk, opened, clock, seed, habits)
        await town.lives()
    saw = attacks.seen(town.told)
    town.told.dumps.clear()  # they are large, and what changed in them is seen
    return town.told, saw


def judged(games: list[Game]) -> dict[str, Any]:
    """For each attack: how well it tells the true member from others, how often it names them."""
    everywhere = (*attacks.STORED, attacks.units, attacks.addresses)
    by_name = {
        one.__name__: [attacks.scores(told, saw, one) for told, saw in games] for one in everywhere
    }
    stored = [
        (told, {one.__name__: by_name[one.__name__][at] for one in attacks.STORED})
        for at, (told, _) in enumerate(games)
    ]
    by_name["combined"] = attacks.combined(stored)
    return {
        "asked": sum(len(told.truth) for told, _ in games),
        "warned": sum(len(told.warned) for told, _ in games),
        "attacks": {name: _result(games, scores) for name, scores in by_name.items()},
        "pockets": {
            "leased": _pairs((told, saw.leased) for told, saw in games),
            "emptied": _pairs((told, saw.emptied) for told, saw in games),
        },
    }


def _pairs(games: Iterable[tuple[Told, dict[bytes, set[int]]]]) -> dict[str, float]:
    pairs = [one for told, moved in games for one in attacks.same_pocket(told, moved)]
    return {"auc": attacks.auc_of_pairs(pairs), "same": sum(same for _, same in pairs)}


def _result(games: list[Game], scores: list[attacks.Scores]) -> dict[str, float]:
    """Apart from those who drew within the hour: the screen says that the two can be tied."""
    told_of: dict[str, list[tuple[list[float], int]]] = {"": [], " warned": []}
    for (told, _), by_digest in zip(games, scores, strict=True):
        for digest, row in by_digest.items():
            when = " warned" if digest in told.warned else ""
            told_of[when].append((row, told.truth[digest]))
    return {
        measure.__name__ + when: measure(rows)
        for when, rows in told_of.items()
        if rows
        for measure in (attacks.auc, attacks.top_one)
    }


class _Whole:
    """Keeps of a token its number instead of a digest."""

    def __init__(self, token: bytes) -> None:
        self._token = token

    def digest(self) -> bytes:
        return self._token[2:34]


def _memory() -> str | None:
    """Where a disk need not be waited for: what is copied is the same."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 -- a folder of its own in it


if __name__ == "__main__":
    rounds, seed, *habit = sys.argv[1:]
    print(json.dumps(main(int(rounds), int(seed), Habits(**dict.fromkeys(habit, True)))))
