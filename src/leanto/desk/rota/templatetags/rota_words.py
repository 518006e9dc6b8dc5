"""Stretches of time in words, on the program's wall clock."""

from datetime import date, datetime, time

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leanto.desk.rota.models import Shift
from leanto.rules.rota import Span

register = template.Library()
DAYS_OF_A_WEEK = 7


@register.filter
def within(span: Span | Shift, day: date) -> str:
    """A stretch as told on the page of one day: other days are named, this one is not."""
    start, until = timezone.localtime(span.start), timezone.localtime(span.until)
    ends = f"{_weekday(until, day)}{clock(until)}"
    return _("%(start)s to %(end)s") % {
        "start": f"{_weekday(start, day)}{clock(start)}",
        "end": clock(until) if _is_midnight_after(until, day) else ends,
    }


@register.filter
def dated(span: Span) -> str:
    """A stretch as told among others: its day, and the second day where there is one."""
    start = timezone.localtime(span.start)
    return _("%(day)s, %(span)s") % {
        "day": date_format(start, "MONTH_DAY_FORMAT"),
        "span": within(span, start.date()),
    }


@register.filter
def refusal(span: Span) -> str:
    """Why a change that would strand somebody is not saved, and what to do first."""
    sentence = _(
        "Not saved. Nobody at all would be rung on %(span)s: whoever asks then would reach no one. "
        "First put somebody else on duty for that time, or mark a backstop."
    )
    return sentence % {"span": dated(span)}


@register.filter
def clock(instant: datetime) -> str:
    """The time of day; midnight by its name, since 00:00 is read both ways."""
    local = timezone.localtime(instant)
    return _("midnight") if local.time() == time(0) else date_format(local, "TIME_FORMAT")


def _weekday(instant: datetime, day: date) -> str:
    if instant.date() == day:
        return ""
    # From a week on, the name of a weekday could be read as the wrong one.
    near = abs((instant.date() - day).days) < DAYS_OF_A_WEEK
    return f"{date_format(instant, 'D' if near else 'MONTH_DAY_FORMAT')} "


def _is_midnight_after(instant: datetime, day: date) -> bool:
    return instant.time() == time(0) and (instant.date() - day).days == 1
