"""What coordinators do about peers, agencies and units."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.people.models import Staff
from leanto.desk.roster.models import Agency, Peer, Standing, Unit
from leanto.desk.roster.queries import status_of
from leanto.desk.rota.stranding import nobody_stranded
from leanto.desk.site.publishing import publish_soon


class NotPossible(Exception):
    """The peer's standing does not allow this act."""


class NameTaken(Exception):
    """Something of this kind has that name or code already."""


@transaction.atomic
def add_agency(*, code: str, name: str, by: Staff | None, now: datetime) -> Agency:
    """Add an agency; `code` is what bulletins call it, for good. Raises NameTaken."""
    agency = _unless_taken(Agency(code=code, name=name))
    record(act=Act.ADDED_AGENCY, on=name, by=by, now=now)
    return agency


@transaction.atomic
def set_members(*, agency: Agency, members: int, by: Staff | None, now: datetime) -> None:
    """Say about how many serve at an agency, all of whom could ask: not the peers alone."""
    agency.members = members
    agency.save(update_fields=["members"])
    record(act=Act.SET_MEMBERS, on=f"{agency.name}, {members}", by=by, now=now)
    publish_soon()


@transaction.atomic
def add_unit(*, agency: Agency, name: str, by: Staff | None, now: datetime) -> Unit:
    """Add a unit, so that nobody is offered a peer from their own. Raises NameTaken."""
    unit = _unless_taken(Unit(agency=agency, name=name))
    record(act=Act.ADDED_UNIT, on=str(unit), by=by, now=now)
    return unit


@transaction.atomic
def invite_peer(  # noqa: PLR0913 - what a form asks about one person, each by its name
    *,
    name: str,
    agency: Agency,
    unit: Unit | None,
    chain_of_command: str,
    reserve: bool,
    rank: str = "",
    supervises: bool = False,
    by: Staff | None,
    now: datetime,
) -> Peer:
    """Take somebody onto the roster as invited. They become a peer once their keys are vouched for.

    `reserve`: they consent to being rung outside their shifts. `supervises`: they lead others, so
    nobody of their own agency is ever offered them, and members see their rank.
    """
    peer = Peer.objects.create(
        name=name,
        agency=agency,
        unit=unit,
        chain_of_command=chain_of_command,
        rank=rank,
        supervises=supervises,
        reserve=reserve,
    )
    _stand(peer, Standing.Status.INVITED, by=by, now=now)
    record(act=Act.INVITED_PEER, on=name, by=by, now=now)
    return peer


@transaction.atomic
def change_peer(  # noqa: PLR0913 - as invite_peer
    *,
    peer: Peer,
    name: str,
    agency: Agency,
    unit: Unit | None,
    chain_of_command: str,
    reserve: bool,
    rank: str = "",
    supervises: bool = False,
    by: Staff | None,
    now: datetime,
) -> None:
    """Correct what the desk knows about a peer; it goes out with the next bulletin.

    Raises WouldStrand when without this peer in reserve somebody who asks would ring nobody.
    """
    with nobody_stranded(now=now):
        peer.name, peer.agency, peer.unit = name, agency, unit
        peer.chain_of_command, peer.reserve = chain_of_command, reserve
        peer.rank, peer.supervises = rank, supervises
        peer.save()
    record(act=Act.CHANGED_PEER, on=name, by=by, now=now)
    publish_soon()


@transaction.atomic
def mark_backstop(*, peer: Peer, since: date, by: Staff | None, now: datetime) -> None:
    """From now on this person is rung when nobody has answered yet; `since`: when they agreed.

    A coordinator or whoever is designated, invited and vouched for like every peer. Raises
    NotPossible for somebody who stood down.
    """
    if status_of(peer, at=now) not in {Standing.Status.INVITED, Standing.Status.ENROLLED}:
        raise NotPossible
    peer.backstop_since = since
    peer.save(update_fields=["backstop_since"])
    record(act=Act.MARKED_BACKSTOP, on=f"{peer.name}, {since}", by=by, now=now)
    publish_soon()


@transaction.atomic
def end_backstop(*, peer: Peer, by: Staff | None, now: datetime) -> None:
    """This person is no backstop any more. Raises WouldStrand when then nobody would be rung."""
    with nobody_stranded(now=now):
        peer.backstop_since = None
        peer.save(update_fields=["backstop_since"])
    record(act=Act.ENDED_BACKSTOP, on=peer.name, by=by, now=now)
    publish_soon()


@transaction.atomic
def mark_enrolled(*, peer: Peer, handle: str, by: Staff | None, now: datetime) -> None:
    """From now on this peer may be on duty: their keys are vouched for under this handle.

    Raises NotPossible for a peer who is not invited, NameTaken for another peer's handle.
    """
    if status_of(peer, at=now) != Standing.Status.INVITED:
        raise NotPossible
    peer.handle = handle
    _unless_taken(peer)
    _stand(peer, Standing.Status.ENROLLED, by=by, now=now)
    record(act=Act.ENROLLED_PEER, on=peer.name, by=by, now=now)
    publish_soon()


@transaction.atomic
def stand_down(*, peer: Peer, by: Staff | None, now: datetime) -> None:
    """End a peer's service now: off the rota, and out of the next bulletin. No reason is asked.

    It always goes through, whoever is left: an alarm says so instead. What was before stays as it
    was, so that their standing on any past day can be shown. Raises NotPossible when they are not
    serving.
    """
    if status_of(peer, at=now) not in {Standing.Status.INVITED, Standing.Status.ENROLLED}:
        raise NotPossible
    peer.shifts.filter(start__gte=now).delete()
    peer.shifts.filter(until__gt=now).update(until=now)
    peer.backstop_since = None
    peer.save(update_fields=["backstop_since"])
    _stand(peer, Standing.Status.STOOD_DOWN, by=by, now=now)
    record(act=Act.STOOD_DOWN_PEER, on=peer.name, by=by, now=now)
    publish_soon()


@transaction.atomic
def invite_again(*, peer: Peer, by: Staff | None, now: datetime) -> None:
    """Take somebody who stood down back as invited, in the same row: their past days stay proven.

    Raises NotPossible for anyone who has not stood down.
    """
    if status_of(peer, at=now) != Standing.Status.STOOD_DOWN:
        raise NotPossible
    _stand(peer, Standing.Status.INVITED, by=by, now=now)
    record(act=Act.INVITED_PEER_AGAIN, on=peer.name, by=by, now=now)


def _stand(peer: Peer, status: Standing.Status, *, by: Staff | None, now: datetime) -> None:
    Standing.objects.create(
        peer=peer, number=peer.standings.count() + 1, status=status, since=now, by=by
    )


def _unless_taken[Named: (Agency, Unit, Peer)](thing: Named) -> Named:
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError:
        raise NameTaken from None
    return thing
