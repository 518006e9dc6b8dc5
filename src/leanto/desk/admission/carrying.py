"""Writing down who carried which box: so that a lost one is found, or taken back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leanto.desk.admission.models import Box
from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.people.models import Staff


class NoSuchBox(Exception):
    """No box of this number lies anywhere: never made, taken back, or the watch's own."""


@transaction.atomic
def carry_box(
    *, number: int, carrier: str, to: str, on: date, by: Staff | None, now: datetime
) -> None:
    """Keep who carried the box, where to and on which day; a later word replaces the earlier.

    Never who drew a card from it: there is no place to write that. Raises NoSuchBox.
    """
    printed = Box.objects.filter(number=number, for_watch=False, revoked=False)
    if not printed.update(carried_by=carrier, carried_to=to, carried_on=on):
        raise NoSuchBox(_("There is no such box to carry. See the list of boxes."))
    record(act=Act.CARRIED_BOX, on=f"box {number}", by=by, now=now)
