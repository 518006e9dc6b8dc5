"""What a program could be made to hand over: read from its living files, held against its lists.

Nothing is written and nothing is locked, so that it can be asked while the program serves.
"""

import sqlite3
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import Any

from leanto.databases.places import Place
from leanto.host.config import Config, ConfigError
from leanto.host.rooms import Room

NAMELESS = ("mailroom", "notifier")
TAKE_A_DUMP = (
    "Take `pg_dump --inserts` of each database, and hold it against the lists in spec/mailroom.md "
    "and on the desk's page about what it holds."
)
TIES_ROWS = "a number that only ties rows together"


@dataclass(frozen=True, kw_only=True)
class Listed:
    """What a list says about one table; a kind is None where the list leaves it open."""

    title: str
    means: str
    columns: Mapping[str, tuple[str | None, str]]  # name → kind, what it holds


@dataclass(frozen=True, kw_only=True)
class Column:
    """`shape` is how its values look in the rows of now: how long, how many kinds."""

    name: str
    kind: str
    holds: str
    shape: str


@dataclass(frozen=True, kw_only=True)
class Table:
    name: str
    title: str
    means: str
    rows: int
    columns: list[Column]


@dataclass(frozen=True, kw_only=True)
class File:
    name: str
    size_bytes: int
    means: str


@dataclass(frozen=True, kw_only=True)
class Handover:
    """Tables by room, files, and every sentence about what lies beyond the lists."""

    rooms: dict[str, list[Table]] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)


def look(config: Config, *, desk: Mapping[str, Listed]) -> Handover:
    """Everything that this program holds now. `desk` is the desk's own list of its tables."""
    refuse_at_servers(config, instead=TAKE_A_DUMP)
    may_hold = _may_hold()
    found = Handover()
    lists = {"desk": desk} | {room: _listed(may_hold[room]) for room in NAMELESS}
    for room, path in databases(config).items():
        if not path.exists():
            raise ConfigError(f"The {room} has no database yet: its first `leanto serve` makes it.")
        with closing(opened(path)) as database:
            tables = list(_tables(database))
            found.rooms[room] = [_table(database, name, lists[room]) for name in tables]
            found.beyond.extend(_beyond(database, room, tables, lists[room]))
    for path in sorted(one for one in config.data.rglob("*") if not one.is_dir()):
        name = path.relative_to(config.data).as_posix()
        means = _means(name, may_hold["files"])
        found.files.append(File(name=name, size_bytes=path.lstat().st_size, means=means))
        if not means:
            found.beyond.append(f"The file {name} is not on the list.")
    return found


def databases(config: Config) -> dict[str, Path]:
    """The files that exist, by the room that keeps them: none of what lies at a server.

    The notifier's begins with its first start.
    """
    found = {
        Room.DESK: config.desk_data / "desk.sqlite3",
        Room.MAILROOM: config.mailroom_data / "mailroom.sqlite3",
        Room.NOTIFIER: config.notifier_data / "notifier.sqlite3",
    }
    if not found[Room.NOTIFIER].exists():
        del found[Room.NOTIFIER]
    for room in at_servers(config):
        del found[Room(room)]
    return {str(room): path for room, path in found.items() if config.runs(room)}


def at_servers(config: Config) -> dict[str, Place]:
    """What lies at a PostgreSQL server instead, by the room that keeps it."""
    places = {Room.DESK: config.desk_database, Room.MAILROOM: config.mailroom_database}
    return {str(room): place for room, place in places.items() if place}


def refuse_at_servers(config: Config, *, instead: str) -> None:
    """For what reads files alone. Raises ConfigError, which says what to do `instead`."""
    if places := at_servers(config):
        raise ConfigError(
            f"At a PostgreSQL server lie the tables of: {', '.join(places)}. This command reads "
            f"files alone and would leave them out, so it does nothing. {instead}"
        )


def rows(database: sqlite3.Connection, table: str) -> Iterator[dict[str, object]]:
    """Each row of a table; bytes as hexadecimal digits."""
    found = database.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- named by the database
    names = [one[0] for one in found.description]
    for row in found:
        yield {
            name: value.hex() if isinstance(value, bytes) else value
            for name, value in zip(names, row, strict=True)
        }


def opened(path: Path) -> sqlite3.Connection:
    """For reading only."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _may_hold() -> dict[str, Any]:
    return tomllib.loads(files("leanto").joinpath("data", "may-hold.toml").read_text("utf-8"))


def _listed(tables: dict[str, Any]) -> dict[str, Listed]:
    return {
        name: Listed(
            title=said["title"]["en"],
            means=said["means"]["en"],
            columns={
                column: (one["type"], one["holds"]) for column, one in said["columns"].items()
            },
        )
        for name, said in tables.items()
    }


def _tables(database: sqlite3.Connection) -> Iterator[str]:
    for _, name, *_ in database.execute("PRAGMA main.table_list").fetchall():
        if name not in {"sqlite_schema", "sqlite_master"}:
            yield name


def _columns(database: sqlite3.Connection, table: str) -> dict[str, str]:
    """Name and kind of each column, hidden ones too."""
    return {row[1]: row[2] for row in database.execute(f'PRAGMA table_xinfo("{table}")')}


def _table(database: sqlite3.Connection, name: str, listed: Mapping[str, Listed]) -> Table:
    said = listed.get(name) or Listed(title=name, means="", columns={})
    (count,) = database.execute(f'SELECT count(*) FROM "{name}"').fetchone()  # noqa: S608 -- as in `rows`
    return Table(
        name=name,
        title=said.title,
        means=said.means,
        rows=count,
        columns=[
            Column(
                name=column,
                kind=kind,
                holds=said.columns[column][1] or TIES_ROWS if column in said.columns else "",
                shape=_shape(database, name, column),
            )
            for column, kind in _columns(database, name).items()
        ],
    )


def _shape(database: sqlite3.Connection, table: str, column: str) -> str:
    asked = f'SELECT DISTINCT typeof("{column}"), length("{column}") FROM "{table}"'  # noqa: S608 -- as in `rows`
    kinds: dict[str, list[int]] = {}
    for kind, length in database.execute(asked):
        kinds.setdefault(kind, []).append(length or 0)
    return " or ".join(_length(kind, lengths) for kind, lengths in sorted(kinds.items()))


def _length(kind: str, lengths: list[int]) -> str:
    if kind == "null":
        return "nothing"
    unit = {"blob": "byte", "text": "letter", "integer": "digit", "real": "digit"}[kind]
    least, most = min(lengths), max(lengths)
    number = f"{most:,}" if least == most else f"{least:,} to {most:,}"
    return f"{number} {unit}{'' if most == 1 else 's'}"


def _beyond(
    database: sqlite3.Connection, room: str, tables: list[str], listed: Mapping[str, Listed]
) -> Iterator[str]:
    for table in tables:
        if table not in listed:
            yield f"The {room}'s table {table} is not on the list."
            continue
        for name, kind in _columns(database, table).items():
            allowed, _ = listed[table].columns.get(name, ("nothing", ""))
            if allowed not in {None, kind}:
                yield f"The {room}'s column {table}.{name} ({kind}) is not on the list."
    if room in NAMELESS:
        for _, name, _, _, without_rowid, _ in database.execute("PRAGMA main.table_list"):
            if name in listed and not without_rowid:
                yield f"The {room}'s table {name} numbers its rows, and so tells their order."


def _means(name: str, listed: list[dict[str, Any]]) -> str:
    """What the list says about a file of this name; nothing when it is not there."""
    for one in listed:
        if any(_fits(name, pattern) for pattern in one["names"]):
            said: str = one["means"]["en"]
            return said
    return ""


def _fits(name: str, pattern: str) -> bool:
    parts, wanted = PurePosixPath(name).parts, PurePosixPath(pattern).parts
    return len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted))
