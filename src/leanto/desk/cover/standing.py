"""What alarms are computed from: the rota, people's own words, their keys and the newest bulletin.

Nothing here ever came from an officer or from the mailroom.
"""

from datetime import datetime, timedelta

from leanto.desk.bulletin.models import Publication
from leanto.desk.bulletin.queries import newest
from leanto.desk.enrolment.queries import listed
from leanto.desk.roster.models import Peer
from leanto.desk.rota.models import Shift, WantedOnDuty
from leanto.desk.rota.people import people
from leanto.desk.site.clock import program_zone
from leanto.rules.cover import AHEAD, DAY, WEEK, Alarm, Standing, Wanted, alarms
from leanto.rules.duty import Person, Quiet, each_day, hours, reachable, within
from leanto.rules.rota import Span
from leanto.rules.weeks import day_of
from leanto.wire.head import Head

NIGHT = Quiet(from_minute=23 * 60, until_minute=7 * 60)
BULLETIN_WAITS = timedelta(minutes=15)


def alarms_now(*, now: datetime) -> list[Alarm]:
    """What must coordinators be told now? Nothing before the first bulletin: nobody can ask yet."""
    if newest() is None:
        return []
    return alarms(standing=standing(now=now), now=now)


def standing(*, now: datetime) -> Standing:
    """How does cover stand, from a day ago to two weeks ahead?"""
    start, until = now - DAY, now + AHEAD
    serving = people(listed(now=now), start=start, until=until)
    zone = program_zone()
    return Standing(
        shifts=reachable(people=serving.values(), start=start, until=until, zone=zone),
        wanted=wanted(start=start, until=until),
        backstops=sum(one.backstop and _lives(one, now) for one in serving.values()),
        keys_run_out=len(without_keys(serving=list(serving.values()), now=now)),
        bulletin_waits=bulletin_waits(newest(), now=now),
    )


def wanted(*, start: datetime, until: datetime) -> Wanted:
    """How many should be on duty, by day and in each night of this time?"""
    row = WantedOnDuty.objects.first() or WantedOnDuty()
    nights = list(each_day(NIGHT, start=start, until=until, zone=program_zone()))
    return Wanted(by_day=row.by_day, by_night=row.by_night, nights=nights)


def without_keys(*, serving: list[Person], now: datetime) -> set[str]:
    """Who is to be rung in the next two weeks, and has no live key for all of the coming week?

    Also an enrolled peer on the rota whose keys were turned off. Told by peer's id.
    """
    week = Span(start=now, until=now + WEEK)
    zone = program_zone()
    short = {
        one.name
        for one in serving
        if hours(person=one, start=now, until=now + AHEAD, zone=zone)
        and sum((part.until - part.start for part in within(week, one.live)), timedelta(0)) < WEEK
    }
    ahead = Shift.objects.filter(until__gt=now, start__lt=now + AHEAD)
    rows = Peer.objects.enrolled(at=now).filter(pk__in=ahead.values("peer"))
    return short | ({str(one.pk) for one in rows} - {one.name for one in serving})


def bulletin_waits(publication: Publication | None, *, now: datetime) -> bool:
    """Is the newest bulletin out of date, refused, or for a quarter of an hour not handed over?"""
    if publication is None:
        return False
    if Head.read(bytes(publication.head)).last_day < day_of(now):
        return True
    if publication.pushed == Publication.Pushed.YES:
        return False
    refused = publication.pushed == Publication.Pushed.REFUSED
    made = publication.signed_at
    return refused or made is None or not now - BULLETIN_WAITS < made <= now


def _lives(person: Person, now: datetime) -> bool:
    return any(one.start <= now < one.until for one in person.live)
