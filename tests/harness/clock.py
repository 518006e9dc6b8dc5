"""A clock that tests push forward: the machine's own plus an offset read from a file.

It reaches server processes by path, and lives here: no program can be told to lie about time.
"""

import time
from pathlib import Path


class FileClock:
    """What a server under test is given as its one clock."""

    def __init__(self, offset_file: Path) -> None:
        self._offset_file = offset_file

    def seconds(self) -> int:
        """Whole seconds since 1970-01-01 UTC, as far as this test is concerned."""
        try:
            return int(time.time()) + int(self._offset_file.read_text())
        except FileNotFoundError:
            return int(time.time())

    def day(self) -> int:
        return self.seconds() // 86_400

    def set_offset(self, seconds: int) -> None:
        """Moves every process that reads this file, at once."""
        fresh = self._offset_file.with_suffix(".new")
        fresh.write_text(str(seconds))
        fresh.replace(self._offset_file)

    def forward(self, *, seconds: int = 0, days: int = 0) -> None:
        """Lets time pass from now."""
        self.set_offset(self.seconds() - int(time.time()) + seconds + 86_400 * days)

    def to_noon(self, *, days: int) -> None:
        """Lets so many days pass, until noon of the last: the hours after it are of the same day,
        whenever a story is told."""
        self.forward(days=days)
        self.forward(seconds=43_200 - self.seconds() % 86_400)
