"""A program comes back from its backup: everything is looked at first, and then all or nothing."""

import json
import os
import shutil
import sqlite3
import tarfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from leanto.host.backup import DATABASE, MANIFEST, VERSION, Manifest, checksum
from leanto.host.config import FILE, ConfigError, load

MANIFEST_AT_MOST_BYTES = 2**20


class NotWhole(ConfigError):
    """This backup cannot be restored; the message says why."""


def verify(backup: Path, *, near: Path) -> Manifest:
    """Is all of it there, and unchanged? Unpacks it in `near`, looks, and leaves nothing behind.

    Raises NotWhole: a file is missing, too many or changed, a database is damaged or was written by
    a newer Leanto, the settings cannot be read.
    """
    manifest, unpacked = _unpacked(backup, near)
    shutil.rmtree(unpacked)
    return manifest


def restore(backup: Path, *, data: Path) -> Manifest:
    """Put the program of this backup into a folder that does not exist yet, or is empty.

    The folder has its name only when all of it was verified and is there. Raises NotWhole, or
    ConfigError where something is in the way.
    """
    if data.exists() and any(data.iterdir()):
        raise ConfigError(
            f"{data} is not empty. Stop what runs there, move the folder away, and restore again."
        )
    data.parent.mkdir(parents=True, exist_ok=True)
    manifest, unpacked = _unpacked(backup, data.parent)
    if data.exists():
        data.rmdir()
    unpacked.rename(data)
    return manifest


def _unpacked(backup: Path, near: Path) -> tuple[Manifest, Path]:
    """Everything in a new folder beside where it will be, every byte of it verified."""
    folder = Path(mkdtemp(prefix="restoring-", dir=near))
    try:
        manifest = _taken_out(backup, folder)
        for name, expected in manifest.files.items():
            _look_at(folder / name, name, expected)
        load(folder)
    except BaseException:
        shutil.rmtree(folder)
        raise
    return manifest, folder


def _look_at(path: Path, name: str, expected: str) -> None:
    if checksum(path) != expected:
        raise NotWhole(f"{name} in this backup is damaged. Take another backup.")
    if path.suffix == DATABASE:
        _whole(path, name)


def _taken_out(backup: Path, folder: Path) -> Manifest:
    try:
        with tarfile.open(backup, mode="r:") as tar:
            manifest = _read(tar)
            found = sorted(entry.name for entry in tar.getmembers())
            if found != sorted([*manifest.files, MANIFEST]) or FILE not in manifest.files:
                raise NotWhole("Files are missing from this backup, or are too many. Take another.")
            for entry in tar.getmembers():
                if entry.name != MANIFEST:
                    tar.extract(entry, folder, filter="data")  # no path leads out of it
                    (folder / entry.name).chmod(0o600)
    except FileNotFoundError:
        raise NotWhole(f"There is no backup at {backup}.") from None
    except (tarfile.TarError, OSError) as fault:
        raise NotWhole(f"{backup} is no backup of Leanto, or it is cut off: {fault}.") from None
    for made, _, _ in os.walk(folder):
        Path(made).chmod(0o700)
    return manifest


def _read(tar: tarfile.TarFile) -> Manifest:
    try:
        opened = tar.extractfile(tar.getmember(MANIFEST))
        said = json.loads(opened.read(MANIFEST_AT_MOST_BYTES)) if opened else {}
        version = said["version"]
        manifest = Manifest(
            made=datetime.fromisoformat(said["made"]),
            program=str(said["program"]),
            fingerprint=str(said["fingerprint"]),
            files=dict(said["files"]),
        )
    except (KeyError, ValueError, TypeError):
        raise NotWhole("This file does not say what it is a backup of. Take another.") from None
    if version != VERSION:
        raise NotWhole(f"A newer Leanto made this backup (kind {version}). Restore it with that.")
    return manifest


def _whole(database: Path, name: str) -> None:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
            (said,) = opened.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as fault:
        said = str(fault)
    if said != "ok":
        raise NotWhole(f"{name} in this backup is damaged: {said}. Take another backup.")
