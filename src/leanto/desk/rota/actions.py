"""What coordinators do about the rota."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.people.models import Staff
from leanto.desk.roster.models import Peer
from leanto.desk.rota.models import Shift, WantedOnDuty
from leanto.desk.rota.queries import clashes_of
from leanto.desk.rota.stranding import nobody_stranded
from leanto.desk.site.publishing import publish_soon


class Clash(Exception):
    """The peer has a shift that overlaps; `other` is the first of them."""

    def __init__(self, other: Shift) -> None:
        super().__init__()
        self.other = other


class NotServing(Exception):
    """Only an enrolled peer can be on the rota."""


@transaction.atomic
def add_shift(
    *, peer: Peer, start: datetime, until: datetime, tier: int, by: Staff | None, now: datetime
) -> Shift:
    """Put a peer on the rota; it goes out with the next bulletin. Raises Clash or NotServing."""
    shift = Shift(peer=peer, start=start, until=until, tier=tier)
    _save(shift, now)
    record(act=Act.ADDED_SHIFT, on=_told(shift), by=by, now=now)
    publish_soon()
    return shift


@transaction.atomic
def change_shift(
    *,
    shift: Shift,
    peer: Peer,
    start: datetime,
    until: datetime,
    tier: int,
    by: Staff | None,
    now: datetime,
) -> None:
    """Change a shift; it goes out with the next bulletin. Raises Clash, NotServing, WouldStrand."""
    with nobody_stranded(now=now):
        shift.peer, shift.start, shift.until, shift.tier = peer, start, until, tier
        _save(shift, now)
    record(act=Act.CHANGED_SHIFT, on=_told(shift), by=by, now=now)
    publish_soon()


@transaction.atomic
def remove_shift(*, shift: Shift, by: Staff | None, now: datetime) -> None:
    """Take a shift off the rota; it goes out with the next bulletin. Raises WouldStrand."""
    told = _told(shift)
    with nobody_stranded(now=now):
        Shift.objects.filter(pk=shift.pk).delete()  # so that `shift` stays whole when it is undone
    record(act=Act.REMOVED_SHIFT, on=told, by=by, now=now)
    publish_soon()


@transaction.atomic
def set_wanted(*, by_day: int, by_night: int, by: Staff | None, now: datetime) -> None:
    """Say how many should be on duty, so that fewer are shown as thin and told."""
    WantedOnDuty(by_day=by_day, by_night=by_night).save()
    record(act=Act.SET_WANTED, on=f"{by_day}, {by_night}", by=by, now=now)


def _save(shift: Shift, now: datetime) -> None:
    if not Peer.objects.enrolled(at=now).filter(pk=shift.peer.pk).exists():
        raise NotServing
    if other := clashes_of(shift).first():
        raise Clash(other)
    shift.save()


def _told(shift: Shift) -> str:
    start = timezone.localtime(shift.start)
    return f"{shift.peer.name}, {start:%Y-%m-%d %H:%M}"
