"""Coordinators are told by mail what the rota lacks: each thing once a day, and once when mended.

Asked every minute by the program's clock and by nothing else, so no request, no answer and nobody
who looks ever makes a mail. A mail counts as told when the server took it: what could not go out
is due again a minute later.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from leanto.desk.cover.models import MailTrouble, Told
from leanto.desk.cover.standing import alarms_now
from leanto.desk.cover.words import over, sentence
from leanto.desk.opening.queries import is_open
from leanto.desk.people.models import Staff
from leanto.desk.site.configuration import configuration
from leanto.mail.sending import MailNotTaken, send
from leanto.rules.cover import Alarm, Kind, is_told_again

KEPT = timedelta(days=8)
"""Longer than the longest silence between two mails about one thing."""
LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class News:
    """What one coordinator is to hear now."""

    alarms: list[Alarm]
    over: list[Kind]


def tell(*, now: datetime) -> None:
    """Mail every coordinator what they have not been told; without a mail server only the pages
    tell. Before the program opens nobody can ask, and an empty rota is no news."""
    mail = configuration().mail
    if mail is None or not is_open():
        return
    found = alarms_now(now=now)
    for one in Staff.objects.filter(is_active=True, role=Staff.Role.COORDINATOR):
        news = _news(one, found, now=now)
        if not (news.alarms or news.over):
            continue
        try:
            send(mail, to=one.email, subject=_subject(), text=_text(news))
        except MailNotTaken:
            MailTrouble.objects.get_or_create(defaults={"since": now})
        else:
            _remember(one, news, now=now)
    _forget(found, now=now)


def _news(staff: Staff, found: Sequence[Alarm], *, now: datetime) -> News:
    rows = list(Told.objects.filter(staff=staff))
    told = {row.mark: row.at for row in rows}
    there = {alarm.kind for alarm in found}
    ended = {row.kind for row in rows if not row.over} - there
    return News(
        alarms=[
            one for one in found if is_told_again(alarm=one, told_at=told.get(one.mark), now=now)
        ],
        over=[kind for kind in Kind if kind in ended],
    )


def _subject() -> str:
    """In both languages, since nobody is asked for theirs. It says nothing."""
    subjects = (_in(language, lambda: _("Please look at your desk")) for language in LANGUAGES)
    return " / ".join(subjects)


def _text(news: News) -> str:
    return "\n\n".join(_in(language, lambda: _paragraph(news)) for language in LANGUAGES) + "\n"


def _paragraph(news: News) -> str:
    lines = [over(kind) for kind in news.over] + [sentence(one) for one in news.alarms]
    return "\n".join([*(f"- {line}" for line in lines), configuration().desk])


def _in(language: str, say: Callable[[], str]) -> str:
    with override(language):
        return say()


@transaction.atomic
def _remember(staff: Staff, news: News, *, now: datetime) -> None:
    for alarm in news.alarms:
        Told.objects.update_or_create(
            staff=staff,
            mark=alarm.mark,
            defaults={"kind": alarm.kind.value, "at": now, "over": False},
        )
    Told.objects.filter(staff=staff, kind__in=news.over).update(over=True)
    MailTrouble.objects.all().delete()


def _forget(found: Sequence[Alarm], *, now: datetime) -> None:
    """What nobody needs for silence any more. A row that is still to be called mended stays."""
    there = {alarm.kind for alarm in found}
    done = Q(over=True) | (Q(kind__in=there) & ~Q(mark__in={alarm.mark for alarm in found}))
    Told.objects.filter(done, at__lt=now - KEPT).delete()
