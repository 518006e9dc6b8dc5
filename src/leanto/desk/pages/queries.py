"""What a coordinator wants to know first."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leanto.desk.bulletin import queries as bulletins
from leanto.desk.enrolment import renewing
from leanto.desk.enrolment.models import Enrolment
from leanto.desk.opening.queries import is_open
from leanto.desk.people.models import Staff
from leanto.desk.roster.models import Agency, Peer
from leanto.desk.rota.people import reachable
from leanto.rules import rota
from leanto.rules.rota import Span
from leanto.rules.weeks import day_of

EVENING, MORNING = time(18), time(6)
LOOK_AHEAD = timedelta(days=14)
FEWEST_COORDINATORS = 2
FEWEST_PEERS = 3


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something to do next, and where."""

    sentence: str | Promise
    url: str


@dataclass(frozen=True, kw_only=True)
class Cover:
    """How the rota stands from now on."""

    on_duty: list[Peer]
    tonight: Span
    gaps_tonight: list[Span]
    gaps_ahead: list[Span]


def cover(*, now: datetime, zone: ZoneInfo) -> Cover:
    """Who is on duty, how is tonight covered, and when in two weeks is nobody there?

    Only whoever can really be rung counts: a name on the rota without a live key rings no phone.
    """
    tonight = night_after(now=now, zone=zone)
    shifts = reachable(now=now, start=now, until=now + LOOK_AHEAD)
    here = rota.on_duty(shifts=shifts, at=now)
    return Cover(
        on_duty=list(Peer.objects.filter(pk__in=here).order_by("name")),
        tonight=tonight,
        gaps_tonight=rota.gaps(shifts=shifts, start=tonight.start, until=tonight.until),
        gaps_ahead=rota.gaps(shifts=shifts, start=now, until=now + LOOK_AHEAD),
    )


def night_after(*, now: datetime, zone: ZoneInfo) -> Span:
    """Which night is meant by tonight? From six to six; before six in the morning, what is left."""
    local = now.astimezone(zone)
    if local.time() < MORNING:
        return Span(start=now, until=_at(local.date(), MORNING, zone))
    start = max(now, _at(local.date(), EVENING, zone))
    return Span(start=start, until=_at(local.date() + timedelta(days=1), MORNING, zone))


def next_steps(*, now: datetime) -> list[Step]:
    """What should be done next, most needed first? Empty when nothing waits."""
    steps = []
    if not is_open():
        sentence = _("Go on with the list that opens the program.")
        steps.append(Step(sentence=sentence, url=reverse("opening")))
    if Staff.objects.filter(is_active=True).count() < FEWEST_COORDINATORS:
        steps.append(Step(sentence=_("Invite a second coordinator."), url=reverse("staff")))
    if not Agency.objects.exists():
        steps.append(Step(sentence=_("Add the agencies you serve."), url=reverse("agencies")))
    if Peer.objects.enrolled(at=now).count() < FEWEST_PEERS:
        sentence = _("Enrol peers: a program opens with three at least.")
        steps.append(Step(sentence=sentence, url=reverse("peers")))
    steps += [*_enrolments_waiting(), *_bulletin_waiting(now)]
    shifts = reachable(now=now, start=now, until=now + LOOK_AHEAD)
    if rota.gaps(shifts=shifts, start=now, until=now + LOOK_AHEAD):
        sentence = _("Fill the gaps in the rota of the next two weeks.")
        steps.append(Step(sentence=sentence, url=reverse("rota")))
    return steps


def _enrolments_waiting() -> list[Step]:
    sentences = {
        Enrolment.State.HANDED_IN: _("Compare the six words with %(name)s."),
        Enrolment.State.CONFIRMED: _("Bring %(name)s's vouch request to the key holder."),
    }
    waiting = Enrolment.objects.filter(state__in=sentences).select_related("peer")
    return [
        Step(
            sentence=sentences[Enrolment.State(row.state)] % {"name": row.peer.name},
            url=reverse("peer", kwargs={"peer_id": row.peer_id}),
        )
        for row in waiting.order_by("peer__name")
    ]


def _bulletin_waiting(now: datetime) -> list[Step]:
    state = bulletins.state(today=day_of(now))
    if state.said is None:
        return [Step(sentence=_("Publish the first bulletin."), url=reverse("bulletin"))]
    if state.charter_runs_out or renewing.run_out_soon(now=now):
        sentence = _("Have the charter and the vouches renewed.")
        return [Step(sentence=sentence, url=reverse("charter"))]
    return []


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
