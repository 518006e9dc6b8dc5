"""`leanto bulletin`: what the desk's page does, for a bad day on which it is out of reach."""

import argparse
from pathlib import Path

from leanto.commands.program import Commands, add_data
from leanto.host.clock import SystemClock, moment


def register(commands: Commands) -> None:
    bulletin = commands.add_parser("bulletin", help="what every device is told")
    acts = bulletin.add_subparsers(title="acts", metavar="ACT", required=True)
    told = "after restoring a backup: go on after the mailroom's newest, with a number never given"
    go_on = acts.add_parser("continue", help=told)
    add_data(go_on)
    go_on.set_defaults(run=_continue)
    told = "what the key holder signs anew: the charter and every vouch, also for the next key"
    renewal = acts.add_parser("renewal", help=told)
    add_data(renewal)
    renewal.add_argument("--out", type=Path, required=True, help="the file to carry to them")
    renewal.set_defaults(run=_renewal)


def _continue(chosen: argparse.Namespace) -> int:
    from leanto.host.opening import open_desk  # noqa: PLC0415 -- loads the desk

    clock = SystemClock()
    open_desk(chosen.data, clock=clock)
    from leanto.desk.bulletin.actions import CharterRefused  # noqa: PLC0415 -- as above
    from leanto.desk.bulletin.continuing import continue_after_mailroom  # noqa: PLC0415 -- as above
    from leanto.desk.bulletin.mailroom import Unreachable  # noqa: PLC0415 -- as above
    from leanto.desk.bulletin.queries import NotReady  # noqa: PLC0415 -- as above

    try:
        publication = continue_after_mailroom(by=None, now=moment(clock))
    except Unreachable:
        print("The mailroom does not answer. Start the program first; nothing was changed.")
        return 1
    except (CharterRefused, NotReady) as reason:
        print(f"{reason} Nothing was changed.")
        return 1
    print(f"Bulletin {publication.serial} is out. Look at stood-down peers, rota and cards now:")
    print("what was changed at the desk after the backup is not in it.")
    return 0


def _renewal(chosen: argparse.Namespace) -> int:
    from leanto.host.opening import open_desk  # noqa: PLC0415 -- loads the desk

    clock = SystemClock()
    open_desk(chosen.data, clock=clock)
    from leanto.desk.bulletin.queries import NotReady  # noqa: PLC0415 -- as above
    from leanto.desk.bulletin.renewal import renewal_request  # noqa: PLC0415 -- as above

    try:
        chosen.out.write_text(renewal_request(now=moment(clock)), "ascii")
    except NotReady as reason:
        print(reason)
        return 1
    print(f"Carry {chosen.out} to the key holder, who runs `leanto key renew` on it.")
    print("Then: `leanto charter` with the file that comes back.")
    return 0
