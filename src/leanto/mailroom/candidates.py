"""Who could be rung for one open request, as the rule of ringing wants to know it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from leanto.mailroom.gauge import NOBODY_KNOWN, Known, known_of
from leanto.mailroom.moment import Moment, tier_at
from leanto.mailroom.store.acts import Connection
from leanto.rules.candidates import Candidate, CandidateState, Tier
from leanto.rules.gauge import Gauge, estimate
from leanto.rules.phones import ready, rings
from leanto.rules.rest import tier_after_nights

# A claim that its officer never closed keeps nobody from the next one for longer.
BUSY_FOR_SECONDS = 1800


@dataclass(frozen=True, slots=True)
class Sealed:
    """One row of sealed_request, without its body."""

    address: bytes
    slot: int
    state: CandidateState
    changed_at: int


def sealed_for(connection: Connection, request_id: bytes) -> list[Sealed]:
    """Every copy of a request, also those of peers who are no longer listed."""
    found = connection.execute(
        "SELECT duty_address, slot, state, changed_at FROM sealed_request WHERE request_id = ?",
        (request_id,),
    )
    return [Sealed(row[0], row[1], CandidateState(row[2]), row[3]) for row in found.fetchall()]


def candidates_among(
    connection: Connection,
    moment: Moment,
    request_id: bytes,
    sealed: Sequence[Sealed],
    reached: frozenset[bytes],
    tiers: dict[Tier, Gauge],
) -> list[Candidate]:
    """Those who are listed. Whoever rests cannot be reached, nor whoever holds another request
    while somebody free rings or can: better a second call for a busy peer than none for an officer.
    A phone that is awake and has no shift, or has just passed, is nobody to wait for."""
    listed = [one for one in sealed if one.address in moment.duty]
    whose = {one.address: moment.duty[one.address].person for one in listed}
    known = known_of(connection, moment, set(whose.values()))
    busy = _busy(connection, moment, request_id, listed)
    awake = {
        one.address
        for one in listed
        if one.address in reached and not known.get(whose[one.address], NOBODY_KNOWN).rests
    }
    free = {address for address in awake if whose[address] not in busy}
    found = [
        _candidate(
            one,
            known=known.get(whose[one.address], NOBODY_KNOWN),
            tier=tier_at(moment.duty[one.address], moment.now),
            reachable=one.address in free,
            tiers=tiers,
        )
        for one in listed
    ]
    if any(one.reachable and _rings_or_can(one, moment.now) for one in found):
        return found
    return [replace(one, reachable=one.address in awake) for one in found]


def _rings_or_can(one: Candidate, now_seconds: int) -> bool:
    return rings(one, now_seconds=now_seconds) or bool(ready([one], now_seconds=now_seconds))


def _candidate(
    one: Sealed, *, known: Known, tier: Tier, reachable: bool, tiers: dict[Tier, Gauge]
) -> Candidate:
    of_tier = tiers.get(tier)
    return Candidate(
        address=one.address,
        tier=tier_after_nights(
            tier=tier, night_rings_this_week=known.night_rings, keeps_place=known.keeps_place
        ),
        state=one.state,
        changed_at_seconds=one.changed_at,
        order=one.slot,
        reachable=reachable,
        accepts=estimate(person=known.gauge, tier=of_tier) if of_tier else None,
        alarms=known.alarms,
    )


def _busy(
    connection: Connection, moment: Moment, request_id: bytes, listed: Sequence[Sealed]
) -> set[bytes]:
    """The people who hold a claim on another request, or answered one that is still open."""
    addresses = {address for one in listed for address in moment.duty[one.address].duty_addresses}
    marks = ", ".join("?" * len(addresses))
    found = connection.execute(
        f"""SELECT claimer FROM request JOIN sealed_request
            ON request_id = id AND duty_address = claimer
            WHERE claimer IN ({marks}) AND id <> ? AND changed_at > ?""",  # noqa: S608 - marks alone
        (*addresses, request_id, moment.now - BUSY_FOR_SECONDS),
    )
    return {moment.duty[row[0]].person for row in found.fetchall()}
