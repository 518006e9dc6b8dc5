"""Cover now and in the next two weeks, as a coordinator's page shows it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from leanto.desk.cover.models import MailTrouble
from leanto.desk.cover.standing import alarms_now, standing, without_keys
from leanto.desk.cover.words import sentence
from leanto.desk.enrolment.models import Enrolment
from leanto.desk.enrolment.queries import listed
from leanto.desk.roster.models import Peer
from leanto.desk.rota.people import people
from leanto.desk.site.clock import program_zone
from leanto.desk.site.configuration import configuration
from leanto.rules import rota
from leanto.rules.cover import AHEAD, BACKSTOPS_WANTED, Standing, thin
from leanto.rules.duty import Person, reachable
from leanto.rules.rota import ANYBODY, Span
from leanto.rules.weeks import date_of

LABELS = {
    rota.Tier.ON_DUTY: _("On duty"),
    rota.Tier.AVAILABLE: _("Shows available"),
    rota.Tier.RESERVE: _("Reserve"),
    rota.Tier.BACKSTOP: _("Backstop"),
}
DAYS = 14
WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One tier in one day: its name, and the fewest who are there in each hour."""

    tier: int
    label: str
    hours: list[tuple[Span, int]]


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day midnight to midnight. `silent`: nobody at all would be rung."""

    date: date
    rows: list[Row]
    silent: list[Span]
    gaps: list[Span]
    thin: list[Span]


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How one peer can be reached. `weeks`: how long the keys last from now, without a hole."""

    peer: Peer
    weeks: int
    keys_short: bool
    reached: date | None


@dataclass(frozen=True, kw_only=True)
class Cover:
    """Everything on the page; `there` by tier, who is there now."""

    alarms: list[str]
    there: list[tuple[str, list[Peer]]]
    days: list[Day]
    backstops: list[Peer]
    few_backstops: bool
    reach: list[Reach]


def cover(*, now: datetime) -> Cover:
    """How is cover now and ahead, and what must be done about it?"""
    zone = program_zone()
    start = _midnight(now.astimezone(zone).date(), zone)
    enrolments = {str(one.peer_id): one for one in listed(now=now)}
    found = people(enrolments.values(), start=start, until=start + AHEAD + WEEK)
    shifts = reachable(people=found.values(), start=start, until=start + AHEAD + WEEK, zone=zone)
    seen = standing(now=now)
    marked = [one.peer for one in enrolments.values() if one.peer.backstop_since]
    return Cover(
        alarms=spoken_alarms(now=now),
        there=_there(shifts, enrolments, now=now),
        days=[_day(day, zone, shifts, seen) for day in _days(now.astimezone(zone).date())],
        backstops=sorted(marked, key=lambda peer: peer.name),
        few_backstops=seen.backstops < BACKSTOPS_WANTED,
        reach=_reach(found, now=now),
    )


def spoken_alarms(*, now: datetime) -> list[str]:
    """What is wrong now, in sentences; computed anew, whoever was told of it or not."""
    return [sentence(one) for one in alarms_now(now=now)]


def mail_trouble() -> MailTrouble | None:
    """Since when mail about alarms does not go out; None while it does."""
    return MailTrouble.objects.first()


def mail_configured() -> bool:
    """Whether coordinators can be told by mail at all."""
    return configuration().mail is not None


def _there(
    shifts: list[rota.Shift], enrolments: dict[str, Enrolment], *, now: datetime
) -> list[tuple[str, list[Peer]]]:
    found = []
    for tier, label in LABELS.items():
        here = {s.person for s in shifts if s.tier is tier and s.start <= now < s.until}
        peers = sorted((enrolments[one].peer for one in here), key=lambda peer: peer.name)
        found.append((str(label), peers))
    return found


def _days(first: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(DAYS)]


def _day(day: date, zone: ZoneInfo, shifts: list[rota.Shift], seen: Standing) -> Day:
    start, until = _midnight(day, zone), _midnight(day + timedelta(days=1), zone)
    here = [one for one in shifts if one.start < until and one.until > start]
    rows = [
        Row(
            tier=tier.value,
            label=str(label),
            hours=rota.fewest_by_hour(shifts=here, start=start, until=until, tiers={tier}),
        )
        for tier, label in LABELS.items()
    ]
    silent = rota.gaps(shifts=here, start=start, until=until, tiers=ANYBODY)
    return Day(
        date=day,
        rows=rows,
        silent=silent,
        gaps=[one for one in rota.gaps(shifts=here, start=start, until=until) if one not in silent],
        thin=thin(standing=seen, start=start, until=until),
    )


def _reach(found: dict[Enrolment, Person], *, now: datetime) -> list[Reach]:
    short = without_keys(serving=list(found.values()), now=now)
    reach = []
    for enrolment, person in found.items():
        word = getattr(enrolment.peer, "own_word", None)
        reached = word.reached_day if word else 0
        reach.append(
            Reach(
                peer=enrolment.peer,
                weeks=_weeks(person, now),
                keys_short=person.name in short,
                reached=date_of(reached) if reached else None,
            )
        )
    return sorted(reach, key=lambda one: one.peer.name)


def _weeks(person: Person, now: datetime) -> int:
    until = now
    for span in sorted(person.live, key=lambda span: span.start):
        if span.start <= until < span.until:
            until = span.until
    return -(-(until - now) // WEEK)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)
