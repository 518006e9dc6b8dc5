"""A whole program's folder as text, and the folder again from the text.

`freezing.py OUT`, run from a checkout of the version to be kept, makes a made-up program with that
version's own commands, serves it for a moment and writes it down. Its keys open nothing real.
"""

import json
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

PRAGMAS = ("user_version", "application_id")
DATABASE = ".sqlite3"
SQLITES_OWN = ("-wal", "-shm", ".lock")


def freeze(folder: Path, into: Path, *, seconds: int, key: Path) -> None:
    """Writes down this folder as it was at this time; `key` is its holder's."""
    into.mkdir(parents=True, exist_ok=True)
    files = {"key-holder": key.read_bytes().hex()}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        if path.suffix == DATABASE:
            (into / f"{path.stem}.sql").write_text(_as_text(path), "utf-8")
        elif not path.name.endswith(SQLITES_OWN):
            files[path.relative_to(folder).as_posix()] = path.read_bytes().hex()
    said = {"seconds": seconds, "files": files}
    (into / "rest.json").write_text(json.dumps(said, indent=1) + "\n", "utf-8")


def thaw(frozen: Path, folder: Path, *, key: Path) -> int:
    """Makes the folder again and gives the time, in seconds, at which it was written down."""
    said = json.loads((frozen / "rest.json").read_text("utf-8"))
    key.parent.mkdir(parents=True)
    key.write_bytes(bytes.fromhex(said["files"].pop("key-holder")))
    for name, content in said["files"].items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(bytes.fromhex(content))
        path.chmod(0o600)
    for text in frozen.glob("*.sql"):
        database = folder / text.stem / f"{text.stem}{DATABASE}"
        with closing(sqlite3.connect(database)) as opened:
            opened.executescript(text.read_text("utf-8"))
    seconds: int = said["seconds"]
    return seconds


def _as_text(database: Path) -> str:
    with closing(sqlite3.connect(database)) as opened:
        lines = list(opened.iterdump())
        for name in PRAGMAS:
            (value,) = opened.execute(f"PRAGMA {name}").fetchone()
            lines.append(f"PRAGMA {name} = {value};")
    return "\n".join(lines) + "\n"


def main(into: Path) -> None:
    from tests.harness.house import House  # noqa: PLC0415 -- of the version to be kept

    with TemporaryDirectory() as folder:
        house = House(Path(folder))
        house.found(people="settle")
        house.at_desk("cards", "3")
        house.start()
        time.sleep(5)  # the desk hands its list over
        house.stop()
        freeze(house.data, into, seconds=int(time.time()), key=house.key)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
