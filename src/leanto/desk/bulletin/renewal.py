"""One sitting with the key holder: the charter and every vouch in force, asked for and put back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leanto.desk.admission.keys import key_folder
from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.bulletin import keys
from leanto.desk.bulletin.charters import (
    CharterRefused,
    install_charter,
    put_in_force,
    wanted_charter,
)
from leanto.desk.bulletin.queries import charter
from leanto.desk.enrolment import renewing
from leanto.desk.enrolment.actions import NotNow
from leanto.desk.people.models import Staff
from leanto.wire.charter import Charter
from leanto.wire.errors import WireError
from leanto.wire.sheets import Heading, read_lines, write_sheet
from leanto.wire.vouch import Vouch


def renewal_request(*, now: datetime) -> str:
    """The sheet for the key holder: the next charter, and what is in force. Raises NotReady.

    Each vouch goes along as it was signed, so that the key holder's tool sees who was let in
    before, and lets nobody else in.
    """
    held = charter()
    return write_sheet(
        Heading.RENEWAL_REQUEST,
        wanted_charter(receipt_key=held.receipt_key, now=now).unsigned(),
        held.write(),
        *(bytes(row.vouch or b"") for row in renewing.in_force(now=now)),
    )


def install_signed(*, text: str, by: Staff | None, now: datetime) -> None:
    """Put in force what came back from the key holder, a charter or a whole renewal.

    Raises NotReady, and CharterRefused with a sentence for whoever brought it.
    """
    is_renewal = text.lstrip().startswith(Heading.RENEWAL)
    (install_renewal if is_renewal else install_charter)(text=text, by=by, now=now)


@transaction.atomic
def install_renewal(*, text: str, by: Staff | None, now: datetime) -> None:
    """Put charter and vouches in force together, or nothing of it, and publish.

    Raises NotReady, and CharterRefused with a sentence for the coordinator.
    """
    before = charter()
    new, vouches = _read(text)
    passes_on = new.program_key != before.program_key
    put_in_force(new, by=by, now=now)
    try:
        renewing.renew(vouches, program_key=new.program_key, whole=passes_on, by=by, now=now)
    except NotNow as reason:
        raise CharterRefused(str(reason)) from None


@transaction.atomic
def retire_bulletin_key(*, by: Staff | None, now: datetime) -> None:
    """Have a fresh key wait for the next charter, which then names no other.

    For a desk that was in other hands, and for devices that met two bulletins of one number.
    """
    keys.make_fresh_key(charter(), key_folder())
    record(act=Act.RETIRED_BULLETIN_KEY, on="bulletin key", by=by, now=now)


def _read(text: str) -> tuple[Charter, list[Vouch]]:
    try:
        signed, *vouches = read_lines(Heading.RENEWAL, text)
        return Charter.read(signed), [Vouch.read(one) for one in vouches]
    except (WireError, ValueError):
        raise CharterRefused(
            _("This is not a renewal: its first line says leanto renewal 1.")
        ) from None
