"""What stands in a bulletin today, read from the desk; `enrolment.queries` says who is listed."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from leanto.desk.admission.keys import issuer_spki
from leanto.desk.bulletin.models import PersonNumber, TestPerson
from leanto.desk.directory import queries as directory
from leanto.desk.enrolment.models import Enrolment
from leanto.desk.enrolment.queries import listed
from leanto.desk.opening.queries import opens_day, with_counsel
from leanto.desk.roster.labels import labels
from leanto.desk.roster.models import Agency, Peer
from leanto.desk.roster.queries import program_is_small
from leanto.desk.rota.people import people
from leanto.desk.site.clock import program_zone
from leanto.desk.site.configuration import configuration
from leanto.rules.conflicts import Kind
from leanto.rules.duty import hours
from leanto.rules.weeks import day_of, minute_of, monday_of, published_epochs
from leanto.wire.bundle import Bundle
from leanto.wire.duty import DutyPart, DutyPerson, DutyShift, Standing
from leanto.wire.members import (
    Label,
    LabelKind,
    Member,
    MembersPart,
    RotaEntry,
    Shared,
    SharedKind,
    Tier,
)
from leanto.wire.public import PublicPart, TokenKey
from leanto.wire.vouch import Vouch

type Hours = dict[Enrolment, tuple[DutyShift, ...]]

ROTA_AHEAD = timedelta(days=14)
WEEK_DAYS = 7
LABEL_KINDS = {
    Kind.AGENCY: LabelKind.AGENCY,
    Kind.UNIT: LabelKind.UNIT,
    Kind.CHAIN: LabelKind.CHAIN_OF_COMMAND,
    Kind.LEADS: LabelKind.LEADS_IN,
}
ALWAYS = (0, 2**32 - 1)


@dataclass(frozen=True)
class Content:
    """The three parts before anything is sealed or signed."""

    public: bytes
    members: bytes
    duty: bytes

    def hash(self, *, day: int, charter: bytes) -> str:
        """Equal for equal content on one day under one charter, so that nothing is published twice
        for nothing."""
        parts = (day.to_bytes(2), charter, self.public, self.members, self.duty)
        return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


def content(*, folder: Path, now: datetime) -> Content:
    """Everything that officers, peers and the mailroom are to know today.

    Raises NothingChosen while the program has not chosen its pack, lines or terms.
    """
    today = day_of(now)
    enrolments = listed(now=now)
    listed_hours = _hours(enrolments, now=now)
    return Content(
        public=_public(folder=folder, today=today).write(),
        members=_members(enrolments, listed_hours, today=today).write(),
        duty=_duty(enrolments, listed_hours, today=today).write(),
    )


def _public(*, folder: Path, today: int) -> PublicPart:
    terms = directory.terms()
    return PublicPart(
        program=_program(),
        pack=with_counsel(directory.pack()),
        helplines=tuple(directory.helplines()),
        token_keys=tuple(
            TokenKey(
                epoch.number, epoch.first_day, epoch.last_day, issuer_spki(folder, epoch.number)
            )
            for epoch in published_epochs(today=today)
        ),
        patience={
            "now": terms.patience_now_minutes,
            "today": terms.patience_today_minutes,
            "whenever": terms.patience_whenever_minutes,
        },
        card_place={"en": terms.card_place_en, "es": terms.card_place_es},
        opens_day=opens_day(),
    )


def _program() -> dict[str, Any]:
    agencies = [
        {
            "id": agency.code,
            "name": agency.name,
            "units": [unit.name for unit in agency.units.all()],
        }
        for agency in Agency.objects.prefetch_related("units")
    ]
    config = configuration()
    small = {"small": True} if program_is_small() else {}
    return {"name": config.name, "region": config.region, "agencies": agencies, **small}


def _members(enrolments: list[Enrolment], hours: Hours, *, today: int) -> MembersPart:
    rota = [
        RotaEntry(number, one.from_minute, one.until_minute, one.tier)
        for number, enrolment in enumerate(enrolments)
        for one in hours[enrolment]
    ]
    return MembersPart(
        members=tuple(_member(enrolment, today=today) for enrolment in enrolments),
        rota=tuple(rota),
    )


def _member(enrolment: Enrolment, *, today: int) -> Member:
    shown = [
        Bundle.read(bytes(bundle.body))
        for bundle in enrolment.bundles.all()
        if bundle.first_day == monday_of(today)
    ]
    return Member(
        vouch=Vouch.read(bytes(enrolment.vouch or b"")),
        bundles=tuple(shown),
        shared=_shared(enrolment),
        labels=tuple(Label(LABEL_KINDS[kind], text) for kind, text in labels(enrolment.peer)),
    )


def _shared(enrolment: Enrolment) -> tuple[Shared, ...]:
    """What the peer chose to share, and the rank, which the desk alone says."""
    chosen = [Shared(SharedKind(kind), text) for kind, text in enrolment.shared]
    rank = enrolment.peer.rank
    said = [Shared(SharedKind.RANK, rank)] if rank else []
    return (*(one for one in chosen if one.kind is not SharedKind.RANK), *said)


def _duty(enrolments: list[Enrolment], hours: Hours, *, today: int) -> DutyPart:
    this_week = monday_of(today)
    people = [
        DutyPerson(
            person=_number(enrolment.peer),
            standing=Standing.ORDINARY,
            duty_addresses=tuple(
                bytes(bundle.duty_address)
                for bundle in enrolment.bundles.all()
                if bundle.first_day in (this_week, this_week - WEEK_DAYS)
            ),
            shifts=hours[enrolment],
        )
        for enrolment in enrolments
    ]
    people += [_test_person(row) for row in TestPerson.objects.all()]
    # By their random numbers: an order by name or age would be a hint.
    return DutyPart(tuple(sorted(people, key=lambda person: person.person)))


def _test_person(row: TestPerson) -> DutyPerson:
    """In the duty part alone: no pocket ever hears of it, so nobody is sealed to a program."""
    return DutyPerson(
        person=bytes(row.number),
        standing=Standing.TEST,
        duty_addresses=(bytes(row.duty_address),),
        shifts=(DutyShift(Tier.ON_DUTY, *ALWAYS),),
    )


def _number(peer: Peer) -> bytes:
    row, _ = PersonNumber.objects.get_or_create(
        peer=peer, defaults={"number": secrets.token_bytes(8)}
    )
    return bytes(row.number)


def _hours(enrolments: list[Enrolment], *, now: datetime) -> Hours:
    """When each may be rung, and as what. The same for officers and for the mailroom."""
    # From midnight and not from now: a rota that shrinks by the minute would be new each minute.
    start = datetime.combine(now.astimezone(UTC).date(), datetime.min.time(), UTC)
    until = start + ROTA_AHEAD
    return {
        enrolment: tuple(
            DutyShift(Tier(one.tier), minute_of(one.start), minute_of(one.until))
            for one in hours(person=person, start=start, until=until, zone=program_zone())
        )
        for enrolment, person in people(enrolments, start=start, until=until).items()
    }
