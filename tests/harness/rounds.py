"""How often a story of chance is told: a few times in `make check`, many in `make soak`."""

import os


def rounds(*, check: int, soak: int) -> int:
    """How many rounds to play now: `soak` when the environment says SOAK=1, else `check`."""
    return soak if os.environ.get("SOAK") == "1" else check
