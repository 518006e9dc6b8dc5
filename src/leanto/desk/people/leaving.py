"""When a member of staff lost their way in, or left. Never done to oneself: it takes
another, or the operator where no other can sign in (`by` is None)."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.people.actions import new_link
from leanto.desk.people.models import Invitation, Staff


class OnesOwnAccount(Exception):
    """Nobody resets or closes their own account; another coordinator does."""


@transaction.atomic
def reset_sign_in(*, person: Staff, by: Staff | None, now: datetime) -> str:
    """Take away password, app and codes that somebody lost, and give back the token of a new link.

    The link is like a first invitation: once, for seven days. Every browser is signed out. Raises
    OnesOwnAccount.
    """
    _shut_out(person, by)
    record(act=Act.RESET_SIGN_IN, on=person.name, by=by, now=now)
    return new_link(name=person.name, email=person.email, role=person.role, now=now)


@transaction.atomic
def close_account(*, person: Staff, by: Staff | None, now: datetime) -> None:
    """Close the account of somebody who left. What they did stays on record. Raises as above."""
    _shut_out(person, by)
    Staff.objects.filter(pk=person.pk).update(is_active=False)
    record(act=Act.CLOSED_ACCOUNT, on=person.name, by=by, now=now)


def _shut_out(person: Staff, by: Staff | None) -> None:
    if by is not None and person.pk == by.pk:
        raise OnesOwnAccount
    Authenticator.objects.filter(user=person).delete()
    Invitation.objects.filter(email__iexact=person.email, used=False).delete()
    person.set_unusable_password()  # ends every session too: they hang on its hash
    person.save(update_fields=["password"])
