"""What was signed and handed out, byte for byte."""

from typing import ClassVar

from django.db import models

from leanto.wire.charter import Lineage

NO_LINEAGE = Lineage().write()


class HeldCharter(models.Model):
    """The charter in force, and how the program key came down to its signer; there is one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    body = models.BinaryField()
    lineage = models.BinaryField(default=NO_LINEAGE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_charter_in_force")
        ]

    def __str__(self) -> str:
        return "The charter in force"


class Rehearsed(models.Model):
    """When the holder of an off-line key last showed that they had it at hand."""

    fingerprint = models.CharField(max_length=32, primary_key=True)
    on = models.DateField()

    def __str__(self) -> str:
        return f"Key {self.fingerprint[:8]} on {self.on}"


class Publication(models.Model):
    """One bulletin: its head and its parts exactly as signed, and whether the mailroom has it."""

    class Pushed(models.TextChoices):
        NOT_YET = "not-yet"
        YES = "yes"
        UNREACHABLE = "unreachable"
        REFUSED = "refused"

    serial = models.PositiveIntegerField(primary_key=True)
    content_hash = models.CharField(max_length=64)
    head = models.BinaryField()
    public = models.BinaryField()
    members = models.BinaryField()
    duty = models.BinaryField()
    pushed = models.CharField(max_length=11, choices=Pushed, default=Pushed.NOT_YET)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-serial"]

    def __str__(self) -> str:
        return f"Bulletin {self.serial}"


class TestPerson(models.Model):
    """Whom the watch rings to see that ringing works: nobody. There is one row, or none."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    number = models.BinaryField(max_length=8)
    duty_address = models.BinaryField(max_length=16)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_test_person")
        ]

    def __str__(self) -> str:
        return "The watch's test person"


class PersonNumber(models.Model):
    """What the mailroom calls a peer: random, and meaning nothing anywhere else."""

    peer = models.OneToOneField("roster.Peer", on_delete=models.CASCADE, primary_key=True)
    number = models.BinaryField(max_length=8, unique=True)

    def __str__(self) -> str:
        return "A peer's number at the mailroom"
