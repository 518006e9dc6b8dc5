"""A rota's lines against the shifts there are."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leanto.desk.people.models import Staff
from leanto.desk.roster.models import Agency, Peer
from leanto.desk.rota.actions import add_shift
from leanto.desk.rota.models import Shift
from leanto.desk.team.columns import by_field, plain
from leanto.desk.team.plans import Act, Line, Mark, Plan, Trouble
from leanto.desk.team.reading import LONGEST_CELL, Row
from leanto.desk.team.roster import whole_name
from leanto.desk.team.times import DayOrder, Written, span

TIERS = {
    Shift.Tier.ON_DUTY: {"", "0", "on duty", "duty", "primary", "de guardia", "en servicio"},
    Shift.Tier.AVAILABLE: {"1", "available", "shows available", "disponible"},
    Shift.Tier.RESERVE: {"2", "reserve", "backup", "reserva"},
}
FURTHEST = timedelta(days=400)
LONGEST = timedelta(days=8)


def plan(
    rows: Sequence[Row],
    chosen: Sequence[str],
    *,
    agencies: Sequence[Agency],
    order: DayOrder,
    zone: ZoneInfo,
    now: datetime,
) -> Plan:
    """What would become of each line? A shift that stands already, or is over, changes nothing."""
    there = list(Peer.objects.standing(at=now).filter(agency__in=agencies))
    peers = list(Peer.objects.enrolled(at=now).filter(agency__in=agencies))
    lines: list[Line] = []
    acts: list[Act] = []
    taken = {one.pk: list(one.shifts.filter(until__gt=now)) for one in peers}
    for row in rows:
        try:
            wanted = _wanted(
                by_field(chosen, row.cells), peers, there, order=order, zone=zone, now=now
            )
            known = _known(wanted, taken[wanted.peer.pk], now=now)
        except Trouble as why:
            lines.append(Line(row.line, Mark.TROUBLE, str(why)))
            continue
        lines.append(Line(row.line, Mark.SAME if known else Mark.NEW, known or _told(wanted, zone)))
        if not known:
            taken[wanted.peer.pk].append(wanted)
            acts.append(partial(_add, wanted))
    return Plan.of(lines, acts)


def _wanted(
    cells: Mapping[str, str],
    peers: Sequence[Peer],
    there: Sequence[Peer],
    *,
    order: DayOrder,
    zone: ZoneInfo,
    now: datetime,
) -> Shift:
    written = Written(*(cells.get(name, "") for name in ("day", "start", "end_day", "end")))
    peer = _peer(whole_name(cells, "peer"), peers, there)
    start, until = span(written, order=order, zone=zone)
    if start > now + FURTHEST or until - start > LONGEST:
        raise Trouble(_("It is more than a year ahead, or longer than a week. Is the date right?"))
    return Shift(peer=peer, start=start, until=until, tier=_tier(cells.get("tier", "")))


def _peer(name: str, peers: Iterable[Peer], there: Iterable[Peer]) -> Peer:
    if not name:
        raise Trouble(_("There is no name."))
    found = [one for one in peers if plain(name) in {plain(one.name), plain(one.handle)}]
    shown = {"name": name[:LONGEST_CELL]}
    if len(found) > 1:
        raise Trouble(_("Two peers are called %(name)s. Write what members see.") % shown)
    if found:
        return found[0]
    if any(plain(one.name) == plain(name) for one in there):
        raise Trouble(
            _("%(name)s is not enrolled. Enrol them first, or take the line out.") % shown
        )
    raise Trouble(_("There is no peer “%(name)s” on the roster.") % shown)


def _tier(text: str) -> Shift.Tier:
    for tier, words in TIERS.items():
        if plain(text) in words:
            return tier
    raise Trouble(
        _("“%(text)s”: write on duty, available or reserve.") % {"text": text[:LONGEST_CELL]}
    )


def _known(wanted: Shift, taken: Iterable[Shift], *, now: datetime) -> str:
    """Why this line changes nothing; empty when it does. Raises Trouble for one that overlaps."""
    if wanted.until <= now:
        return _("This shift is over and is left out.")
    for other in taken:
        if _said(other) == _said(wanted):
            return _("This shift is on the rota already.")
        if other.start < wanted.until and wanted.start < other.until:
            raise Trouble(
                _("%(name)s has a shift at that time already, with other hours.")
                % {"name": wanted.peer.name}
            )
    return ""


def _said(shift: Shift) -> tuple[datetime, datetime, int]:
    return shift.start, shift.until, shift.tier


def _told(shift: Shift, zone: ZoneInfo) -> str:
    start, until = shift.start.astimezone(zone), shift.until.astimezone(zone)
    return _("%(name)s, %(start)s until %(until)s.") % {
        "name": shift.peer.name,
        "start": date_format(start, "SHORT_DATETIME_FORMAT"),
        "until": date_format(until, "SHORT_DATETIME_FORMAT"),
    }


def _add(wanted: Shift, by: Staff | None, now: datetime) -> None:
    add_shift(
        peer=wanted.peer,
        start=wanted.start,
        until=wanted.until,
        tier=wanted.tier,
        by=by,
        now=now,
    )
