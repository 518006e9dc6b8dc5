"""One file from which a whole program comes back: its settings, keys and databases.

Each database is written anew by SQLite, from one moment, while the program serves: what was deleted
before is not in the copy. The mailroom comes first and the desk last, so that a desk that comes
back is never behind its mailroom, and no bulletin's number is used twice.
"""

import hashlib
import io
import json
import os
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from leanto.databases.copies import BEFORE
from leanto.host.clock import Clock, moment
from leanto.host.config import Config
from leanto.host.handover import refuse_at_servers

FOLDER = "backups"
KEPT_DAYS = 14  # no longer than a letter waits for its owner: protocol.md
NAME = "leanto-%Y%m%dT%H%M%SZ.tar"
MANIFEST = "manifest.json"
VERSION = 1
DATABASE = ".sqlite3"
DUMP_AND_COPY = (
    "Run `pg_dump` of each database, the mailroom's first and the desk's last, and then copy the "
    "program's folder, which holds the keys. Keep none of them for more than 14 days."
)
NOT_KEPT = ("-wal", "-shm", ".lock")  # SQLite's own and locks; what they stand for is in the copy


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup says of itself; `files` gives each one's SHA-256 in hex."""

    made: datetime
    program: str
    fingerprint: str
    files: dict[str, str]


def make(config: Config, *, clock: Clock, folder: Path | None = None) -> Path:
    """Write a backup and give its path. Those older than 14 days in that folder are deleted.

    The file appears under its name only when all of it is on the disk. It holds every key that the
    program's folder holds: keep it where the program itself might lie. It opens no talk.
    """
    refuse_at_servers(config, instead=DUMP_AND_COPY)
    now = moment(clock)
    folder = folder or config.data / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    finished, unfinished = folder / now.strftime(NAME), folder / (now.strftime(NAME) + ".part")
    try:
        with open(unfinished, "xb", opener=_for_us_alone) as file:
            _write(config, file, now=now, near=folder)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(finished)
    finally:
        unfinished.unlink(missing_ok=True)
    _sync(folder)
    _forget_older(folder, now=now)
    return finished


def _write(config: Config, file: io.BufferedWriter, *, now: datetime, near: Path) -> None:
    sums = {}
    with tarfile.open(fileobj=file, mode="w") as tar, TemporaryDirectory(dir=near) as copies:
        for path in _in_order(config.data):
            name = path.relative_to(config.data).as_posix()
            whole = _copied(path, Path(copies)) if path.suffix == DATABASE else path
            sums[name] = checksum(whole)
            _add(tar, name, whole.stat().st_size, now, whole)
        said = _manifest(config, sums, now)
        _add(tar, MANIFEST, len(said), now, io.BytesIO(said))


def _in_order(data: Path) -> Iterator[Path]:
    """The mailroom's database first, the desk's last."""
    found = [path for path in data.rglob("*") if path.is_file() and _belongs(data, path)]
    last = {"mailroom.sqlite3": -1, "desk.sqlite3": 1}
    yield from sorted(found, key=lambda path: (last.get(path.name, 0), path))


def _belongs(data: Path, path: Path) -> bool:
    if BEFORE in path.name:
        return False  # in a backup it would live on for another 14 days
    return path.relative_to(data).parts[0] != FOLDER and not path.name.endswith(NOT_KEPT)


def _copied(database: Path, folder: Path) -> Path:
    copy = folder / database.name
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        opened.execute("PRAGMA busy_timeout = 10000")
        opened.execute("VACUUM INTO ?", (str(copy),))
    return copy


def _add(
    tar: tarfile.TarFile, name: str, size: int, now: datetime, content: Path | io.BytesIO
) -> None:
    """Names and bytes alone: no owner, and no time but the backup's."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(now.timestamp())
    if isinstance(content, io.BytesIO):
        tar.addfile(entry, content)
        return
    with content.open("rb") as opened:
        tar.addfile(entry, opened)


def _manifest(config: Config, sums: dict[str, str], now: datetime) -> bytes:
    said = {
        "version": VERSION,
        "made": now.isoformat(),
        "program": config.title,
        "fingerprint": config.fingerprint,
        "files": sums,
    }
    return json.dumps(said, indent=1, sort_keys=True).encode()


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _forget_older(folder: Path, *, now: datetime) -> None:
    for path in folder.glob("leanto-*.tar"):
        made = datetime.strptime(path.name, NAME).replace(tzinfo=now.tzinfo)
        if made < now - timedelta(days=KEPT_DAYS):
            path.unlink()


def _sync(folder: Path) -> None:
    """The name is on the disk too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
