"""`leanto import team|rota FILE`: a list that exists, where the desk's page is out of reach."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from leanto.commands.program import Commands, add_data
from leanto.host.clock import SystemClock, moment

if TYPE_CHECKING:
    from leanto.desk.team.actions import Bringing
    from leanto.desk.team.plans import Plan

WHAT = {"team": "peers, onto the roster", "rota": "shifts of enrolled peers"}
NOT_DONE = 1


def register(commands: Commands) -> None:
    bring = commands.add_parser("import", help="bring in an existing team or rota from a CSV file")
    whats = bring.add_subparsers(title="what", metavar="WHAT", required=True)
    for what, told in WHAT.items():
        one = whats.add_parser(what, help=told)
        add_data(one)
        one.add_argument("file", type=Path, metavar="FILE", help="CSV in UTF-8, columns named")
        one.add_argument("--do", action="store_true", help="do it; without, only say what it would")
        one.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="NAME=FIELD",
            help="what a column holds whose name is not known; --column NAME= leaves it out",
        )
        one.add_argument(
            "--days",
            choices=("iso", "month-first", "day-first"),
            default="iso",
            help="how days are written, where not as 2026-12-31",
        )
        one.set_defaults(run=_bring, what=what)


def _bring(chosen: argparse.Namespace) -> int:
    from leanto.host.opening import open_desk  # noqa: PLC0415 -- loads the desk

    clock = SystemClock()
    open_desk(chosen.data, clock=clock)
    from leanto.desk.team.actions import NotBrought, bring_in, plan  # noqa: PLC0415 -- as above

    now = moment(clock)
    bringing = _bringing(chosen)
    try:
        found = (bring_in if chosen.do else plan)(bringing, by=None, now=now)
    except NotBrought as why:
        found = why.plan
    _tell(found, done=chosen.do)
    return NOT_DONE if found.troubles else 0


def _bringing(chosen: argparse.Namespace) -> "Bringing":
    from leanto.desk.team.actions import Bringing  # noqa: PLC0415 -- loads the desk
    from leanto.desk.team.columns import Kind, columns_as  # noqa: PLC0415 -- as above
    from leanto.desk.team.reading import read  # noqa: PLC0415 -- as above
    from leanto.desk.team.times import DayOrder  # noqa: PLC0415 -- as above

    kind, table = Kind(chosen.what), read(chosen.file.read_bytes())
    columns = columns_as(kind, table.header, said=chosen.column)
    return Bringing(kind=kind, table=table, chosen=columns, order=DayOrder(chosen.days))


def _tell(found: "Plan", *, done: bool) -> None:
    for line in sorted(found.lines, key=lambda one: one.mark != "trouble"):
        print(f"line {line.number}: {'MEND: ' if line.mark == 'trouble' else ''}{line.says}")
    if found.troubles:
        print("Nothing was changed. Mend these lines, or take them out.")
    elif not found.news:
        print("Nothing to do: all of it is here already.")
    else:
        print("All of it was brought in." if done else "Nothing was changed yet. Add --do.")
