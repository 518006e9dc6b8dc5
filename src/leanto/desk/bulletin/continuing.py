"""Going on where the mailroom is, when this desk was restored from a backup. spec/bulletin.md."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.bulletin.actions import push_pending, sign_next
from leanto.desk.bulletin.charters import CharterRefused, hold, put_in_force
from leanto.desk.bulletin.mailroom import RefusedByMailroom, get
from leanto.desk.bulletin.models import Publication
from leanto.desk.bulletin.queries import charter, newest
from leanto.desk.people.models import Staff
from leanto.desk.signatures import NotSigned, verify
from leanto.desk.site.configuration import configuration
from leanto.wire.charter import Charter, Lineage
from leanto.wire.errors import WireError
from leanto.wire.head import Head

LEAP = 1_000
"""More bulletins than go out between two backups: so none that anyone holds is numbered again,
even where the mailroom was restored too."""


def continue_after_mailroom(*, by: Staff | None, now: datetime) -> Publication:
    """Publish the next bulletin with a number that was never given, after the mailroom's newest.

    Reads there what everyone may read, and believes it as a pocket would: by the signatures.
    Raises NotReady, Unreachable, and CharterRefused with a sentence for the coordinator.
    """
    with transaction.atomic():
        _catch_up_with_charter(by=by, now=now)
        after, last = _head_at_mailroom(), newest()
        serial = max(after.serial if after else 0, last.serial if last else 0) + LEAP
        publication = sign_next(now=now, serial=serial, after=after)
        record(act=Act.CONTINUED_BULLETIN, on=f"bulletin {serial}", by=by, now=now)
    push_pending()
    publication.refresh_from_db()
    return publication


def _catch_up_with_charter(*, by: Staff | None, now: datetime) -> None:
    """The charter may have been renewed after the backup; its signature brings it back."""
    newest_there = _read(Charter, "/bulletin/charter")
    if newest_there is None or newest_there == charter():
        return
    past = _read(Lineage, "/bulletin/lineage") or Lineage()
    for one in past.charters:
        if one.serial > charter().serial:
            hold(one)
    put_in_force(newest_there, by=by, now=now)


def _head_at_mailroom() -> Head | None:
    head, held = _read(Head, "/bulletin/head"), charter()
    if head is None:
        return None
    if head.program_id != held.program_id or not held.names(head.bulletin_key):
        raise CharterRefused(_("What the mailroom shows is not by a key that the charter names."))
    try:
        verify(key=head.bulletin_key, signature=head.signature, signed_part=head.signed_part())
    except NotSigned:
        raise CharterRefused(_("What the mailroom shows was not signed by this desk.")) from None
    return head


def _read[Shape: (Charter, Lineage, Head)](shape: type[Shape], path: str) -> Shape | None:
    """What lies at this path; None where there is nothing."""
    try:
        return shape.read(get(origin=configuration().mailroom, path=path))
    except RefusedByMailroom:
        return None
    except WireError:
        raise CharterRefused(_("What the mailroom shows cannot be read.")) from None
