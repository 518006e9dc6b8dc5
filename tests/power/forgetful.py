"""A disk that forgets what was not synced, and the way to put the mailroom's store on it.

Real: the mailroom with its routes, store, statements and pragmas, and SQLite, which syncs when it
sees fit. Standing in: SQLite is the copy that apsw brings, for Python's own cannot be given a disk;
`connect` below speaks to it as the store does. The disk writes through to real files and keeps a
diary, from which every power cut is told afterwards. Its law: a write may be lost, torn at sectors,
or overtaken by later ones until its file was synced; a name made or removed is certain with the
next sync, as SQLite's own code for Unix syncs the folder with the first sync of a log or journal.
"""

import random
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import apsw

SECTOR_BYTES = 512
BUSY_MILLISECONDS = 5000


@dataclass(frozen=True)
class Wrote:
    file: str
    at: int
    data: bytes


@dataclass(frozen=True)
class Truncated:
    file: str
    size: int


@dataclass(frozen=True)
class Removed:
    file: str


@dataclass(frozen=True)
class Synced:
    file: str


type Change = Wrote | Truncated | Removed
type Happened = Change | Synced | object
type Fate = Callable[[Change], Iterable[Change]]


class Disk(apsw.VFS):
    """`diary`: everything that happened to the files, and whatever else is told to it, in order.

    While `refuses_with` is an error of SQLite, no write is taken.
    """

    def __init__(self) -> None:
        self.name = f"forgetful-{id(self)}"
        self.diary: list[Happened] = []
        self.refuses_with = 0
        self.lock = threading.RLock()
        super().__init__(self.name, "")

    def xOpen(self, name: "str | apsw.URIFilename | None", flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's name
        return _File(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: FBT001, N802 - SQLite's shape
        with self.lock:
            self.diary.append(Removed(filename))
            super().xDelete(filename, syncdir)

    def note(self, what: object) -> None:
        """Writes into the diary that something was said outside."""
        with self.lock:
            self.diary.append(what)

    def as_sqlite3(self) -> SimpleNamespace:
        """What the store's module calls `sqlite3`, on this disk."""
        names = ("OperationalError", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY")
        kept = {name: getattr(sqlite3, name) for name in (*names, "SQLITE_BUSY", "Connection")}
        return SimpleNamespace(connect=lambda path, **_: Connection(path, self), **kept)


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: "str | apsw.URIFilename | None", flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._disk = disk
        self._name = name.filename() if isinstance(name, apsw.URIFilename) else str(name)

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802 - SQLite's name
        if self._disk.refuses_with:
            raise apsw.exception_for(self._disk.refuses_with)
        with self._disk.lock:
            self._disk.diary.append(Wrote(self._name, offset, bytes(data)))
            super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - as above
        with self._disk.lock:
            self._disk.diary.append(Truncated(self._name, newsize))
            super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 - as above
        # No real sync: that which is certain is what the diary says.
        self._disk.note(Synced(self._name))


class Connection:
    """An apsw connection, as far as the store uses one of `sqlite3`."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._one = apsw.Connection(str(path), vfs=disk.name)
        self._one.set_busy_timeout(BUSY_MILLISECONDS)

    @property
    def in_transaction(self) -> bool:
        return self._one.in_transaction

    def execute(self, statement: str, values: Sequence[Any] = ()) -> "Rows":
        with _as_sqlite3_raises():
            rows = self._one.execute(statement, tuple(values)).fetchall()
            return Rows(rows, self._one.changes())

    def executemany(self, statement: str, many: Iterable[Sequence[Any]]) -> None:
        for values in many:
            self.execute(statement, values)

    def executescript(self, script: str) -> None:
        self.execute(script)

    def close(self) -> None:
        self._one.close()


class Rows:
    """What a statement gave."""

    def __init__(self, rows: list[Any], rowcount: int) -> None:
        self.rowcount = rowcount
        self._rows = iter(rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        return list(self._rows)


class _as_sqlite3_raises:  # noqa: N801 - read as a phrase after `with`
    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, apsw.Error):
            raised = sqlite3.OperationalError(str(error))
            raised.sqlite_errorcode = error.extendedresult  # type: ignore[attr-defined]  # not in its stubs
            raise raised from error


class Platter:
    """The diary, read again: what is certain, and what a power cut may take."""

    def __init__(self) -> None:
        self._certain: dict[str, bytearray] = {}
        self._hoped: dict[str, list[Change]] = defaultdict(list)

    def happens(self, what: Happened) -> None:
        if isinstance(what, Synced):
            self._sync(what.file)
        elif isinstance(what, Wrote | Truncated | Removed):
            self._hoped[what.file].append(what)

    def after_cut(self, fate: Fate) -> dict[str, bytes]:
        """Every file as it is found when power comes back; `fate` decides of what was hoped."""
        found = {name: bytearray(content) for name, content in self._certain.items()}
        for hoped in self._hoped.values():
            for change in hoped:
                for survived in fate(change):
                    _apply(found, survived)
        return {name: bytes(content) for name, content in found.items()}

    def _sync(self, file: str) -> None:
        for name, hoped in self._hoped.items():
            for change in hoped:
                if name == file or isinstance(change, Removed):
                    _apply(self._certain, change)
            hoped[:] = [] if name == file else [one for one in hoped if type(one) is not Removed]


def nothing(_change: Change) -> Iterator[Change]:
    """All that was not synced is gone."""
    return iter(())


def everything(change: Change) -> Iterator[Change]:
    """All reached the disk by itself, as when a process is killed and the machine goes on."""
    yield change


def by_chance(chance: random.Random) -> Fate:
    """Each change kept, lost, or torn at its sectors."""

    def fate(change: Change) -> Iterator[Change]:
        roll = chance.random()
        if roll < 0.4:
            yield change
        elif roll < 0.6 and isinstance(change, Wrote):
            yield from _torn(change, chance)

    return fate


def _torn(change: Wrote, chance: random.Random) -> Iterator[Change]:
    at, end = change.at, change.at + len(change.data)
    while at < end:
        upto = min(end, (at // SECTOR_BYTES + 1) * SECTOR_BYTES)
        if chance.random() < 0.5:
            yield Wrote(change.file, at, change.data[at - change.at : upto - change.at])
        at = upto


def _apply(files: dict[str, bytearray], change: Change) -> None:
    if isinstance(change, Removed):
        files.pop(change.file, None)
        return
    content = files.setdefault(change.file, bytearray())
    if isinstance(change, Truncated):
        content[:] = content[: change.size].ljust(change.size, b"\0")
        return
    content.extend(bytes(max(0, change.at - len(content))))
    content[change.at : change.at + len(change.data)] = change.data
