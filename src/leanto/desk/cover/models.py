"""Which coordinator was told of which alarm. The alarms themselves are never stored: they are
computed anew from the rota each time."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class Told(models.Model):
    """A mail about an alarm that this member of staff's server took. `over`: told that it ended."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20)
    mark = models.CharField(max_length=40)
    at = models.DateTimeField()
    over = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff", "mark"], name="one_telling_of_an_alarm")
        ]

    def __str__(self) -> str:
        return f"{self.staff}: {self.mark}"


class MailTrouble(models.Model):
    """The last mail could not be handed over; there is a row only until one can."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_mail_trouble")
        ]

    def __str__(self) -> str:
        return f"Since {self.since}"
