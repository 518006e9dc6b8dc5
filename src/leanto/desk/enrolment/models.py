"""A peer's keys on their way from an invitation to a vouch. No secret of a peer is ever here."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Enrolment(models.Model):
    """One invitation and what came of it. The invitation itself is stored as a hash."""

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        HANDED_IN = "handed-in", _("Keys handed in, words to be compared")
        CONFIRMED = "confirmed", _("Words compared, waiting for the key holder")
        VOUCHED = "vouched", _("Vouched for")
        ENDED = "ended", _("Ended")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    peer = models.ForeignKey("roster.Peer", on_delete=models.CASCADE, related_name="enrolments")
    invitation_digest = models.CharField(max_length=64, unique=True)
    last_day = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    handle = models.CharField(max_length=40, blank=True)
    signing_key = models.BinaryField(max_length=32, null=True)
    agreement_key = models.BinaryField(max_length=32, null=True)
    shared = models.JSONField(default=list)
    vouch_last_day = models.PositiveSmallIntegerField(null=True)
    vouch = models.BinaryField(null=True)
    opened_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["signing_key"],
                condition=~models.Q(state="ended"),
                name="one_peer_of_a_signing_key",
            ),
            models.UniqueConstraint(
                fields=["peer"], condition=models.Q(state="vouched"), name="one_vouch_in_force"
            ),
            models.UniqueConstraint(
                fields=["peer"],
                condition=models.Q(state__in=["invited", "handed-in", "confirmed"]),
                name="one_invitation_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.peer}: {self.get_state_display()}"


class WeeklyBundle(models.Model):
    """A peer's signed bundle for one week, as handed in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="bundles")
    first_day = models.PositiveSmallIntegerField()
    duty_address = models.BinaryField(max_length=16, unique=True)
    body = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["first_day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "first_day"], name="one_bundle_a_week")
        ]

    def __str__(self) -> str:
        return f"Bundle from day {self.first_day}"


class OwnWord(models.Model):
    """How a peer wants to be rung, as last said from the peer's own pocket. spec/enrolment.md."""

    peer = models.OneToOneField(
        "roster.Peer", on_delete=models.CASCADE, primary_key=True, related_name="own_word"
    )
    said_minute = models.PositiveIntegerField()
    reserve = models.BooleanField()
    quiet_from_minute = models.PositiveSmallIntegerField()
    quiet_until_minute = models.PositiveSmallIntegerField()
    available_until_minute = models.PositiveIntegerField()
    reached_day = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.peer}: how they want to be rung"

    def says(self) -> tuple[int | bool, ...]:
        """All of it, to be compared with another word."""
        return (
            self.said_minute,
            self.reserve,
            self.quiet_from_minute,
            self.quiet_until_minute,
            self.available_until_minute,
            self.reached_day,
        )
