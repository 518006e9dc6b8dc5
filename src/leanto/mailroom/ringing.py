"""Ringing phones: what is due is looked at, `rules/escalation` decides, open lines ring.

A look is one transaction that first claims its request by a conditional update, so that several
processes may look. Frames leave after the commit; whoever missed one is told at the next `listen`.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from functools import partial

from leanto.mailroom.candidates import Sealed, candidates_among, sealed_for
from leanto.mailroom.ending import leave_claimer_out, silence
from leanto.mailroom.frames import Frames, push_all, ring_frame, state_frame
from leanto.mailroom.gauge import LEARNING_TIERS, note_ring, tiers_of
from leanto.mailroom.moment import Moment
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection
from leanto.rules import escalation
from leanto.rules.escalation import CandidateState, PlannedRing, RequestState, RequestView, Wish
from leanto.rules.gauge import enough_learned
from leanto.wire.plan import plan_in
from leanto.wire.requests import SLOTS

LOOK_EVERY_SECONDS = 1
# No unanswered request waits longer for its next look; if one does, the clock was set back.
NEVER_LATER_SECONDS = 120


async def ring_due(room: Room) -> None:
    """Looks at every request that is due, and rings."""
    now = room.now_seconds()
    ids = await room.store.read(lambda connection: _due(connection, now))
    look = partial(_look, room=room)
    looks = (room.store.write(partial(look, request_id=one)) for one in ids)
    for frames in await asyncio.gather(*looks):
        push_all(room, frames)


async def wait_for_due(due_now: asyncio.Event) -> None:
    """Returns when something changed, at latest after a second: nothing then rests on a timer."""
    with suppress(TimeoutError):
        async with asyncio.timeout(LOOK_EVERY_SECONDS):
            await due_now.wait()
    due_now.clear()


def all_due(connection: Connection, now: int) -> None:
    """A new bulletin: every open request is looked at now."""
    connection.execute("UPDATE request SET next_action_at = ?", (now,))


def due(connection: Connection, ids: Iterable[bytes], now: int) -> None:
    """These requests are looked at now."""
    connection.executemany(
        "UPDATE request SET next_action_at = ? WHERE id = ?", [(now, one) for one in ids]
    )


def due_for(connection: Connection, addresses: Iterable[bytes], now: int) -> None:
    """A phone began or ceased to listen: what could ring it is looked at now."""
    connection.executemany(
        """UPDATE request SET next_action_at = ? WHERE id IN
           (SELECT request_id FROM sealed_request WHERE duty_address = ?)""",
        [(now, address) for address in addresses],
    )


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
    moment = room.moment()
    reached = room.lines.heard() | (
        room.waker.reaches(connection, moment) if room.waker else frozenset()
    )
    now = moment.now
    request = connection.execute(
        """UPDATE request SET next_action_at = ?
           WHERE id = ? AND (next_action_at <= ? OR (next_action_at > ? AND state <> ?))
           RETURNING reply_address, state, urgency, wish, urgent, plan""",
        (now + 1, request_id, now, now + NEVER_LATER_SECONDS, RequestState.ANSWERED),
    ).fetchone()
    if request is None:  # ended, or another process looked first
        return []
    reply_address, state, urgency, *wishes = request
    sealed = sealed_for(connection, request_id)
    silenced = silence(connection, moment, request_id, sealed, RequestState(state))
    tiers = tiers_of(connection, moment.part)
    learned = enough_learned(tiers=[tiers[tier] for tier in LEARNING_TIERS])
    decision = escalation.decide(
        candidates=candidates_among(connection, moment, request_id, sealed, reached, tiers),
        request=_view(moment, state, *wishes, adaptive=room.adaptive and learned),
        now_seconds=now,
    )
    room.looked[request_id] = decision.next_action_at_seconds
    new_state = _apply(connection, moment, request_id, RequestState(state), sealed, decision)
    rings = [ring_frame(address, request_id, urgency) for address in decision.ring]
    return [*silenced, *rings, state_frame(reply_address, new_state)]


def _view(
    moment: Moment, state: int, wish: int, urgent: int, plan: bytes, *, adaptive: bool
) -> RequestView:
    return RequestView(
        state=RequestState(state),
        wish=Wish(wish),
        urgent=bool(urgent),
        adaptive=adaptive,
        night=moment.night,
        plan=tuple(PlannedRing(one.slot, one.offset_seconds) for one in plan_in(plan, slots=SLOTS)),
    )


def _apply(
    connection: Connection,
    moment: Moment,
    request_id: bytes,
    state: RequestState,
    sealed: list[Sealed],
    decision: escalation.Decision,
) -> RequestState:
    if decision.release_claim:
        leave_claimer_out(connection, request_id, moment.now)
        state = RequestState.RINGING
    if state in {RequestState.RINGING, RequestState.NOBODY_LEFT}:
        state = RequestState.NOBODY_LEFT if decision.nobody_left else RequestState.RINGING
    connection.executemany(
        """UPDATE sealed_request SET state = ?, changed_at = ?
           WHERE request_id = ? AND duty_address = ?""",
        [(CandidateState.RINGING, moment.now, request_id, address) for address in decision.ring],
    )
    connection.execute(
        "UPDATE request SET state = ?, next_action_at = ? WHERE id = ?",
        (state, decision.next_action_at_seconds, request_id),
    )
    for one in sealed:
        if one.state is CandidateState.WAITING and one.address in decision.ring:
            note_ring(connection, moment, one.address)
    return state
