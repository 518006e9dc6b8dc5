"""`leanto cards`: boxes of cards where the desk's page is out of reach."""

import argparse
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from leanto.commands.program import Commands, add_data
from leanto.host.clock import SystemClock, moment

type Act = Callable[[argparse.Namespace, SystemClock], None]


class Refused(Exception):
    """What was asked for is not done; the message says what to change."""


def day(text: str) -> date:
    """A day as a person writes it here. Named for what argparse says of a wrong one."""
    return date.fromisoformat(text)


def register(commands: Commands) -> None:
    cards = commands.add_parser("cards", help="make boxes of cards, take them back, list them")
    acts = cards.add_subparsers(title="acts", metavar="ACT", required=True)

    make = acts.add_parser("make", help="a new box, as one file to print")
    _about(make, _make)
    make.add_argument("--count", type=int, required=True, help="how many cards")
    make.add_argument("--until", type=day, required=True, help="such as 2029-11-25")
    make.add_argument("--as", dest="form", choices=("letter", "a4", "csv"), default="letter")
    make.add_argument("--out", type=Path, required=True, help="a new file; delete it once printed")

    carried = acts.add_parser("carried", help="write down who carries a box, and where to")
    _about(carried, _carried)
    carried.add_argument("box", type=int, metavar="BOX")
    carried.add_argument("--by", required=True, help="who carries the whole box")
    carried.add_argument("--to", required=True, help="where it will lie")

    revoke = acts.add_parser("revoke", help="take a whole box back: its cards draw nothing more")
    _about(revoke, _revoke)
    revoke.add_argument("box", type=int, metavar="BOX")

    _about(acts.add_parser("list", help="every box, and who carried it"), _list)


def _about(parser: argparse.ArgumentParser, act: Act) -> None:
    add_data(parser)
    parser.set_defaults(run=partial(_at_the_desk, act))


def _at_the_desk(act: Act, chosen: argparse.Namespace) -> int:
    from leanto.host.opening import open_desk  # noqa: PLC0415 -- loads the desk

    clock = SystemClock()
    open_desk(chosen.data, clock=clock)
    act(chosen, clock)
    return 0


def _make(chosen: argparse.Namespace, clock: SystemClock) -> None:
    from leanto.desk.admission.actions import make_box  # noqa: PLC0415 -- loads the desk
    from leanto.desk.admission.keys import key_folder  # noqa: PLC0415 -- as above
    from leanto.desk.admission.printing import for_mail_merge, on_paper  # noqa: PLC0415 -- as above

    chosen.out.touch(mode=0o600, exist_ok=False)  # before any card is made that could not be kept
    try:
        box = make_box(
            count=chosen.count,
            last_day=chosen.until,
            folder=key_folder(),
            by=None,
            now=moment(clock),
        )
    except Exception:
        chosen.out.unlink()
        raise
    made = for_mail_merge(box) if chosen.form == "csv" else on_paper(box, paper=chosen.form)
    chosen.out.write_bytes(made.content)
    print(f"Box {box.number} is in {chosen.out}. Print it, then delete the file: whoever has it")
    print("has every card of the box. Nobody can make these cards again.")


def _carried(chosen: argparse.Namespace, clock: SystemClock) -> None:
    from leanto.desk.admission.carrying import carry_box  # noqa: PLC0415 -- loads the desk

    now = moment(clock)
    carry_box(number=chosen.box, carrier=chosen.by, to=chosen.to, on=now.date(), by=None, now=now)
    print(f"{chosen.by} carries box {chosen.box} to: {chosen.to}.")


def _revoke(chosen: argparse.Namespace, clock: SystemClock) -> None:
    from leanto.desk.admission.actions import revoke_box  # noqa: PLC0415 -- loads the desk
    from leanto.desk.admission.models import Box  # noqa: PLC0415 -- as above

    if not Box.objects.filter(number=chosen.box).exists():
        raise Refused(f"There is no box {chosen.box}. `leanto cards list` shows which there are.")
    revoke_box(number=chosen.box, by=None, now=moment(clock))
    print(f"Box {chosen.box} is taken back: its cards draw nothing from now on.")


def _list(chosen: argparse.Namespace, clock: SystemClock) -> None:
    from leanto.desk.admission.models import Box  # noqa: PLC0415 -- loads the desk

    for box in Box.objects.all():
        state = "taken back" if box.revoked else f"until {box.last_day.isoformat()}"
        where = "the watch's own" if box.for_watch else _where(box.carried_by, box.carried_to)
        print(f"{box.number}\t{box.count} cards\t{state}\t{where}")


def _where(carrier: str, to: str) -> str:
    return f"{carrier}: {to}" if carrier else ""
