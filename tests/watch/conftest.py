"""A program with its watch for a file of stories."""

from collections.abc import Iterator

import pytest

from tests.harness.house import House, serving
from tests.watch.walking import is_up


@pytest.fixture(scope="session")
def watched_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The made-up region's peers stand on its rota, and the watch has what it needs."""
    house = House(tmp_path_factory.mktemp("house"))
    house.notified = True
    with serving(house, settled=True):
        house.at_desk("equips_the_watch", house.data)
        is_up(house)
        yield house
