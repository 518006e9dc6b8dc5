"""What the program chose to tell its officers, as it was when it was chosen."""

from typing import ClassVar

from django.db import models


class Chosen(models.Model):
    """The pack or the list of lines in force, whole: a newer file changes nothing by itself."""

    class Kind(models.TextChoices):
        PACK = "pack"
        HELPLINES = "helplines"

    kind = models.CharField(primary_key=True, max_length=10, choices=Kind)
    name = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    content = models.JSONField()

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Terms(models.Model):
    """The program's own words in the bulletin; there is one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    card_place_en = models.CharField(max_length=200)
    card_place_es = models.CharField(max_length=200)
    patience_now_minutes = models.PositiveIntegerField()
    patience_today_minutes = models.PositiveIntegerField()
    patience_whenever_minutes = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_set_of_terms")
        ]

    def __str__(self) -> str:
        return self.card_place_en
