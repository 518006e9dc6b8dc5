"""Confirming what only a person can know, setting the day, and opening."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.opening import facts
from leanto.desk.opening.matters import mail_matter, matters
from leanto.desk.opening.models import Confirmed, Opening
from leanto.desk.opening.queries import is_open, opens_on
from leanto.desk.people.models import Staff
from leanto.desk.site.publishing import publish_soon
from leanto.rules.opening import Step


class NotYet(Exception):
    """The program does not open now; the message says why."""


class NothingToConfirm(Exception):
    """This is not what the step asks about today: it changed meanwhile, or never was."""


@transaction.atomic
def confirm(
    *,
    step: Step,
    keys: Sequence[str],
    who: str,
    on: date,
    note: str = "",
    by: Staff | None,
    now: datetime,
) -> None:
    """Write down that this person looked at these matters on that day. Raises NothingToConfirm."""
    if not set(keys) <= {one.key for one in matters(step)}:
        raise NothingToConfirm
    for key in keys:
        _keep(step, key, who=who, on=on, note=note, by=by, now=now)
    if step is Step.PACK:  # officers read counsel's name
        publish_soon()


@transaction.atomic
def confirm_mail(*, by: Staff, now: datetime) -> None:
    """The code of a letter was typed back, so mail arrives. Raises NothingToConfirm."""
    matter = mail_matter()
    if matter is None:
        raise NothingToConfirm
    _keep(Step.MAIL, matter, who=by.name, on=timezone.localdate(now), note="", by=by, now=now)


@transaction.atomic
def take_back(*, confirmed: Confirmed, by: Staff | None, now: datetime) -> None:
    """What was confirmed is not so, or not any more: the step asks again."""
    record(act=Act.TOOK_BACK_STEP, on=_named(confirmed.step, confirmed.matter), by=by, now=now)
    confirmed.delete()
    if confirmed.step == Step.PACK:
        publish_soon()


@transaction.atomic
def set_day(*, day: date, by: Staff | None, now: datetime) -> None:
    """Say on which day the program opens; every pocket's landing says so too.

    Raises NotYet for a day gone by, and once the program is open.
    """
    if is_open():
        raise NotYet(_("The program is open already."))
    if day < timezone.localdate(now):
        raise NotYet(_("This day is over. Choose today or a later day."))
    Opening.objects.update_or_create(id=1, defaults={"opens_on": day})
    record(act=Act.SET_OPENING_DAY, on=day.isoformat(), by=by, now=now)
    publish_soon()


@transaction.atomic
def open_program(*, by: Staff | None, now: datetime) -> None:
    """From now on cards can be made and officers may ask. Raises NotYet while anything is missing.

    It stays open: whatever turns red later is an alarm, and takes no peer away from anyone.
    """
    if is_open():
        return
    if not all(one.green for one in facts.steps(now=now)):
        raise NotYet(_("Not every step is green yet."))
    day, today = opens_on(), timezone.localdate(now)
    if day is None or day > today:
        raise NotYet(_("The day has not come. To open sooner, choose an earlier day."))
    Opening.objects.filter(id=1).update(opened_on=today)
    record(act=Act.OPENED, on=today.isoformat(), by=by, now=now)
    publish_soon()


def _keep(
    step: Step, key: str, *, who: str, on: date, note: str, by: Staff | None, now: datetime
) -> None:
    said = {"who": who, "on": on, "note": note, "by": by}
    Confirmed.objects.update_or_create(step=step, matter=key, defaults=said)
    record(act=Act.CONFIRMED_STEP, on=_named(step, key), by=by, now=now)


def _named(step: str, matter: str) -> str:
    return f"{step}: {matter}"[:120]
