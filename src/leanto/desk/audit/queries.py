"""Questions about what staff did."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from leanto.desk.audit.acts import Act
from leanto.desk.audit.models import Entry


@dataclass(frozen=True, kw_only=True)
class Line:
    """One act in words; `by` is None for the operator's own commands."""

    at: datetime
    by: str | None
    act: str | Promise
    on: str


def lines(*, page: int, per_page: int) -> tuple[list[Line], bool]:
    """What did staff do, latest first, and is there more after this page? Pages count from 1."""
    start = (page - 1) * per_page
    found = list(Entry.objects.select_related("by")[start : start + per_page + 1])
    shown = [
        Line(
            at=entry.at,
            by=entry.by.name if entry.by else None,
            act=Act(entry.act).label,
            on=entry.on,
        )
        for entry in found[:per_page]
    ]
    return shown, len(found) > per_page
