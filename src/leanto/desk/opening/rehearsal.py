"""Opens a made-up program without the list: there is nobody in it whom the list protects."""

from datetime import datetime

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.opening.models import Opening
from leanto.desk.site.publishing import publish_soon


def open_rehearsal(*, now: datetime) -> None:
    """From now on cards can be made and officers may ask. The audit says that it is a rehearsal."""
    Opening.objects.update_or_create(id=1, defaults={"opened_on": now.date()})
    record(act=Act.OPENED_REHEARSAL, on="a rehearsal", by=None, now=now)
    publish_soon()
