"""The same process as `house.py`, that also writes down every file it opens to write.

`watched.py FOLDER`: names, one a line, into FOLDER/written. SQLite's own files are not seen here;
they stand beside the databases that it is seen to open.
"""

import os
import sys
from pathlib import Path

from tests.harness import house

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def watch(into: Path) -> None:
    noted = os.open(into, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(event: str, arguments: tuple[object, ...]) -> None:
        named = event == "open" and not isinstance(arguments[0], int)  # else a pipe to a child
        flags = arguments[2] if named else 0
        if event == "sqlite3.connect" or (isinstance(flags, int) and flags & WRITING):
            os.write(noted, f"{arguments[0]}\n".encode())

    sys.addaudithook(note)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    watch(folder / house.WRITTEN)
    house.main(folder, *sys.argv[2:])
