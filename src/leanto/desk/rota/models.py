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
