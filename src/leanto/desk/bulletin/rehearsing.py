"""Whether the off-line keys can be had back from paper: asked of their holders, and kept."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.bulletin.models import Rehearsed
from leanto.desk.bulletin.queries import KeyRole, charter, keys_to_rehearse
from leanto.desk.people.models import Staff
from leanto.desk.signatures import NotSigned, verify
from leanto.rules.weeks import date_of, day_of
from leanto.wire.charter import fingerprint
from leanto.wire.errors import WireError
from leanto.wire.rehearsal import REHEARSAL_DAYS, Rehearsal
from leanto.wire.sheets import Heading, read_sheet, write_sheet


class RehearsalRefused(Exception):
    """This proof is not kept; the message says why, to the person who brought it."""


def rehearsal_request(*, now: datetime) -> str:
    """The sheet for both key holders: a line for each key of the charter. Raises NotReady."""
    held, day = charter(), day_of(now)
    return write_sheet(
        Heading.REHEARSAL_REQUEST,
        *(
            Rehearsal(program_id=held.program_id, key=key, day=day).unsigned()
            for key in keys_to_rehearse().values()
        ),
    )


@transaction.atomic
def store_rehearsal(*, text: str, by: Staff | None, now: datetime) -> KeyRole:
    """Verify that a key of this charter was at hand, keep the day, and give which key it was.

    Raises NotReady, and RehearsalRefused with a sentence for the coordinator.
    """
    rehearsal, today = _read(text), day_of(now)
    named = {key: role for role, key in keys_to_rehearse().items()}
    if rehearsal.program_id != charter().program_id or rehearsal.key not in named:
        raise RehearsalRefused(_("This is by no key that the charter in force names."))
    if not today - REHEARSAL_DAYS <= rehearsal.day <= today:
        raise RehearsalRefused(
            _("This answers a request of another month. Carry a new one to the key holder.")
        )
    _check_signed(rehearsal)
    role = named[rehearsal.key]
    Rehearsed.objects.update_or_create(
        fingerprint=fingerprint(rehearsal.key).hex(),
        defaults={"on": date_of(rehearsal.day)},
    )
    record(act=Act.STORED_REHEARSAL, on=f"{role.value} key", by=by, now=now)
    return role


def _check_signed(rehearsal: Rehearsal) -> None:
    try:
        verify(
            key=rehearsal.key,
            signature=rehearsal.signature,
            signed_part=rehearsal.signed_part(),
        )
    except NotSigned:
        raise RehearsalRefused(_("The signature on this rehearsal does not fit.")) from None


def _read(text: str) -> Rehearsal:
    try:
        return Rehearsal.read(read_sheet(Heading.REHEARSAL, text))
    except WireError:
        raise RehearsalRefused(
            _("This is not a rehearsal: two lines, the first says leanto rehearsal 1.")
        ) from None
