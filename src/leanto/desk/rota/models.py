"""Shifts: the rota as it stands."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Shift(models.Model):
    """A peer's hours. `until` is excluded. Tiers are those of the bulletin."""

    class Tier(models.IntegerChoices):
        ON_DUTY = 0, _("On duty")
        AVAILABLE = 1, _("Shows available")
        RESERVE = 2, _("Reserve")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    peer = models.ForeignKey("roster.Peer", on_delete=models.CASCADE, related_name="shifts")
    start = models.DateTimeField()
    until = models.DateTimeField()
    tier = models.PositiveSmallIntegerField(choices=Tier, default=Tier.ON_DUTY)

    class Meta:
        ordering: ClassVar = ["start", "tier"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("start")), name="ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.peer} {self.start:%Y-%m-%d %H:%M}"


class WantedOnDuty(models.Model):
    """How many should be on duty; below that cover is thin. There is one row, once it is set."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    by_day = models.PositiveSmallIntegerField(default=1)
    by_night = models.PositiveSmallIntegerField(default=2)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_wanted_cover")
        ]

    def __str__(self) -> str:
        return f"{self.by_day} by day, {self.by_night} by night"
