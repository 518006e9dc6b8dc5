"""`leanto invite`: the first coordinators, and peers where the desk's page is out of reach."""

import argparse
from typing import TYPE_CHECKING

from leanto.commands.program import Commands, add_data
from leanto.host.clock import SystemClock, moment
from leanto.wire.cards import Invitation

if TYPE_CHECKING:
    from django import forms

    from leanto.desk.roster.models import Agency


class NotInvited(Exception):
    """Nobody was invited; the message says why."""


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
    from leanto.desk.people.actions import AlreadyStaff, invite_coordinator  # noqa: PLC0415 -- as above
    from leanto.desk.people.forms import InviteForm  # noqa: PLC0415 -- as above

    name = _as_on_the_page(InviteForm, "name", chosen.name)
    email = _as_on_the_page(InviteForm, "email", chosen.email)
    try:
        token = invite_coordinator(name=name, email=email, by=None, now=moment(clock))
    except AlreadyStaff:
        raise NotInvited(f"{email} has an account already. See `leanto people list`.") from None
    print(f"{config.desk}/welcome/{token}/")
    return 0


def _peer(chosen: argparse.Namespace) -> int:
    from leanto.host.opening import open_desk  # noqa: PLC0415 -- loads the desk

    clock = SystemClock()
    config = open_desk(chosen.data, clock=clock)
    from leanto.desk.enrolment.actions import invite  # noqa: PLC0415 -- as above
    from leanto.desk.roster.actions import invite_peer  # noqa: PLC0415 -- as above
    from leanto.desk.roster.forms import PeerForm  # noqa: PLC0415 -- as above

    now = moment(clock)
    peer = invite_peer(
        name=_as_on_the_page(PeerForm, "name", chosen.name),
        agency=_agency(chosen.agency),
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


def _agency(code: str) -> "Agency":
    from leanto.desk.roster.models import Agency  # noqa: PLC0415 -- loads the desk

    found = Agency.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Agency.objects.values_list("code", flat=True)) or "none yet"
        raise NotInvited(f"There is no agency {code!r}. Those that the desk knows: {known}.")
    return found


def _as_on_the_page(form: "type[forms.Form]", name: str, value: str) -> str:
    from django.core.exceptions import ValidationError  # noqa: PLC0415 -- only where the desk is

    try:
        cleaned: str = form.base_fields[name].clean(value)
    except ValidationError as why:
        raise NotInvited(f"--{name}: {' '.join(why.messages)}") from None
    return cleaned
