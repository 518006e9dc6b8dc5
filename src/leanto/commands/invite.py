"""`leanto invite`: the first coordinators, and peers where the desk's page is out of reach."""

import argparse

from leanto.commands.program import Commands, add_data
from leanto.host.clock import SystemClock, moment
from leanto.wire.cards import Invitation


def register(commands: Commands) -> None:
    invite = commands.add_parser("invite", help="invite a coordinator or a peer")
    whom = invite.add_subparsers(title="whom", metavar="WHOM", required=True)

    coordinator = whom.add_parser("coordinator", help="to the desk")
    add_data(coordinator)
    coordinator.add_argument("--name", required=True)
    coordinator.add_argument("--email", required=True)
    coordinator.set_defaults(run=_coordinator)

    peer = whom.add_parser("peer", help="to make keys in their pocket")
    add_data(peer)
    peer.add_argument("--name", required=True, help="as the desk knows them")
    peer.add_argument("--agency", required=True, help="the agency's code")
    peer.set_defaults(run=_peer)


def _coordinator(chosen: argparse.Namespace) -> int:
    from leanto.host.opening import open_desk  # noqa: PLC0415 -- loads the desk

    clock = SystemClock()
    config = open_desk(chosen.data, clock=clock)
    from leanto.desk.people.actions import invite_coordinator  # noqa: PLC0415 -- as above

    token = invite_coordinator(name=chosen.name, email=chosen.email, by=None, now=moment(clock))
    print(f"{config.desk}/welcome/{token}/")
    return 0


def _peer(chosen: argparse.Namespace) -> int:
    from leanto.host.opening import open_desk  # noqa: PLC0415 -- loads the desk

    clock = SystemClock()
    config = open_desk(chosen.data, clock=clock)
    from leanto.desk.enrolment.actions import invite  # noqa: PLC0415 -- as above
    from leanto.desk.roster.actions import invite_peer  # noqa: PLC0415 -- as above
    from leanto.desk.roster.models import Agency  # noqa: PLC0415 -- as above

    now = moment(clock)
    peer = invite_peer(
        name=chosen.name,
        agency=Agency.objects.get(code=chosen.agency),
        unit=None,
        chain_of_command="",
        reserve=False,
        by=None,
        now=now,
    )
    invitation = invite(peer=peer, by=None, now=now)
    link = Invitation(invitation, bytes.fromhex(config.fingerprint))
    print(link.link(pocket_origin=config.pocket))
    return 0
