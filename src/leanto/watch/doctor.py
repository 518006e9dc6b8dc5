"""Everything looked at once, for a person: what is wrong, what is missing, what to do."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from leanto.databases.places import Place
from leanto.host import backup, pocketfiles
from leanto.host.clock import Clock, moment
from leanto.host.config import Config, ConfigError, load, missing
from leanto.host.handover import at_servers, databases, opened
from leanto.host.rooms import Room
from leanto.sim.pocket.rooms import Answer, ask, reach
from leanto.watch.audit import Audit
from leanto.watch.equipment import held
from leanto.watch.faults import Fault
from leanto.watch.machine import disk_faults
from leanto.watch.rooms import origins, room_faults
from leanto.watch.seen import open_seen

SILENT_SECONDS = 300
BACKUP_DAYS = 2
OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence, and what to do about it; `wrong` is what must be mended."""

    wrong: bool
    says: str
    to_do: str = ""

    def written(self) -> str:
        return f"{'WRONG  ' if self.wrong else 'without'}  {self.says} {self.to_do}".rstrip()


def examine(data: Path, *, clock: Clock) -> Iterator[Finding]:
    """All that is to be said about the program in this folder; none of it says who anybody is."""
    try:
        config = load(data)
    except ConfigError as refusal:
        yield _wrong(str(refusal))
        return
    for look in (_folders, _databases, _pocket, _rooms_headers, _heartbeat):
        yield from look(config)
    for fault in _faults(config, clock):
        yield _wrong(fault.says, fault.to_do)
    if config.runs(Room.WATCH):
        yield from _watch(config, clock)
    yield from _backups(config, moment(clock))
    for sentence in missing(config):
        yield Finding(says=sentence, wrong=False)


def _wrong(says: str, to_do: str = "") -> Finding:
    return Finding(wrong=True, says=says, to_do=to_do)


def _folders(config: Config) -> Iterator[Finding]:
    mode = config.data.stat().st_mode
    if mode & OTHERS:
        says = f"Others on this machine may look into {config.data}."
        yield _wrong(says, f"Run `chmod 700 {config.data}`.")
    for path in (config.data, config.desk_data, config.mailroom_data, config.watch_data):
        if path.exists() and not os.access(path, os.R_OK | os.W_OK | os.X_OK):
            says = f"This user may not write into {path}."
            yield _wrong(says, "Run Leanto as the user whom the folder belongs to.")


def _databases(config: Config) -> Iterator[Finding]:
    for room, place in at_servers(config).items():
        yield from _server(room, place)
    for room, path in databases(config).items():
        if not path.exists():
            says = f"The {room} has no database."
            to_do = "Its first `leanto serve` makes it. If it had one, restore the last backup."
            yield _wrong(says, to_do)
            continue
        try:
            with closing(opened(path)) as database:
                (found,) = database.execute("PRAGMA quick_check(1)").fetchone()
                (mode,) = database.execute("PRAGMA journal_mode").fetchone()
        except sqlite3.Error as broken:
            says = f"The {room}'s database cannot be read ({broken})."
            yield _wrong(says, "Restore the last backup: `leanto restore --verify`.")
            continue
        if found != "ok":
            says = f"The {room}'s database is damaged."
            yield _wrong(says, "Stop the program and restore the last backup.")
        if room == "mailroom" and mode != "wal":
            says = f"The mailroom's database keeps its journal as {mode}, not as wal."
            yield _wrong(says, "Something else opened it. Restart `leanto serve`, which sets it.")


def _server(room: str, place: Place) -> Iterator[Finding]:
    from leanto.databases.servers import takes  # noqa: PLC0415 -- only where it is chosen

    if not takes(place):
        says = f"The {room}'s database at its PostgreSQL server takes nothing."
        yield _wrong(says, f"See whether the server runs, and [{room}_database] in leanto.toml.")
    says = f"`leanto backup` does not reach the {room}'s database, which lies at a server."
    yield Finding(wrong=False, says=says, to_do="Let `pg_dump` run every night instead.")


def _pocket(config: Config) -> Iterator[Finding]:
    if config.runs(Room.POCKET) and not (pocketfiles.BUILT / "index.html").exists():
        yield _wrong("The pocket is not built.", "Run `make pocket`, or install the wheel.")


def _rooms_headers(config: Config) -> Iterator[Finding]:
    """What a proxy in front may have taken away."""
    wanted: list[tuple[str, str, str, Callable[[Answer], bool]]] = [
        ("pocket", config.pocket, "/", _has_policy),
        ("desk", config.desk, "/sign-in/", _has_policy),
        (
            "mailroom",
            config.mailroom,
            "/livez",
            lambda said: said.headers.get("access-control-allow-origin") == config.pocket,
        ),
    ]
    for room, origin, path, is_right in wanted:
        if not origin:
            continue  # these rooms may not know it
        try:
            answer = ask("GET", origin, path)
        except OSError:
            continue  # that it is silent is told below
        if not is_right(answer):
            says = f"The {room} at {origin} answers without the headers that protect it."
            yield _wrong(says, "Let the proxy pass every header on as it is.")


def _has_policy(said: Answer) -> bool:
    return said.headers.get("content-security-policy", "").startswith("default-src 'none'")


def _faults(config: Config, clock: Clock) -> Iterator[Fault]:
    """What the watch would see now; where it runs elsewhere, whether the rooms here take work."""
    if config.runs(Room.WATCH):
        yield from Audit(config=config, clock=clock, equipment=held(config)).faults()
        return
    yield from disk_faults(config.data)
    for room, origin in origins(config).items():
        if config.runs(Room(room)):
            yield from room_faults(room, origin)


def _heartbeat(config: Config) -> Iterator[Finding]:
    """Could it be reached? It is not asked: that would say that all is well."""
    if not config.watch.heartbeat:
        return
    parts = urlsplit(config.watch.heartbeat)
    try:
        reach(f"{parts.scheme}://{parts.netloc}").close()
    except OSError as broken:
        says = f"The heartbeat cannot be reached ({type(broken).__name__})."
        yield _wrong(says, "See `heartbeat` in leanto.toml, and whether this machine reaches it.")


def _watch(config: Config, clock: Clock) -> Iterator[Finding]:
    seen = open_seen(config.watch_data / "seen.json")
    if clock.seconds() - seen.last_seen_seconds > SILENT_SECONDS:
        yield _wrong("The watch does not look.", "`leanto serve` starts it: see what it writes.")
    elif seen.failed_in_a_row:
        says = "The last test request did not get through."
        yield _wrong(says, "The watch tries again; what it wrote says where it broke off.")


def _backups(config: Config, now: datetime) -> Iterator[Finding]:
    made = [
        datetime.strptime(path.name, backup.NAME).replace(tzinfo=now.tzinfo)
        for path in (config.data / backup.FOLDER).glob("leanto-*.tar")
    ]
    if not made:
        says = f"No backup lies in {config.data / backup.FOLDER}."
        yield Finding(
            wrong=False, says=says, to_do="Run `leanto backup` every night, and carry it elsewhere."
        )
    elif max(made) < now - timedelta(days=BACKUP_DAYS):
        says = f"The newest backup is of {max(made).date()}."
        yield _wrong(says, "See what runs `leanto backup` every night.")
