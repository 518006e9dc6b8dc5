"""How a vouched peer wants to be rung, in the peer's own words. spec/enrolment.md."""

from datetime import datetime

from django.db import transaction

from leanto.desk.bulletin.queries import charter
from leanto.desk.enrolment.actions import KeysRefused
from leanto.desk.enrolment.models import Enrolment, OwnWord
from leanto.desk.enrolment.queries import serving
from leanto.desk.nameless import Refused
from leanto.desk.signatures import NotSigned, verify
from leanto.desk.site.publishing import publish_soon
from leanto.rules.weeks import date_of, minute_of
from leanto.wire.enrolment import DAY_MINUTES, StandingBody
from leanto.wire.errors import WrongLayout

OLD_MINUTES = 2 * DAY_MINUTES
AHEAD_MINUTES = DAY_MINUTES


class StandingOlder(Refused):
    """A later word of this peer's is held, or this one is of days ago."""

    problem = "standing-older"


@transaction.atomic
def say_standing(*, body: StandingBody, now: datetime) -> None:
    """Take a peer's word on reserve, quiet hours, switch and reach; it goes out at once.

    The same again is harmless. Raises KeysRefused, StandingOlder, and WrongLayout for a word from
    more than a day ahead, which would shut out all that is said before then.
    """
    enrolment = Enrolment.objects.filter(
        signing_key=body.signing_key, state=Enrolment.State.VOUCHED
    ).first()
    theirs = charter().program_id == body.program_id
    if enrolment is None or not theirs or not serving(enrolment, now=now):
        raise KeysRefused
    try:
        verify(key=body.signing_key, signature=body.signature, signed_part=body.signed_part())
    except NotSigned:
        raise KeysRefused from None
    word = _word(enrolment, body)
    held = OwnWord.objects.filter(peer=enrolment.peer).first()
    opened_on = date_of(body.opened_day) if body.opened_day else None
    if held is not None and (*held.says(), enrolment.opened_on) == (*word.says(), opened_on):
        return
    _check_newer(body.said_minute, held.said_minute if held else 0, now=now)
    word.save()
    Enrolment.objects.filter(pk=enrolment.pk).update(opened_on=opened_on)
    publish_soon()


def _check_newer(said_minute: int, held_minute: int, *, now: datetime) -> None:
    if said_minute > minute_of(now) + AHEAD_MINUTES:
        raise WrongLayout("a word from days ahead")
    if said_minute <= held_minute or said_minute < minute_of(now) - OLD_MINUTES:
        raise StandingOlder


def _word(enrolment: Enrolment, body: StandingBody) -> OwnWord:
    return OwnWord(
        peer=enrolment.peer,
        said_minute=body.said_minute,
        reserve=body.reserve_consent,
        quiet_from_minute=body.quiet_from_minute,
        quiet_until_minute=body.quiet_until_minute,
        available_until_minute=body.available_until_minute,
        reached_day=body.reached_day,
    )
