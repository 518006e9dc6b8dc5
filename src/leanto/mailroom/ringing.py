"""Ringing phones: what is due is looked at, `rules/escalation` decides, open lines ring.

A look is one transaction that first claims its request by a conditional update, so that several
processes may look. Frames leave after the commit; whoever missed one is told at the next `listen`.
"""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from leanto.mailroom.room import Room
from leanto.mailroom.store.sqlite import Connection
from leanto.rules import escalation
from leanto.rules.escalation import CandidateState, RequestState, Tier
from leanto.wire.duty import DutyPerson
from leanto.wire.listening import Hush, HushReason, RequestFrame, Ring
from leanto.wire.requests import RequestState as FrameState
from leanto.wire.requests import Urgency

LOOK_EVERY_SECONDS = 1
# No unanswered request waits longer for its next look; if one does, the clock was set back.
NEVER_LATER_SECONDS = 120
LONG_AGO_SECONDS = 0
# A backstop is needed at its own time, also where the same person is in reserve.
MOST_WANTED_FIRST = (Tier.ON_DUTY, Tier.AVAILABLE, Tier.BACKSTOP, Tier.RESERVE)

type Duty = Mapping[bytes, DutyPerson]
type Frames = list[tuple[bytes, bytes]]
"""Address and frame, to be pushed after the commit."""


async def ring_due(room: Room) -> None:
    """Looks at every request that is due, and rings."""
    now = room.now_seconds()
    due = await room.store.read(lambda connection: _due(connection, now))
    look = partial(_look, room=room)
    looks = (room.store.write(partial(look, request_id=one)) for one in due)
    for frames in await asyncio.gather(*looks):
        push_all(room, frames)


async def wait_for_due(due_now: asyncio.Event) -> None:
    """Returns when something changed, at latest after a second: nothing then rests on a timer."""
    with suppress(TimeoutError):
        async with asyncio.timeout(LOOK_EVERY_SECONDS):
            await due_now.wait()
    due_now.clear()


def push_all(room: Room, frames: Frames) -> None:
    for address, frame in frames:
        room.lines.push(address, frame)


def all_due(connection: Connection, now: int) -> None:
    """A new bulletin: every open request is looked at now."""
    connection.execute("UPDATE request SET next_action_at = ?", (now,))


def due_for(connection: Connection, addresses: Iterable[bytes], now: int) -> None:
    """A phone began or ceased to listen: what could ring it is looked at now."""
    connection.executemany(
        """UPDATE request SET next_action_at = ? WHERE id IN
           (SELECT request_id FROM sealed_request WHERE duty_address = ?)""",
        [(now, address) for address in addresses],
    )


def still_ringing(connection: Connection, addresses: Iterable[bytes], now: int) -> Frames:
    """What a phone that listens is told: who rings it, and how its own request stands."""
    frames: Frames = []
    since = now - escalation.RINGS_FOR_SECONDS
    for address in addresses:
        rung = connection.execute(
            """SELECT request.id, urgency FROM sealed_request JOIN request ON id = request_id
               WHERE duty_address = ? AND sealed_request.state = ? AND changed_at > ?
               AND request.state IN (?, ?)""",
            (
                address,
                CandidateState.RINGING,
                since,
                RequestState.RINGING,
                RequestState.NOBODY_LEFT,
            ),
        )
        frames += [_ring(address, *row) for row in rung.fetchall()]
        own = connection.execute("SELECT state FROM request WHERE reply_address = ?", (address,))
        frames += [_state(address, state) for (state,) in own.fetchall()]
    return frames


def end_request(connection: Connection, reply_address: bytes) -> Frames:
    """Deletes the request this mailbox rules, with every sealed request; the phones fall silent."""
    row = connection.execute(
        "DELETE FROM request WHERE reply_address = ? RETURNING id, state", (reply_address,)
    ).fetchone()
    if row is None:
        return []
    rung = connection.execute(
        "DELETE FROM sealed_request WHERE request_id = ? RETURNING duty_address, state", (row[0],)
    ).fetchall()
    busy = {CandidateState.RINGING, CandidateState.CLAIMED}
    return [_hush(address, row[0], HushReason.ENDED) for address, state in rung if state in busy]


@dataclass(frozen=True, slots=True)
class _Sealed:
    """One row of sealed_request, without its body."""

    address: bytes
    slot: int
    state: CandidateState
    changed_at: int


def _due(connection: Connection, now: int) -> list[bytes]:
    found = connection.execute(
        "SELECT id FROM request WHERE next_action_at <= ? OR (next_action_at > ? AND state <> ?)",
        (now, now + NEVER_LATER_SECONDS, RequestState.ANSWERED),
    )
    return [row[0] for row in found.fetchall()]


def _look(connection: Connection, *, request_id: bytes, room: Room) -> Frames:
    # As they are when it is written, not when it was asked for: a line that opened meanwhile, or a
    # new bulletin, has made the request due for the last time for perhaps a minute. And a claim of
    # the second in between would seem to come from a time to come, and be given up.
    duty, heard, now = room.board.duty(), room.lines.heard(), room.now_seconds()
    request = connection.execute(
        """UPDATE request SET next_action_at = ?
           WHERE id = ? AND (next_action_at <= ? OR (next_action_at > ? AND state <> ?))
           RETURNING reply_address, state, urgency, wish""",
        (now + 1, request_id, now, now + NEVER_LATER_SECONDS, RequestState.ANSWERED),
    ).fetchone()
    if request is None:  # ended, or another process looked first
        return []
    reply_address, state, urgency, wish = request
    sealed = _sealed(connection, request_id)
    decision = escalation.decide(
        candidates=[_candidate(one, duty, heard, now) for one in sealed if one.address in duty],
        request=escalation.RequestView(state=RequestState(state), wish=escalation.Wish(wish)),
        now_seconds=now,
    )
    ringing = [one.address for one in sealed if one.state is CandidateState.RINGING]
    silenced = _silence(connection, request_id, ringing, duty, RequestState(state))
    new_state = _apply(connection, request_id, RequestState(state), decision, now)
    rings = [_ring(address, request_id, urgency) for address in decision.ring]
    return [*silenced, *rings, _state(reply_address, new_state)]


def _sealed(connection: Connection, request_id: bytes) -> list[_Sealed]:
    found = connection.execute(
        "SELECT duty_address, slot, state, changed_at FROM sealed_request WHERE request_id = ?",
        (request_id,),
    )
    return [_Sealed(row[0], row[1], CandidateState(row[2]), row[3]) for row in found.fetchall()]


def _candidate(one: _Sealed, duty: Duty, heard: frozenset[bytes], now: int) -> escalation.Candidate:
    return escalation.Candidate(
        address=one.address,
        tier=tier_at(duty[one.address], now),
        state=one.state,
        # A time that is still to come: the clock was set back. Better ring again than wait for it.
        changed_at_seconds=one.changed_at if one.changed_at <= now else LONG_AGO_SECONDS,
        order=one.slot,
        reachable=one.address in heard,
    )


def tier_at(person: DutyPerson, now_seconds: int) -> Tier:
    """What counts among the hours that run now; outside all of them, off duty."""
    minute = now_seconds // 60
    now = {Tier(one.tier) for one in person.shifts if one.from_minute <= minute < one.until_minute}
    return next((tier for tier in MOST_WANTED_FIRST if tier in now), Tier.OFF_DUTY)


def _silence(
    connection: Connection, request_id: bytes, ringing: list[bytes], duty: Duty, state: RequestState
) -> Frames:
    """Phones that ring for nothing: it was answered, or they are no longer listed."""
    frames = []
    for address in ringing:
        answered = state is RequestState.ANSWERED
        if not answered and address in duty:
            continue
        reason = HushReason.ANSWERED if answered else HushReason.NO_LONGER_LISTED
        frames.append(_hush(address, request_id, reason))
        connection.execute(
            "UPDATE sealed_request SET state = ? WHERE request_id = ? AND duty_address = ?",
            (CandidateState.WAITING, request_id, address),
        )
    return frames


def _apply(
    connection: Connection,
    request_id: bytes,
    state: RequestState,
    decision: escalation.Decision,
    now: int,
) -> RequestState:
    if decision.release_claim:
        leave_claimer_out(connection, request_id, now)
        state = RequestState.RINGING
    if state in {RequestState.RINGING, RequestState.NOBODY_LEFT}:
        state = RequestState.NOBODY_LEFT if decision.nobody_left else RequestState.RINGING
    connection.executemany(
        """UPDATE sealed_request SET state = ?, changed_at = ?
           WHERE request_id = ? AND duty_address = ?""",
        [(CandidateState.RINGING, now, request_id, address) for address in decision.ring],
    )
    connection.execute(
        "UPDATE request SET state = ?, next_action_at = ? WHERE id = ?",
        (state, decision.next_action_at_seconds, request_id),
    )
    return state


def leave_claimer_out(connection: Connection, request_id: bytes, now: int) -> None:
    """Nobody holds the request any more; whoever did is not rung before all others."""
    connection.execute("UPDATE request SET claimer = NULL WHERE id = ?", (request_id,))
    connection.execute(
        "UPDATE sealed_request SET state = ?, changed_at = ? WHERE request_id = ? AND state = ?",
        (CandidateState.LEFT_OUT, now, request_id, CandidateState.CLAIMED),
    )


def _ring(address: bytes, request_id: bytes, urgency: int) -> tuple[bytes, bytes]:
    return address, Ring(address, request_id, Urgency(urgency)).write()


def _hush(address: bytes, request_id: bytes, reason: HushReason) -> tuple[bytes, bytes]:
    return address, Hush(address, request_id, reason).write()


def _state(reply_address: bytes, state: int) -> tuple[bytes, bytes]:
    return reply_address, RequestFrame(reply_address, FrameState(state)).write()
