"""How often a story of chance is told: a few times in `make check`, many in `make soak`."""

import os
from collections.abc import Callable

import pytest

SOAK = os.environ.get("SOAK") == "1"


def rounds(*, check: int, soak: int) -> int:
    """How many rounds to play now: `soak` when the environment says SOAK=1, else `check`."""
    return soak if SOAK else check


def in_soak_alone[**P, R](story: Callable[P, R]) -> Callable[P, R]:
    """A story that is too long to be told even once in `make check`."""
    too_long = pytest.mark.skipif(not SOAK, reason="told by `make soak`")
    return pytest.mark.soak(too_long(story))
