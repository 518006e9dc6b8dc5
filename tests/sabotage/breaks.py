"""The named ways to break Leanto, one list for each area in the .toml files beside this one."""

import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@dataclass(frozen=True)
class Break:
    """One way to break one guarantee, and the test that must notice.

    `find` stands exactly once in `file` and is replaced by `put`. `test` is a pytest node id, or
    one of the pocket's test files with `match`, a part of the test's full name. `needs` is a
    program of the system without which that test is skipped.
    """

    name: str
    guarantee: str
    file: str
    find: str
    put: str
    test: str
    match: str = ""
    in_check: bool = False
    needs: str = ""

    @property
    def can_be_tried(self) -> bool:
        """Whether this machine has what the test needs."""
        return (
            not self.needs or which(self.needs, path=f"{os.environ['PATH']}:/usr/sbin") is not None
        )

    @property
    def by_vitest(self) -> bool:
        """Whether the pocket's own tests must notice."""
        return self.test.startswith("pocket/")

    @property
    def changes_the_built_pocket(self) -> bool:
        """Whether the test sees the break only once the pocket is built anew."""
        return self.file.startswith(("pocket/", "src/leanto/data/")) and not self.by_vitest

    @contextmanager
    def done_to(self, tree: Path) -> Iterator[None]:
        """Breaks the copy of the project in `tree` for as long as this lasts.

        ValueError if the text is not there once.
        """
        path = tree / self.file
        whole = path.read_text("utf-8")
        if (found := whole.count(self.find)) != 1:
            raise ValueError(f"{self.name}: {self.file} holds the text {found} times, not once")
        path.write_text(whole.replace(self.find, self.put), "utf-8")
        try:
            yield
        finally:
            path.write_text(whole, "utf-8")


def every_break() -> list[Break]:
    """All breaks, in the order of the files and of the lines in them."""
    return [
        Break(**entry)
        for area in sorted(HERE.glob("*.toml"))
        for entry in tomllib.loads(area.read_text("utf-8"))["break"]
    ]
