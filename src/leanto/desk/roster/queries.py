"""Questions about peers and their standing."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef, Subquery

if TYPE_CHECKING:
    from leanto.desk.roster.models import Peer  # noqa: F401 -- models.py imports this file


class PeerQuerySet(models.QuerySet["Peer"]):
    """Peers, with their standing where it is asked for."""

    def standing(self, *, at: datetime) -> Self:
        """Each peer's standing at an instant as `status` and `since`, None before its first."""
        from leanto.desk.roster.models import Standing  # noqa: PLC0415 -- models.py imports this file

        latest = Standing.objects.filter(peer=OuterRef("pk"), since__lte=at).order_by("-number")
        return self.annotate(
            status=Subquery(latest.values("status")[:1]), since=Subquery(latest.values("since")[:1])
        )

    def enrolled(self, *, at: datetime) -> Self:
        """The peers who may be on duty at an instant."""
        return self.standing(at=at).filter(status="enrolled")
