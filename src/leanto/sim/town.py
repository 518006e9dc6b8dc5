"""Settles the made-up region in a new program, by the same acts that real people would do."""

import itertools
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from leanto.desk.enrolment import actions as enrolment
from leanto.desk.enrolment.queries import current
from leanto.desk.roster import actions as roster
from leanto.desk.roster.models import Agency, Peer, Unit
from leanto.desk.rota.actions import add_shift
from leanto.desk.rota.models import Shift
from leanto.rules.weeks import day_of, monday_of
from leanto.sim.pocket.peer import sign_hand_in
from leanto.sim.practice.memory import Memory
from leanto.sim.region import AGENCIES, PEERS, TIME_ZONE, Neighbor
from leanto.wire.members import Shared, SharedKind

ROTA_DAYS = 14
SHIFT_HOURS = 8
WEEKS_AHEAD = 4

type Signer = Callable[[str], str]
"""The key holder: takes a vouch request, gives the signed vouch."""


def settle(*, program_id: bytes, sign: Signer, now: datetime) -> Memory:
    """Add agencies, peers and two weeks of rota; give the secrets of the one who answers.

    The other peers' secrets are forgotten at once: they stand on the rota, but nobody answers for
    them.
    """
    agencies = _add_agencies(now)
    memories = {
        neighbor.handle: _enrol(neighbor, agencies, program_id=program_id, sign=sign, now=now)
        for neighbor in PEERS
    }
    _fill_rota(now)
    return memories[PEERS[-1].handle]


def _add_agencies(now: datetime) -> dict[str, Agency]:
    agencies = {}
    for code, (name, units) in AGENCIES.items():
        agency = roster.add_agency(code=code, name=name, by=None, now=now)
        for unit in units:
            roster.add_unit(agency=agency, name=unit, by=None, now=now)
        agencies[code] = agency
    return agencies


def _enrol(
    neighbor: Neighbor,
    agencies: dict[str, Agency],
    *,
    program_id: bytes,
    sign: Signer,
    now: datetime,
) -> Memory:
    agency = agencies[neighbor.agency]
    peer = roster.invite_peer(
        name=neighbor.name,
        agency=agency,
        unit=Unit.objects.get(agency=agency, name=neighbor.unit),
        chain_of_command="",
        reserve=True,
        by=None,
        now=now,
    )
    invitation = enrolment.invite(peer=peer, by=None, now=now)
    memory = _new_memory(program_id, today=day_of(now))
    body = sign_hand_in(
        identity=memory.identity,
        program_id=program_id,
        invitation=invitation,
        handle=neighbor.handle,
        weeks=memory.duty_weeks(),
        shared=_shared(neighbor),
    )
    enrolment.hand_in(body=body, today=day_of(now))
    enrolment.confirm_words(peer=peer, by=None, now=now)
    _vouch(peer, sign=sign, now=now)
    return memory


def _vouch(peer: Peer, *, sign: Signer, now: datetime) -> None:
    under_way = current(peer=peer)
    if under_way is None:
        raise LookupError(f"{peer} has no keys to vouch for")
    enrolment.store_vouch(text=sign(enrolment.vouch_request(enrolment=under_way)), by=None, now=now)


def _new_memory(program_id: bytes, *, today: int) -> Memory:
    monday = monday_of(today)
    return Memory(
        program_id=program_id,
        signing_seed=secrets.token_bytes(32),
        agreement_seed=secrets.token_bytes(32),
        weeks=[
            (monday + 7 * ahead, secrets.token_bytes(32), secrets.token_bytes(32))
            for ahead in range(WEEKS_AHEAD)
        ],
    )


def _shared(neighbor: Neighbor) -> list[Shared]:
    kinds = {
        "years": SharedKind.YEARS,
        "work": SharedKind.WORK,
        "been": SharedKind.BEEN_THROUGH,
        "language": SharedKind.LANGUAGE,
        "faith": SharedKind.FAITH,
        "veteran": SharedKind.VETERAN,
        "gender": SharedKind.GENDER,
        "region": SharedKind.REGION,
    }
    about = Shared(SharedKind.ABOUT, neighbor.about)
    return [about, *(Shared(kinds[kind], text) for kind, text in neighbor.shares)]


def _fill_rota(now: datetime) -> None:
    """Two neighbors on every shift, by turns, and the practice peer always."""
    *neighbors, practice = [Peer.objects.get(handle=one.handle) for one in PEERS]
    turns = itertools.cycle(neighbors)
    for day in range(ROTA_DAYS):
        _shift(practice, _at(now, day, 0), _at(now, day, 24), now=now)
        for hour in range(0, 24, SHIFT_HOURS):
            for _ in range(2):
                until = _at(now, day, hour + SHIFT_HOURS)
                _shift(next(turns), _at(now, day, hour), until, now=now)


def _at(now: datetime, day: int, hour: int) -> datetime:
    """This hour of the wall clock there, `day` days from today: right on the two odd nights too."""
    midnight = now.astimezone(ZoneInfo(TIME_ZONE)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    return (midnight + timedelta(days=day, hours=hour)).astimezone(UTC)


def _shift(peer: Peer, start: datetime, until: datetime, *, now: datetime) -> None:
    add_shift(peer=peer, start=start, until=until, tier=Shift.Tier.ON_DUTY, by=None, now=now)
