"""Writing down what staff did."""

from datetime import datetime

from leanto.desk.audit.acts import Act
from leanto.desk.audit.models import Entry
from leanto.desk.people.models import Staff


def record(*, act: Act, on: str, by: Staff | None, now: datetime) -> None:
    """Write one line inside the act's own transaction; `on` names something on the staff's side.

    `by` is None when the operator did it from the command line. Nothing about officers may ever be
    passed here: a line that says somebody sought help would be the record this program promises
    not to have.
    """
    Entry.objects.create(at=now, by=by, act=act, on=on)
