"""When the program opens, and what people said with their names that no computer can know."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class Opening(models.Model):
    """The day the program means to open, and the day it did; there is one row, or none yet.

    Once opened it stays open: what turns red later is an alarm, and closes no door.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    opens_on = models.DateField(null=True)
    opened_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_opening")
        ]

    def __str__(self) -> str:
        return f"Opened on {self.opened_on}" if self.opened_on else f"Opens on {self.opens_on}"


class Confirmed(models.Model):
    """Somebody looked, and says so: `who` did it, `by` wrote it down.

    `matter` is what exactly was looked at: another pack, number or key is another matter, and is
    asked for anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.CharField(max_length=20)
    matter = models.CharField(max_length=120)
    who = models.CharField(max_length=80)
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)

    class Meta:
        ordering: ClassVar = ["step", "matter"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step", "matter"], name="one_word_on_a_matter")
        ]

    def __str__(self) -> str:
        return f"{self.matter}: {self.who}"
