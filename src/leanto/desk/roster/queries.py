"""Questions about peers and their standing."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Subquery

from leanto.rules.anonymity import is_small

if TYPE_CHECKING:
    from leanto.desk.roster.models import Peer


class PeerQuerySet(models.QuerySet["Peer"]):
    """Peers, with their standing where it is asked for."""

    def standing(self, *, at: datetime) -> Self:
        """Everyone on the roster at an instant, with their standing as `status` and `since`."""
        standings = apps.get_model("roster", "Standing").objects
        latest = standings.filter(peer=OuterRef("pk"), since__lte=at).order_by("-number")
        return self.annotate(
            status=Subquery(latest.values("status")[:1]), since=Subquery(latest.values("since")[:1])
        ).filter(status__isnull=False)

    def enrolled(self, *, at: datetime) -> Self:
        """The peers who may be on duty at an instant."""
        return self.standing(at=at).filter(status="enrolled")


def status_of(peer: "Peer", *, at: datetime) -> str | None:
    """How this peer stands at an instant: a value of Standing.Status, None before the first."""
    latest = peer.standings.filter(since__lte=at).order_by("-number")
    return latest.values_list("status", flat=True).first()


def program_is_small() -> bool:
    """Are so few people served that whoever asks may be guessed, as far as numbers are known?"""
    agencies = apps.get_model("roster", "Agency").objects
    return is_small(agencies.values_list("members", flat=True))
