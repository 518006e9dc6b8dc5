"""Vouches that must be signed anew: because they run out, or because the program key passed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.enrolment.actions import NotNow
from leanto.desk.enrolment.models import Enrolment
from leanto.desk.people.models import Staff
from leanto.desk.roster.models import Peer
from leanto.desk.signatures import NotSigned, verify
from leanto.rules.weeks import date_of, day_of
from leanto.wire.vouch import VOUCH_DAYS, Vouch

SOON_DAYS = 100
"""Longer than a charter lives: whatever runs out before the next renewal is due at this one."""
WARN_DAYS = 21


@dataclass(frozen=True, kw_only=True)
class Due:
    """Whose vouch, until when it counts, and whether it has run out."""

    peer: Peer
    until: date
    over: bool


def in_force(*, now: datetime) -> list[Enrolment]:
    """Everyone who serves and was vouched for, also whose vouch has run out."""
    rows = Enrolment.objects.filter(
        state=Enrolment.State.VOUCHED, peer__in=Peer.objects.enrolled(at=now).values("pk")
    )
    return list(rows.select_related("peer").order_by("peer_id"))


def due(*, now: datetime) -> list[Due]:
    """Whose vouch must be renewed at the next sitting with the key holder? Soonest first."""
    today = day_of(now)
    found = [
        Due(peer=row.peer, until=date_of(last_day), over=last_day < today)
        for row in in_force(now=now)
        if (last_day := row.vouch_last_day or 0) <= today + SOON_DAYS
    ]
    return sorted(found, key=lambda one: (one.until, one.peer.name))


def run_out_soon(*, now: datetime) -> bool:
    """Whether somebody's vouch cannot wait for the next charter."""
    return any(one.until <= date_of(day_of(now) + WARN_DAYS) for one in due(now=now))


def renew(
    vouches: Sequence[Vouch], *, program_key: bytes, whole: bool, by: Staff | None, now: datetime
) -> None:
    """Put these vouches in the place of those of the same peers. Raises NotNow, naming whom.

    Each must be by `program_key` and say the handle and keys that are in force here. Whoever stood
    down or changed phones meanwhile is passed by. `whole`: nobody who serves may be left without.
    """
    serving = {bytes(row.signing_key or b""): row for row in in_force(now=now)}
    for new in vouches:
        if row := serving.pop(new.signing_key, None):
            _renew(row, new, program_key=program_key, now=now)
            record(act=Act.RENEWED_VOUCH, on=row.peer.name, by=by, now=now)
    if whole and serving:
        names = ", ".join(sorted(row.peer.name for row in serving.values()))
        raise NotNow(
            _("Vouched for after this file was made: %(names)s. Have a newer one signed.")
            % {"names": names}
        )


def _renew(row: Enrolment, new: Vouch, *, program_key: bytes, now: datetime) -> None:
    before = Vouch.read(bytes(row.vouch or b""))
    same = (new.program_id, new.handle, new.agreement_key)
    if same != (before.program_id, before.handle, before.agreement_key):
        raise NotNow(_("A vouch in this file says something else than what is in force."))
    if not before.last_day <= new.last_day <= day_of(now) + VOUCH_DAYS:
        raise NotNow(_("A vouch in this file is for other days than were asked for."))
    try:
        verify(key=program_key, signature=new.signature, signed_part=new.signed_part())
    except NotSigned:
        raise NotNow(_("A vouch in this file was not signed by the program key.")) from None
    row.vouch, row.vouch_last_day = new.write(), new.last_day
    row.save(update_fields=["vouch", "vouch_last_day"])
