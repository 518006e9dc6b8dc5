"""Cards as the desk keeps them: enough to know one again, too little to print or to follow one."""

from typing import ClassVar

from django.db import models


class Box(models.Model):
    """One printed sheet of cards, taken back as a whole when it is lost.

    It says who carried it where, never who drew which of its cards.
    The cards of a box for the watch were never printed: a program holds them and tries with them.
    """

    number = models.PositiveIntegerField(primary_key=True)
    count = models.PositiveSmallIntegerField()
    last_day = models.DateField()
    revoked = models.BooleanField(default=False)
    for_watch = models.BooleanField(default=False)
    carried_by = models.CharField(max_length=120, blank=True)
    carried_to = models.CharField(max_length=200, blank=True)
    carried_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"Box {self.number}"


class Card(models.Model):
    """A card without its code. A card that is taken back has no row any more.

    `drawn` holds an epoch (2 bytes) and a batch's hash (32 bytes) for each batch, sorted. It stands
    in the card's own row, not in a table of draws, whose order on disk would tell when each was.
    """

    digest = models.CharField(primary_key=True, max_length=64)
    box = models.ForeignKey(Box, on_delete=models.CASCADE, related_name="cards")
    drawn = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return f"A card of box {self.box_id}"
