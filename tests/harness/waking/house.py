"""A whole program with a notifier that may use every way there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from leanto.host.config import load, save
from tests.harness.house import House
from tests.harness.waking.notifier import Ways, all_ways


@contextmanager
def house_with_ways(folder: Path, *, people: str) -> Iterator[tuple[House, Ways]]:
    """Founded and serving; `people` is an act of `desk_acts.py`."""
    house = House(folder)
    house.notified = True
    house.found(people=people)
    with all_ways() as ways:
        save(replace(load(house.data), **ways.allowed(folder)))  # type: ignore[arg-type]  # each by its own name
        try:
            house.start()
            yield house, ways
        finally:
            house.kill()
