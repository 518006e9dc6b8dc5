"""`leanto peer`: a phone is lost, or a peer must stop, where the desk's page is out of reach."""

import argparse
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from leanto.commands.program import Commands, add_data
from leanto.host.clock import SystemClock, moment

if TYPE_CHECKING:
    from leanto.desk.roster.models import Peer


class NoSuchPeer(Exception):
    """Nobody, or more than one, is called so; the message says what to do."""


def register(commands: Commands) -> None:
    peer = commands.add_parser("peer", help="a peer's lost phone, or a peer who must stop")
    acts = peer.add_subparsers(title="acts", metavar="ACT", required=True)
    for name, told in (
        ("list", "who is on the roster, and how they stand"),
        ("lost-phone", "turn the keys of a lost phone off: within a minute it can take no request"),
        ("new-phone", "make the link by which a peer's new phone hands in its keys"),
        ("stand-down", "end a peer's service: off the rota and out of the list"),
    ):
        act = acts.add_parser(name, help=told)
        add_data(act)
        if name != "list":
            act.add_argument("name", metavar="NAME", help="as the desk knows them")
        act.set_defaults(run=partial(_act, name))


def _act(act: str, chosen: argparse.Namespace) -> int:
    from leanto.host.opening import open_desk  # noqa: PLC0415 -- loads the desk

    clock = SystemClock()
    open_desk(chosen.data, clock=clock)
    now = moment(clock)
    if act == "list":
        return _list(now=now)
    return {"lost-phone": _lost_phone, "new-phone": _new_phone, "stand-down": _stand_down}[act](
        _called(chosen.name), now
    )


def _list(*, now: datetime) -> int:
    from leanto.desk.roster.models import Peer  # noqa: PLC0415 -- loads the desk
    from leanto.desk.roster.queries import status_of  # noqa: PLC0415 -- as above

    for one in Peer.objects.select_related("agency"):
        print(f"{one.name}\t{one.agency.name}\t{status_of(one, at=now)}")
    return 0


def _lost_phone(peer: "Peer", now: datetime) -> int:
    from leanto.desk.enrolment.actions import NotNow, turn_keys_off  # noqa: PLC0415 -- loads the desk

    try:
        turn_keys_off(peer=peer, by=None, now=now)
    except NotNow as reason:
        print(f"{reason} Nothing was changed.")
        return 1
    print(f"The keys of {peer.name}'s phone are off; a running program says so within a minute.")
    print("Next: `leanto peer new-phone`, then compare the six words by voice.")
    return 0


def _new_phone(peer: "Peer", now: datetime) -> int:
    from leanto.desk.bulletin.queries import pinned_fingerprint  # noqa: PLC0415 -- loads the desk
    from leanto.desk.enrolment.actions import NotNow, invite  # noqa: PLC0415 -- as above
    from leanto.desk.site.configuration import configuration  # noqa: PLC0415 -- as above
    from leanto.wire.cards import Invitation  # noqa: PLC0415 -- as above

    try:
        secret = invite(peer=peer, by=None, now=now)
    except NotNow as reason:
        print(f"{reason} Nothing was changed.")
        return 1
    link = Invitation(secret, pinned_fingerprint())
    print(link.link(pocket_origin=configuration().pocket))
    return 0


def _stand_down(peer: "Peer", now: datetime) -> int:
    from leanto.desk.roster.actions import NotPossible, stand_down  # noqa: PLC0415 -- loads the desk

    try:
        stand_down(peer=peer, by=None, now=now)
    except NotPossible:
        print(f"{peer.name} does not serve. Nothing was changed.")
        return 1
    print(f"{peer.name} is off the rota and out of the list. Who is on duty now?")
    return 0


def _called(name: str) -> "Peer":
    from leanto.desk.roster.models import Peer  # noqa: PLC0415 -- loads the desk

    found = list(Peer.objects.filter(name__iexact=name.strip()))
    if len(found) != 1:
        count = len(found) or "No"
        raise NoSuchPeer(f"{count} peers are called {name!r}. `leanto peer list` shows who is.")
    return found[0]
