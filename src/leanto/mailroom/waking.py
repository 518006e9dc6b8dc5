"""Waking: a ring that nobody heard takes the next way to its peer. spec/notifier.md.

What is due is reckoned from the rows of the rings themselves. There is no row "sending": `woken`
says what the notifier has taken, and a crash before that leads to another try.
"""

import asyncio
from collections.abc import Collection, Coroutine, Iterable
from contextlib import suppress
from dataclasses import dataclass
from secrets import SystemRandom

from leanto.doorway.calling import NotReached
from leanto.mailroom.gauge import NOBODY_KNOWN, known_of
from leanto.mailroom.moment import Moment
from leanto.mailroom.notified import Notifier
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection
from leanto.rules.candidates import CandidateState, RequestState
from leanto.rules.phones import RINGS_FOR_SECONDS
from leanto.rules.waking import places_due

AGAIN_AFTER_SECONDS = 5
GONE_FOR_SECONDS = 900
KEPT_EVERY_SECONDS = 12 * 3600
KEPT_AGAIN_AFTER_SECONDS = 60
OVER = "ring_id NOT IN (SELECT request_id FROM sealed_request)"


@dataclass(frozen=True, slots=True)
class Due:
    """One ring that is to take further ways: of `endpoint_ids` the first `taken` were woken."""

    ring_id: bytes
    address: bytes
    began_at: int
    taken: int
    places: int
    endpoint_ids: tuple[bytes, ...]


class Waker:
    """Says it to the notifier, one ring beside the other; a notifier that hangs holds up none."""

    def __init__(self, notifier: Notifier) -> None:
        self.notifier = notifier
        self._under_way: set[tuple[bytes, bytes]] = set()
        self._again_at: dict[tuple[bytes, bytes], int] = {}
        self._gone_at: dict[bytes, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def wake_due(self, room: Room) -> None:
        """Starts whatever is due now; nothing is waited for."""
        moment, heard = room.moment(), room.lines.heard()
        due = await room.store.read(lambda connection: _due(connection, moment, heard))
        for gone in self._again_at.keys() - {(one.ring_id, one.address) for one in due}:
            del self._again_at[gone]
        for one in due:
            key = (one.ring_id, one.address)
            waits = moment.now < self._again_at.get(key, 0) <= moment.now + AGAIN_AFTER_SECONDS
            if key not in self._under_way and not waits:
                self._start(room, one)
        if await room.store.read(_is_over):
            await room.store.write(_forget_what_is_over)

    def reaches(self, connection: Connection, moment: Moment) -> frozenset[bytes]:
        """Who can be woken, without those all of whose endpoints were gone a short while ago."""
        return frozenset(
            one for one in wakeable(connection, moment) if not self._is_gone(one, moment.now)
        )

    async def keep_all(self, room: Room) -> int:
        """Tells the notifier which endpoints still count; gives after how many seconds again."""
        ids = await room.store.read(_all_endpoints)
        SystemRandom().shuffle(ids)
        try:
            for endpoint_id in ids:
                await self.notifier.keep(endpoint_id)
        except NotReached:
            return KEPT_AGAIN_AFTER_SECONDS
        return KEPT_EVERY_SECONDS

    def keep_soon(self, addresses: Iterable[bytes], endpoint_ids: Iterable[bytes]) -> None:
        """A peer has just named them. If the notifier does not hear it now, `keep_all` says it."""
        for address in addresses:
            self._gone_at.pop(address, None)
        for endpoint_id in endpoint_ids:
            self._begin(self._keep(endpoint_id))

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, room: Room, due: Due) -> None:
        key = (due.ring_id, due.address)
        self._under_way.add(key)
        self._begin(self._wake(room, due)).add_done_callback(lambda _: self._under_way.discard(key))

    def _begin(self, doing: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _keep(self, endpoint_id: bytes) -> None:
        with suppress(NotReached):
            await self.notifier.keep(endpoint_id)

    async def _wake(self, room: Room, due: Due) -> None:
        place, places, reached = due.taken, due.places, due.taken > 0
        try:
            while place < min(places, len(due.endpoint_ids)):
                if await self.notifier.wake(due.endpoint_ids[place]):
                    reached = True
                else:
                    places += 1  # nobody is reached so: the next has its turn at once
                place += 1
        except NotReached:
            self._again_at[due.ring_id, due.address] = room.now_seconds() + AGAIN_AFTER_SECONDS
        if place > due.taken:
            ring = (due.ring_id, due.address, due.began_at)
            await room.store.write(lambda one: _note(one, ring, heard=0, taken=place))
        if not reached and place == len(due.endpoint_ids):
            await self._is_not_reached(room, due)

    async def _is_not_reached(self, room: Room, due: Due) -> None:
        """A phone that no way leads to does not ring: others do, or the officer is told."""
        now = room.now_seconds()
        self._gone_at = {one: at for one, at in self._gone_at.items() if self._is_gone(one, now)}
        self._gone_at[due.address] = now
        await room.store.write(lambda one: _look_again(one, due.ring_id, now))
        room.due_now()

    def _is_gone(self, address: bytes, now: int) -> bool:
        since = self._gone_at.get(address)
        return since is not None and since <= now < since + GONE_FOR_SECONDS


def set_endpoints(connection: Connection, person: bytes, endpoint_ids: Iterable[bytes]) -> None:
    """By what a peer is woken, in order; what was there before is gone."""
    connection.execute("DELETE FROM wakes WHERE person = ?", (person,))
    connection.executemany(
        "INSERT INTO wakes VALUES (?, ?, ?)",
        [(person, place, one) for place, one in enumerate(endpoint_ids)],
    )


def endpoints_of(connection: Connection, person: bytes) -> tuple[bytes, ...]:
    asked = "SELECT endpoint_id FROM wakes WHERE person = ? ORDER BY place"
    return tuple(row[0] for row in connection.execute(asked, (person,)))


def wakeable(connection: Connection, moment: Moment) -> frozenset[bytes]:
    """The duty addresses of everybody who can be woken."""
    people = {row[0] for row in connection.execute("SELECT DISTINCT person FROM wakes")}
    return frozenset(address for address, one in moment.duty.items() if one.person in people)


def forget_wakes(connection: Connection, people: Collection[bytes]) -> None:
    """Of all but these: who is a peer no more is woken no more."""
    marks = ", ".join("?" * len(people))
    gone = f"DELETE FROM wakes WHERE person NOT IN ({marks})"  # noqa: S608 - nothing but marks
    connection.execute(gone, tuple(people))


def note_heard(connection: Connection, moment: Moment, address: bytes, ring_id: bytes) -> None:
    """A sign of life: this ring takes no further way. Nothing is written for what does not ring."""
    for ring_of, rung, began_at in _ringing(connection, moment):
        if (ring_of, rung) == (ring_id, address):
            _note(connection, (ring_id, address, began_at), heard=1, taken=0)


def _due(connection: Connection, moment: Moment, heard: frozenset[bytes]) -> list[Due]:
    found = []
    for ring_id, address, began_at in _ringing(connection, moment):
        endpoint_ids = endpoints_of(connection, moment.duty[address].person)
        was_heard, taken = _noted(connection, ring_id, address, began_at)
        places = places_due(rung_for_seconds=moment.now - began_at, line_open=address in heard)
        if not was_heard and taken < min(places, len(endpoint_ids)):
            found.append(Due(ring_id, address, began_at, taken, places, endpoint_ids))
    return found


def _ringing(connection: Connection, moment: Moment) -> list[tuple[bytes, bytes, int]]:
    """Ring, duty address and when it began, of whoever is listed and rung for an open request.

    Not of whoever has begun to rest since: no further way disturbs them.
    """
    found = connection.execute(
        """SELECT request_id, duty_address, changed_at FROM sealed_request
           JOIN request ON id = request_id WHERE sealed_request.state = ? AND changed_at > ?
           AND request.state IN (?, ?)""",
        (
            CandidateState.RINGING,
            moment.now - RINGS_FOR_SECONDS,
            RequestState.RINGING,
            RequestState.NOBODY_LEFT,
        ),
    )
    return [
        (ring_id, address, began_at)
        for ring_id, address, began_at in found.fetchall()
        if address in moment.duty and not _rests(connection, moment, address)
    ]


def _rests(connection: Connection, moment: Moment, address: bytes) -> bool:
    person = moment.duty[address].person
    return known_of(connection, moment, [person]).get(person, NOBODY_KNOWN).rests


def _noted(
    connection: Connection, ring_id: bytes, address: bytes, began_at: int
) -> tuple[bool, int]:
    """Was this ring heard, and how many ways has it taken? Of an earlier one nothing counts."""
    row = connection.execute(
        "SELECT heard, taken FROM woken WHERE ring_id = ? AND address = ? AND began_at = ?",
        (ring_id, address, began_at),
    ).fetchone()
    return (bool(row[0]), row[1]) if row else (False, 0)


def _note(
    connection: Connection, ring: tuple[bytes, bytes, int], *, heard: int, taken: int
) -> None:
    """What is known of this ring only ever grows, in whatever order it comes."""
    was_heard, had_taken = _noted(connection, *ring)
    connection.execute(
        """INSERT INTO woken VALUES (?, ?, ?, ?, ?) ON CONFLICT (ring_id, address) DO UPDATE
           SET began_at = excluded.began_at, heard = excluded.heard, taken = excluded.taken""",
        (*ring, max(heard, was_heard), max(taken, had_taken)),
    )


def _is_over(connection: Connection) -> bool:
    return connection.execute(f"SELECT 1 FROM woken WHERE {OVER} LIMIT 1").fetchone() is not None  # noqa: S608 - nothing of a request


def _forget_what_is_over(connection: Connection) -> None:
    """A request that ended leaves nothing here, as it leaves nothing anywhere."""
    connection.execute(f"DELETE FROM woken WHERE {OVER}")  # noqa: S608 - as above


def _look_again(connection: Connection, request_id: bytes, now: int) -> None:
    connection.execute("UPDATE request SET next_action_at = ? WHERE id = ?", (now, request_id))


def _all_endpoints(connection: Connection) -> list[bytes]:
    return [row[0] for row in connection.execute("SELECT endpoint_id FROM wakes")]
