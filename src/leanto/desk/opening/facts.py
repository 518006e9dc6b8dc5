"""What the list is computed from: the desk's own tables, and what people confirmed."""

from datetime import date, datetime

from django.utils import timezone

from leanto.desk.bulletin import queries as bulletins
from leanto.desk.directory import queries as directory
from leanto.desk.enrolment.queries import listed
from leanto.desk.opening.matters import line_matter, mail_matter, matters
from leanto.desk.opening.models import Confirmed
from leanto.desk.opening.queries import opens_on
from leanto.desk.people.models import Staff
from leanto.desk.roster.remits import is_for_all
from leanto.desk.rota.people import own_word, reachable
from leanto.rules import rota
from leanto.rules.cover import AHEAD
from leanto.rules.opening import Facts, Step, StepState, open_steps, still_checked
from leanto.rules.weeks import day_of


def steps(*, now: datetime) -> tuple[StepState, ...]:
    """How far is this program on its way to opening?"""
    return open_steps(facts=facts(now=now))


def facts(*, now: datetime) -> Facts:
    """All that the list wants to know, read from the desk at this instant."""
    shifts = reachable(now=now, start=now, until=now + AHEAD)
    enrolments = listed(now=now)
    words = {row: own_word(row.peer) for row in enrolments}
    reached = [row for row, word in words.items() if word is not None and word.reached_day]
    until = bulletins.state(today=day_of(now)).charter_until
    today = timezone.localdate(now)
    return Facts(
        coordinators=sum(one.has_second_step() for one in _coordinators()),
        charter_in_force=until is not None and until >= today,
        holders=[one.who for one in holding(Step.SHEETS, today=today)],
        keys_rehearsed=len(bulletins.rehearsed()),
        counsel_named=bool(holding(Step.PACK, today=today)),
        lines=len(matters(Step.HELPLINES)),
        lines_checked=len(holding(Step.HELPLINES, today=today)),
        line_answers=bool(holding(Step.ANSWERING_LINE, today=today)),
        mail_tested=bool(holding(Step.MAIL, today=today)),
        phones_reached=len(reached),
        ready_peers=sum(row.opened_on is not None for row in reached),
        covered=not rota.gaps(shifts=shifts, start=now, until=now + AHEAD),
        retention_adopted=bool(holding(Step.RETENTION, today=today)),
        day_set=opens_on() is not None,
    )


def holding(step: Step, *, today: date) -> list[Confirmed]:
    """Which confirmations of this step still hold? Those on what is in force now, and not stale."""
    asked = {one.key for one in matters(step)} if step is not Step.MAIL else {mail_matter()}
    rows = Confirmed.objects.filter(step=step, matter__in=asked - {None})
    if step not in (Step.HELPLINES, Step.ANSWERING_LINE):
        return list(rows)
    by = {line_matter(one): date.fromisoformat(one["verifyBy"]) for one in _lines()}
    return [row for row in rows if still_checked(on=row.on, verify_by=by[row.matter], today=today)]


def _coordinators() -> list[Staff]:
    """Those of the whole program: one of single agencies could not stand in for the other."""
    rows = Staff.objects.filter(is_active=True, role=Staff.Role.COORDINATOR)
    return [one for one in rows if is_for_all(one)]


def _lines() -> list[dict[str, str]]:
    try:
        return directory.helplines()
    except directory.NothingChosen:
        return []
