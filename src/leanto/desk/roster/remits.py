"""Which agencies' people a coordinator sees and looks after: theirs, or everybody's."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.people.leaving import OnesOwnAccount
from leanto.desk.people.models import Staff
from leanto.desk.roster.models import Agency, Peer, Remit


def is_for_all(staff: Staff) -> bool:
    """Does this coordinator look after the whole program? Who has no remit does."""
    return not staff.remits.exists()


def agencies_of(staff: Staff) -> QuerySet[Agency]:
    """The agencies whose people this coordinator looks after."""
    return Agency.objects.all() if is_for_all(staff) else agencies_named(staff)


def agencies_named(staff: Staff) -> QuerySet[Agency]:
    """The agencies to which this coordinator is held; none for who looks after all."""
    return Agency.objects.filter(remits__staff=staff)


def peers_of(staff: Staff) -> QuerySet[Peer]:
    """The peers whom this coordinator looks after."""
    return Peer.objects.filter(agency__in=agencies_of(staff).values("pk"))


def looks_after(staff: Staff, peer_id: UUID) -> bool:
    """May this coordinator see and change this peer?"""
    return peers_of(staff).filter(pk=peer_id).exists()


@transaction.atomic
def set_remit(*, person: Staff, agencies: list[Agency], by: Staff, now: datetime) -> None:
    """From now on this coordinator sees the people of these agencies alone; of all, for none.

    Somebody else does that, so one who looks after the whole program is always left. Raises
    OnesOwnAccount.
    """
    if person.pk == by.pk:
        raise OnesOwnAccount
    Remit.objects.filter(staff=person).delete()
    Remit.objects.bulk_create(Remit(staff=person, agency=agency) for agency in agencies)
    told = ", ".join(agency.code for agency in agencies) or "*"
    record(act=Act.SET_REMIT, on=f"{person.name}: {told}"[:80], by=by, now=now)
