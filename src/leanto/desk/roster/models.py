"""Agencies, units, and peers with their dated standing."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leanto.desk.roster.queries import PeerQuerySet


class Agency(models.Model):
    """An agency of the region; `code` is what bulletins call it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80, unique=True)
    members = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Remit(models.Model):
    """A coordinator who sees this agency's people alone; who has no remit sees everybody's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="remits")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="remits"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "staff"], name="one_remit_of_an_agency")
        ]

    def __str__(self) -> str:
        return f"{self.staff}: {self.agency}"


class Unit(models.Model):
    """A part of an agency in which people know each other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["agency__name", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "name"], name="one_unit_of_a_name")
        ]

    def __str__(self) -> str:
        return f"{self.agency.name}: {self.name}"


class Peer(models.Model):
    """A peer supporter as the desk knows them: never whom they talk with, or how often."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    handle = models.CharField(max_length=40, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="peers")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="peers", null=True, blank=True
    )
    chain_of_command = models.CharField(max_length=80, blank=True)
    rank = models.CharField(max_length=40, blank=True)
    supervises = models.BooleanField(default=False)
    reserve = models.BooleanField(default=False)
    backstop_since = models.DateField(null=True, blank=True)

    objects: ClassVar = PeerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["handle"], condition=~models.Q(handle=""), name="one_peer_of_a_handle"
            )
        ]

    def __str__(self) -> str:
        return self.handle or self.name


class Standing(models.Model):
    """From this instant on a peer stood so: the dated proof. Rows are added, never changed."""

    class Status(models.TextChoices):
        INVITED = "invited", _("Invited")
        ENROLLED = "enrolled", _("Enrolled")
        STOOD_DOWN = "stood-down", _("Stood down")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="standings")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=Status)
    since = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["peer", "number"], name="one_standing_after_another")
        ]

    def __str__(self) -> str:
        return f"{self.peer}: {self.get_status_display()}"
