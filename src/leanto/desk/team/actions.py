"""Bringing a whole file in: all of it, or nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.people.models import Staff
from leanto.desk.roster.models import Agency
from leanto.desk.roster.remits import agencies_of
from leanto.desk.site.clock import program_zone
from leanto.desk.team import roster, rota
from leanto.desk.team.columns import Kind
from leanto.desk.team.plans import Plan
from leanto.desk.team.reading import Table
from leanto.desk.team.times import DayOrder

ACTS = {Kind.TEAM: Act.BROUGHT_TEAM, Kind.ROTA: Act.BROUGHT_ROTA}


@dataclass(frozen=True, kw_only=True)
class Bringing:
    """A file that was read, with what each of its columns holds."""

    kind: Kind
    table: Table
    chosen: tuple[str, ...]
    order: DayOrder = DayOrder.ISO


class NotBrought(Exception):
    """Some lines must be mended first; nothing was changed. `plan` has a sentence for each."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


def plan(bringing: Bringing, *, by: Staff | None, now: datetime) -> Plan:
    """What would this file change, for the agencies `by` looks after? Nothing is changed yet."""
    rows, chosen = bringing.table.rows, bringing.chosen
    agencies = list(Agency.objects.all() if by is None else agencies_of(by))
    if bringing.kind is Kind.TEAM:
        return roster.plan(rows, chosen, agencies=agencies)
    zone = program_zone()
    return rota.plan(rows, chosen, agencies=agencies, order=bringing.order, zone=zone, now=now)


@transaction.atomic
def bring_in(bringing: Bringing, *, by: Staff | None, now: datetime) -> Plan:
    """Do what the plan says, in one transaction; the same file again changes nothing.

    Raises NotBrought, and then nothing of it was done.
    """
    found = plan(bringing, by=by, now=now)
    if found.troubles:
        raise NotBrought(found)
    for act in found.acts:
        act(by, now)
    if found.acts:
        record(act=ACTS[bringing.kind], on=str(len(found.acts)), by=by, now=now)
    return found
