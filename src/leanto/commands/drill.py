"""`leanto drill`: rehearse what one hopes never happens. `subpoena` shows all there is to take."""

import argparse
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from leanto.commands.program import Commands, add_data
from leanto.host.clock import SystemClock
from leanto.host.config import Config, ConfigError, load
from leanto.host.handover import Handover, Listed, Table, databases, look, opened, rows
from leanto.host.rooms import Room

TOGETHER = (
    "Of an open request: that a nameless someone asks, which peers were rung or took it, and when.",
    "All of that is gone when the officer's device closes it, after 7 days at most.",
    "How many passes were used since their key began, 90 days ago at most, and never by whom.",
    "How many mailboxes there are, and on which day each letter came that still waits.",
)
NOT_THERE = (
    "who asked for a peer",
    "with whom a peer talks, or talked",
    "a word of any talk: words are sealed on one phone and opened on the other",
    "accounts, e-mail or phone numbers of officers, and the network address of anyone",
)
OUTSIDE = (
    "Snapshots and backups that whoever hosts the machine makes: they keep what they saw.",
    "What stands in front of the program, such as a proxy: see that its access log is off.",
    "What the program printed: your system may keep it. Kinds of faults only, nobody's request.",
    "Phones of officers and peers: every word of a talk that is not burned is there.",
    "The program key, off-line with the key holder: it vouches for peers and opens no talk.",
    "Printed sheets of cards, and anyone's own list of who got which. Keep no such list.",
    "Peers' memory: they can be asked to testify.",
    "What people typed into the desk's own fields: no program can judge it. Read the copy.",
)


def register(commands: Commands) -> None:
    drill = commands.add_parser("drill", help="rehearse what one hopes never happens")
    kinds = drill.add_subparsers(title="drills", metavar="DRILL", required=True)
    subpoena = kinds.add_parser(
        "subpoena", help="show all that the program could be made to hand over; reads only"
    )
    add_data(subpoena)
    subpoena.add_argument("--out", type=Path, help="a new folder for a copy, as lines of JSON")
    subpoena.set_defaults(run=_subpoena)


def _subpoena(chosen: argparse.Namespace) -> int:
    config = load(chosen.data)
    if chosen.out is not None and _is_ours_or_there(config, chosen.out):
        raise ConfigError(f"Choose a new folder outside the program's own, not {chosen.out}.")
    found = look(config, desk=_list_of_the_desk(config))
    print("\n".join(_told(config, found)))
    if chosen.out is not None:
        _copy(config, found, chosen.out)
        print(f"\nA copy of every row lies in {chosen.out}. Destroy it when it has served.")
    return 1 if found.beyond else 0


def _list_of_the_desk(config: Config) -> dict[str, Listed]:
    if not config.runs(Room.DESK):
        return {}
    from leanto.desk.site.asgi import start  # noqa: PLC0415 -- loads the desk
    from leanto.host.deskroom import desk_config  # noqa: PLC0415 -- as above

    start(desk_config(config, clock=SystemClock()))
    from leanto.desk.pages.holdings import by_table  # noqa: PLC0415 -- Django is ready now

    return {
        name: Listed(
            title=str(said.title),
            means=str(said.why),
            columns={column: (None, str(words)) for column, words in said.columns.items()},
        )
        for name, said in by_table().items()
    }


def _told(config: Config, found: Handover) -> Iterator[str]:
    yield f"All that {config.title} could be made to hand over, as it is now."
    for room, tables in found.rooms.items():
        yield f"\nTHE {room.upper()}, table by table"
        for table in sorted(tables, key=lambda one: (one.rows == 0, one.title)):
            yield from _told_of(table)
    yield f"\nFILES in {config.data}"
    for file in found.files:
        yield f"  {file.name}  ({file.size_bytes:,} bytes)\n      {file.means or 'NOT ON THE LIST'}"
    yield "\nTAKEN TOGETHER, this tells"
    yield from (f"  - {one}" for one in TOGETHER)
    yield "\nNOT THERE, so that nobody can hand it over"
    yield from (f"  - {one}" for one in NOT_THERE)
    yield "\nOUTSIDE these files, and not answered for here"
    yield from (f"  - {one}" for one in OUTSIDE)
    yield ""
    if found.beyond:
        yield "BEYOND THE LIST: this program holds what nobody decided that it may hold."
        yield from (f"  - {one}" for one in found.beyond)
        yield "Find out how it came there before anybody asks for it."
    else:
        yield "Every table, column and file above is on the list of what a program may hold."


def _told_of(table: Table) -> Iterator[str]:
    number = "1 row" if table.rows == 1 else f"{table.rows:,} rows"
    yield f"  {table.title} ({table.name}): {number}"
    yield f"      {table.means or 'NOT ON THE LIST'}"
    for column in table.columns:
        shape = f"  [{column.shape}]" if column.shape else ""
        yield f"      · {column.name}: {column.holds or 'NOT ON THE LIST'}{shape}"


def _copy(config: Config, found: Handover, folder: Path) -> None:
    """Every row of both databases. Keys are named on the screen and not copied."""
    for room, path in databases(config).items():
        (folder / room).mkdir(parents=True, mode=0o700)
        with closing(opened(path)) as database:
            for table in found.rooms[room]:
                with (folder / room / f"{table.name}.jsonl").open("w", encoding="utf-8") as file:
                    for row in rows(database, table.name):
                        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _is_ours_or_there(config: Config, folder: Path) -> bool:
    return folder.exists() or folder.resolve().is_relative_to(config.data.resolve())
