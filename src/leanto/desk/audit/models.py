"""The desk's memory of what its own staff did."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One act of a member of staff. `by` is empty for the operator's own commands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    act = models.CharField(max_length=40)
    on = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.act}: {self.on}"
