"""A program and a cast for each file of stories."""

from collections.abc import Iterator

import pytest

from tests.harness.cast import Cast, on_stage
from tests.harness.house import House, opened_house
from tests.harness.meddler import Between, between


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A program with two agencies, no peers, and nobody at its desk yet."""
    with opened_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture(scope="module")
def settled_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A program with the made-up region's peers, none of whom answers."""
    with opened_house(tmp_path_factory.mktemp("house"), settled=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """People with empty devices; what their browsers must not have done fails at the end."""
    with on_stage(tmp_path_factory.mktemp("devices")) as people:
        yield people


@pytest.fixture(scope="session")
def ambushed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Between]:
    """A settled program with Max on the line to it, for all that he tries in any file."""
    with between(tmp_path_factory.mktemp("house"), cards=40) as opened:
        yield opened


@pytest.fixture
def ambush(ambushed: Between) -> Iterator[Between]:
    """The same, and after each story Max is honest again."""
    yield ambushed
    ambushed.max.is_honest()
