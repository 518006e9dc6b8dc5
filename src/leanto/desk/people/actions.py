"""What staff do about their own accounts."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.people.models import Invitation, Staff
from leanto.desk.roster.models import Agency

INVITATION_DAYS = 7


class InvitationUnknown(Exception):
    """No such link; it may be mistyped."""


class InvitationUsed(InvitationUnknown):
    """The link has done its work. If its owner did not use it, somebody else did."""


class InvitationExpired(InvitationUnknown):
    """The link is older than it may be."""


class AlreadyStaff(Exception):
    """There is an account with this e-mail address."""


@transaction.atomic
def invite_coordinator(
    *, name: str, email: str, agencies: tuple[str, ...] = (), by: Staff | None, now: datetime
) -> str:
    """Invite a coordinator and give back the token of a link that works once, for seven days.

    `agencies`: codes of those whose people alone they will look after; none for the whole program.
    The link is `{desk}/welcome/{token}/`; only its hash is stored, so it can be shown once.
    Raises AlreadyStaff.
    """
    if Staff.objects.filter(email__iexact=email).exists():
        raise AlreadyStaff
    token = new_link(
        name=name, email=email, role=Staff.Role.COORDINATOR, agencies=agencies, now=now
    )
    record(act=Act.INVITED_COORDINATOR, on=name, by=by, now=now)
    return token


def new_link(
    *, name: str, email: str, role: str, agencies: tuple[str, ...] = (), now: datetime
) -> str:
    """The token of a fresh link for this address; call it in the transaction of what it is for."""
    # An earlier link that nobody used stops working: it may lie where it was lost.
    Invitation.objects.filter(email__iexact=email, used=False).delete()
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        token_hash=_hash(token),
        email=email.lower(),
        name=name,
        role=role,
        agencies=list(agencies),
        usable_until=now + timedelta(days=INVITATION_DAYS),
    )
    return token


def open_invitation(*, token: str, now: datetime) -> Invitation:
    """Find the invitation behind a link. Raises InvitationUnknown, -Used or -Expired."""
    invitation = Invitation.objects.filter(token_hash=_hash(token)).first()
    if invitation is None:
        raise InvitationUnknown
    if invitation.used:
        raise InvitationUsed
    if invitation.usable_until <= now:
        raise InvitationExpired
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, password: str, now: datetime) -> Staff:
    """Make the account a link promised, or open again the one that was reset.

    Raises as `open_invitation`, or AlreadyStaff.
    """
    invitation = open_invitation(token=token, now=now)
    claimed = Invitation.objects.filter(pk=invitation.pk, used=False).update(used=True)
    if claimed != 1:
        raise InvitationUsed
    staff = Staff.objects.filter(email__iexact=invitation.email).first()
    if staff is None:
        staff = Staff(email=invitation.email, name=invitation.name, role=invitation.role)
    elif staff.has_usable_password() or not staff.is_active:
        raise AlreadyStaff
    staff.set_password(password)
    staff.save()
    for code in invitation.agencies:
        staff.remits.get_or_create(agency=Agency.objects.get(code=code))
    record(act=Act.JOINED, on=staff.name, by=staff, now=now)
    return staff


def _hash(token: str) -> bytes:
    return hashlib.sha256(b"leanto/desk/invitation" + token.encode()).digest()
