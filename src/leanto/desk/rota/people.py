"""Who may be rung when, as the desk knows it: for bulletins, for the cover page and for alarms.

One reading for all of them: what the mailroom is told and what coordinators see cannot differ, but
for peers who lead others: they may be rung, and are nobody's cover.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ObjectDoesNotExist

from leanto.desk.enrolment.models import Enrolment, OwnWord
from leanto.desk.enrolment.queries import DAYS_SHOWN, listed
from leanto.desk.roster.models import Peer
from leanto.desk.rota.models import Shift
from leanto.desk.site.clock import program_zone
from leanto.rules import duty
from leanto.rules import rota as rules

SWITCH_MINUTES = 16 * 60
DAY = timedelta(days=1)


def people(
    enrolments: Iterable[Enrolment], *, start: datetime, until: datetime
) -> dict[Enrolment, duty.Person]:
    """Each of these peers with all that decides when they may be rung between two instants."""
    by_peer: dict[object, list[Shift]] = {}
    rows = Shift.objects.filter(start__lt=until, until__gt=start)
    for shift in rows.order_by("start", "until", "tier"):
        by_peer.setdefault(shift.peer_id, []).append(shift)
    return {one: _person(one, by_peer.get(one.peer_id, [])) for one in enrolments}


def reachable(*, now: datetime, start: datetime, until: datetime) -> list[rules.Shift]:
    """Who would really be rung between two instants, as far as is known now? Told by peer's id.

    Without those who lead others: whoever is of their agency is never offered them.
    """
    for_all = [one for one in listed(now=now) if not one.peer.supervises]
    found = people(for_all, start=start, until=until).values()
    return duty.reachable(people=found, start=start, until=until, zone=program_zone())


def in_reserve(peer: Peer) -> bool:
    """May this peer be rung outside shifts? Their own word counts; before it, what they told."""
    word = own_word(peer)
    return peer.reserve if word is None else word.reserve


def own_word(peer: Peer) -> OwnWord | None:
    """How this peer last said, from the own pocket, to be rung; None when they never did."""
    try:
        return peer.own_word
    except ObjectDoesNotExist:
        return None


def switch(word: OwnWord) -> rules.Span | None:
    """When is the switch on, by this word? From when it was said, and for sixteen hours at most."""
    until = min(word.available_until_minute, word.said_minute + SWITCH_MINUTES)
    if until <= word.said_minute:
        return None
    return rules.Span(start=_instant(word.said_minute), until=_instant(until))


def _person(enrolment: Enrolment, shifts: list[Shift]) -> duty.Person:
    peer, word = enrolment.peer, own_word(enrolment.peer)
    name = str(peer.pk)
    return duty.Person(
        name=name,
        shifts=tuple(
            rules.Shift(person=name, start=one.start, until=one.until, tier=rules.Tier(one.tier))
            for one in shifts
        ),
        reserve=in_reserve(peer),
        backstop=peer.backstop_since is not None,
        quiet=_quiet(word) if word else duty.NO_QUIET,
        available=switch(word) if word else None,
        live=tuple(_live(enrolment)),
    )


def _quiet(word: OwnWord) -> duty.Quiet:
    return duty.Quiet(from_minute=word.quiet_from_minute, until_minute=word.quiet_until_minute)


def _live(enrolment: Enrolment) -> Iterator[rules.Span]:
    """The weeks in which officers' devices are shown a key of this peer's, while vouched for."""
    vouched_until = _midnight((enrolment.vouch_last_day or 0) + 1)
    for row in enrolment.bundles.all():
        start = _midnight(row.first_day)
        until = min(_midnight(row.first_day + DAYS_SHOWN), vouched_until)
        if start < until:
            yield rules.Span(start=start, until=until)


def _midnight(day: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + day * DAY


def _instant(minute: int) -> datetime:
    return datetime.fromtimestamp(60 * minute, UTC)
