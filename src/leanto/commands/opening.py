"""`leanto opening`: the list that opens a program, as the desk's page shows it."""

import argparse
from typing import TYPE_CHECKING

from leanto.commands.program import Commands, add_data
from leanto.host.clock import SystemClock, moment

if TYPE_CHECKING:
    from leanto.desk.opening.rows import Row


def register(commands: Commands) -> None:
    opening = commands.add_parser("opening", help="what is still to do before the program opens")
    add_data(opening)
    opening.set_defaults(run=_opening)


def _opening(chosen: argparse.Namespace) -> int:
    from leanto.host.opening import open_desk  # noqa: PLC0415 -- loads the desk

    clock = SystemClock()
    desk = open_desk(chosen.data, clock=clock).desk
    from leanto.desk.opening.queries import is_open  # noqa: PLC0415 -- as above
    from leanto.desk.opening.rows import rows  # noqa: PLC0415 -- as above

    steps = rows(now=moment(clock))
    for row in steps:
        _tell(row, desk)
    done = sum(row.green for row in steps)
    state = "The program is open" if is_open() else "The program is not open yet"
    print(f"{state}. Done: {done} of {len(steps)} steps.")
    return 0


def _tell(row: "Row", desk: str) -> None:
    words = row.words
    print(f"{'Done ' if row.green else 'To do'}  {words.title}")
    for one in row.said:
        print(f"         {one.matter}: {one.who}, {one.on.isoformat()}")
    if not row.green:
        print(f"         {words.what}")
        print(f"         {words.why}")
        print(f"         Who does it: {words.who}. Where: {desk}{row.url}")
