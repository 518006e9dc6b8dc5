"""`leanto people`: a coordinator lost phone and codes, or left, and no other can sign in."""

import argparse
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from leanto.commands.program import Commands, add_data
from leanto.host.clock import SystemClock, moment

if TYPE_CHECKING:
    from leanto.desk.people.models import Staff


class NoSuchAccount(Exception):
    """No open account has this address; the message says what to do."""


def register(commands: Commands) -> None:
    people = commands.add_parser("people", help="a coordinator who lost their way in, or left")
    acts = people.add_subparsers(title="acts", metavar="ACT", required=True)
    for name, told in (
        ("list", "who may sign in at the desk"),
        ("reset", "take away password, app and codes that were lost, and make a new link"),
        ("close", "close the account of somebody who left"),
    ):
        act = acts.add_parser(name, help=told)
        add_data(act)
        if name != "list":
            act.add_argument("email", metavar="EMAIL")
        act.set_defaults(run=partial(_act, name))


def _act(act: str, chosen: argparse.Namespace) -> int:
    from leanto.host.opening import open_desk  # noqa: PLC0415 -- loads the desk

    clock = SystemClock()
    config = open_desk(chosen.data, clock=clock)
    now = moment(clock)
    if act == "list":
        return _list()
    person = _of(chosen.email)
    return _reset(person, config.desk, now) if act == "reset" else _close(person, now)


def _list() -> int:
    from leanto.desk.people.queries import everyone  # noqa: PLC0415 -- loads the desk

    for one in everyone():
        print(f"{one.name}\t{one.email}")
    return 0


def _reset(person: "Staff", desk: str, now: datetime) -> int:
    from leanto.desk.people.leaving import reset_sign_in  # noqa: PLC0415 -- loads the desk

    token = reset_sign_in(person=person, by=None, now=now)
    print(f"{person.name} is signed out everywhere. Give them this link, by voice or in person:")
    print(f"{desk}/welcome/{token}/")
    return 0


def _close(person: "Staff", now: datetime) -> int:
    from leanto.desk.people.leaving import close_account  # noqa: PLC0415 -- loads the desk

    close_account(person=person, by=None, now=now)
    print(f"{person.name} is out. What they did stays on record.")
    return 0


def _of(email: str) -> "Staff":
    from leanto.desk.people.queries import everyone  # noqa: PLC0415 -- loads the desk

    found = [one for one in everyone() if one.email.lower() == email.strip().lower()]
    if not found:
        raise NoSuchAccount(f"Nobody with {email!r} may sign in. `leanto people list` shows who.")
    return found[0]
