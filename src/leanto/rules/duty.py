"""When one person may be rung, and as what: shifts, the person's own word, the net.

Hours are worked out on the program's wall clock, so that quiet hours stay quiet in the two nights
when it jumps.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from leanto.rules.rota import Shift, Span, Tier

DAY = timedelta(days=1)
HOUR_MINUTES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Minutes of the day on the wall clock; past midnight when `until` is less; equal: none."""

    from_minute: int
    until_minute: int


NO_QUIET = Quiet(from_minute=0, until_minute=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Everything that decides when somebody may be rung.

    `available`: the switch is on then. `live`: when officers' devices show a key of theirs;
    whoever has none then cannot be rung, whatever the rota says.
    """

    name: str
    shifts: tuple[Shift, ...] = ()
    reserve: bool = False
    backstop: bool = False
    quiet: Quiet = NO_QUIET
    available: Span | None = None
    live: tuple[Span, ...] = ()


def hours(*, person: Person, start: datetime, until: datetime, zone: tzinfo) -> list[Shift]:
    """When may this person be rung between two instants, and as what? Hours may overlap.

    Shifts stand whole. Quiet hours are cut out of reserve and backstop; a shift and the switch are
    the person's own word for that very time.
    """
    found = [one for one in person.shifts if one.until > start and one.start < until]
    if (switch := person.available) and switch.until > start and switch.start < until:
        found += _as(person, Tier.AVAILABLE, [switch])
    loud = list(_outside_quiet(person.quiet, start=start, until=until, zone=zone))
    if person.reserve:
        found += _as(person, Tier.RESERVE, loud)
    if person.backstop:
        found += _as(person, Tier.BACKSTOP, loud)
    return found


def reachable(
    *, people: Iterable[Person], start: datetime, until: datetime, zone: tzinfo
) -> list[Shift]:
    """Who would really be rung when: everybody's hours, as far as they have live keys."""
    return [
        Shift(person=one.person, tier=one.tier, start=span.start, until=span.until)
        for person in people
        for one in hours(person=person, start=start, until=until, zone=zone)
        for span in within(Span(start=one.start, until=one.until), person.live)
    ]


def within(span: Span, others: Sequence[Span]) -> Iterator[Span]:
    """The parts of a stretch that lie in one of the others, which do not overlap each other."""
    for other in others:
        start, until = max(span.start, other.start), min(span.until, other.until)
        if start < until:
            yield Span(start=start, until=until)


def each_day(quiet: Quiet, *, start: datetime, until: datetime, zone: tzinfo) -> Iterator[Span]:
    """These minutes of every day as stretches of real time, in order."""
    if quiet.from_minute == quiet.until_minute:
        return
    day, last = start.astimezone(zone).date() - DAY, until.astimezone(zone).date()
    while day <= last:
        ends = day if quiet.from_minute < quiet.until_minute else day + DAY
        # An hour that comes twice is quiet from its first to its second; of an hour that never
        # comes, the earlier reading begins and the later one ends: nobody is woken too early.
        still = Span(
            start=min(_readings(day, quiet.from_minute, zone)),
            until=max(_readings(ends, quiet.until_minute, zone)),
        )
        if still.until > start and still.start < until:
            yield Span(start=still.start, until=min(still.until, until))
        day += DAY


def _outside_quiet(
    quiet: Quiet, *, start: datetime, until: datetime, zone: tzinfo
) -> Iterator[Span]:
    at = start
    for still in each_day(quiet, start=start, until=until, zone=zone):
        if at < still.start:
            yield Span(start=at, until=still.start)
        at = max(at, still.until)
    if at < until:
        yield Span(start=at, until=until)


def _readings(day: date, minute: int, zone: tzinfo) -> list[datetime]:
    """The instants that this time of this wall clock can mean."""
    clock = time(*divmod(minute, HOUR_MINUTES))
    local = datetime.combine(day, clock, zone)
    return [local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]


def _as(person: Person, tier: Tier, spans: Iterable[Span]) -> list[Shift]:
    return [Shift(person=person.name, tier=tier, start=one.start, until=one.until) for one in spans]
