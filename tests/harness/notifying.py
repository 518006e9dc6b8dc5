"""A program's notifier, with the clock that the test moves: `notifying.py FOLDER`.

As `leanto notifier` runs it, and as `leanto serve` starts it; ended with whoever started it.
"""

import os
import sys
from pathlib import Path

from leanto.host.children import end_with_parent
from leanto.host.config import load
from leanto.host.waking import run
from tests.harness.clock import FileClock

PID = "notifier-pid"


def main(folder: Path) -> None:
    end_with_parent()
    (folder / PID).write_text(str(os.getpid()))
    run(load(folder / "program"), clock=FileClock(folder / "clock"))
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
