"""The desk's one clock, as handed in by the composition."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from leanto.desk.site.configuration import configuration


def now() -> datetime:
    """Which instant is it, in UTC? Only views and commands ask; actions and rules are told."""
    return configuration().now()


def today() -> date:
    """Which day is it where the program is?"""
    return timezone.localdate(now())


def program_zone() -> ZoneInfo:
    """Whose wall clock are hand-entered times read on?"""
    return ZoneInfo(configuration().time_zone)
