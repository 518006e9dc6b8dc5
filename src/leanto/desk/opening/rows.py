"""The opening list as the page and the command show it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from leanto.desk.opening import facts
from leanto.desk.opening.matters import WHO
from leanto.desk.opening.models import Confirmed
from leanto.desk.opening.words import WORDS, StepWords
from leanto.rules.opening import Step


@dataclass(frozen=True, kw_only=True)
class Row:
    """One step. `url`: the path of the page where it is done; `said`: who confirmed what."""

    step: Step
    green: bool
    words: StepWords
    url: str
    said: list[Confirmed]


def rows(*, now: datetime) -> list[Row]:
    """Every step in order: green, or what to do, why, who does it and where."""
    return [_row(one.step, green=one.green, now=now) for one in facts.steps(now=now)]


def _row(step: Step, *, green: bool, now: datetime) -> Row:
    words = WORDS[step]
    arguments = {"name": step.value} if step in WHO else {}
    url = reverse(words.place, kwargs=arguments)
    said = facts.holding(step, today=timezone.localdate(now))
    return Row(step=step, green=green, words=words, url=url, said=said)
