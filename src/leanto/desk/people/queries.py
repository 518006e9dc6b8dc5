"""Questions about staff."""

from collections.abc import Iterable
from datetime import datetime

from leanto.desk.people.models import Invitation, Staff


def everyone() -> Iterable[Staff]:
    """Who may sign in, by name?"""
    return Staff.objects.filter(is_active=True).order_by("name")


def open_invitations(*, now: datetime) -> Iterable[Invitation]:
    """Which links could still be used?"""
    return Invitation.objects.filter(used=False, usable_until__gt=now).order_by("name")
