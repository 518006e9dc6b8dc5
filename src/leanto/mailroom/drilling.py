"""Drills: a ring that nobody asked for, to whoever agreed to it. spec/drills.md.

They touch no request, and no request touches them: only a drill that ended changes the cells that
`answertimes.py` tells everybody of. Whom a request rings is not drilled, and a drill that a request
comes into is counted for nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from leanto.mailroom.answertimes import count_drill
from leanto.mailroom.frames import Frames, push_all
from leanto.mailroom.gauge import NOBODY_KNOWN, known_of
from leanto.mailroom.moment import Duty, Moment, tier_at
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection
from leanto.mailroom.waking import wakeable
from leanto.rules.candidates import CandidateState, Tier
from leanto.rules.drills import LASTS_SECONDS, Chance, DrillKind, drill_is_due
from leanto.rules.gauge import PartOfDay, part_of_day
from leanto.rules.phones import RINGS_FOR_SECONDS
from leanto.wire.drills import DRILL_ID_SIZE, Drill
from leanto.wire.duty import DutyPerson
from leanto.wire.wakes import Drills

LOOK_EVERY_SECONDS = 1
DRILL_SEED_SIZE = 32


@dataclass(frozen=True, slots=True)
class Drilling:
    """One row: who is drilled since when. `done`: answered, or a request came into it."""

    person: bytes
    id: bytes
    at: int
    done: bool


def set_consent(connection: Connection, *, person: bytes, drills: Drills) -> None:
    """A peer says when they may be rung for practice; the newest word counts."""
    connection.execute(
        """INSERT INTO drill_consent VALUES (?, ?)
           ON CONFLICT (person) DO UPDATE SET drills = excluded.drills""",
        (person, drills),
    )


def forget_drilled(connection: Connection, people: Collection[bytes]) -> None:
    """Who is a peer no more leaves no word and no mark behind."""
    marks = ", ".join("?" * len(people))
    for table in ("drill_consent", "drilled"):
        connection.execute(
            f"DELETE FROM {table} WHERE person NOT IN ({marks})",  # noqa: S608 - names and marks
            tuple(people),
        )


async def drill_due(room: Room, seed: bytes) -> None:
    """Ends what has lasted its quarter of an hour, and begins the drills of this minute.

    `seed`: 32 random bytes that live as long as this process; from them every moment follows.
    """
    if not await room.store.read(lambda connection: _something_to_do(connection, room, seed)):
        return  # as nearly always: then nothing is written
    push_all(room, await room.store.write(lambda connection: _look(connection, room, seed)))


def still_drilling(connection: Connection, duty: Duty, addresses: Iterable[bytes]) -> Frames:
    """What a phone that listens is told again, as long as its drill lasts."""
    listed = [address for address in addresses if address in duty]
    drills = {one.person: one for one in going_on(connection)}
    return [
        _frame(address, drills[person])
        for address in listed
        if (person := duty[address].person) in drills
    ]


def going_on(connection: Connection) -> list[Drilling]:
    """The drills that nobody has answered yet."""
    return [one for one in _all(connection) if not one.done]


def somebody_is_there(
    connection: Connection, room: Room, *, address: bytes, drill_id: bytes
) -> None:
    """A drill was answered: counted once, into the part of day in which it rang."""
    moment = room.moment()
    person = moment.duty.get(address)
    for drill in _all(connection):
        if person is None or drill.done or (drill.id, drill.person) != (drill_id, person.person):
            continue
        _end(connection, drill)
        if drill.at <= moment.now and not _is_rung(connection, moment, person):
            count_drill(connection, _part_at(room, drill.at), drill.person, moment.now - drill.at)


def chance_of(person: bytes, seed: bytes) -> Chance:
    """One person's numbers of chance, which nobody knows beforehand who has not the seed."""

    def chance(kind: DrillKind, period: int) -> float:
        about = seed + person + bytes([kind]) + period.to_bytes(8)
        return int.from_bytes(sha256(about).digest()[:6]) / 2**48

    return chance


def _all(connection: Connection) -> list[Drilling]:
    found = connection.execute("SELECT person, id, at, done FROM drill")
    return [Drilling(row[0], row[1], row[2], bool(row[3])) for row in found.fetchall()]


def _something_to_do(connection: Connection, room: Room, seed: bytes) -> bool:
    moment = room.moment()
    drills = _all(connection)
    over = any(_is_spoiled(connection, moment, one) or _is_over(moment, one) for one in drills)
    return over or bool(_due(connection, room, moment, seed, drills))


def _look(connection: Connection, room: Room, seed: bytes) -> Frames:
    moment = room.moment()
    for drill in _all(connection):
        if _is_spoiled(connection, moment, drill):
            _end(connection, drill)
        elif _is_over(moment, drill):
            if not drill.done and drill.at <= moment.now:
                count_drill(connection, _part_at(room, drill.at), drill.person, None)
            connection.execute("DELETE FROM drill WHERE person = ?", (drill.person,))
    frames: Frames = []
    for person in _due(connection, room, moment, seed, _all(connection)):
        frames += _begin(connection, moment, person, room.random_bytes(DRILL_ID_SIZE))
    return frames


def _is_spoiled(connection: Connection, moment: Moment, drill: Drilling) -> bool:
    """A request came into it, or the peer left meanwhile: it says nothing."""
    person = next((one for one in moment.duty.values() if one.person == drill.person), None)
    return not drill.done and (person is None or _is_rung(connection, moment, person))


def _is_over(moment: Moment, drill: Drilling) -> bool:
    """Its quarter of an hour is past, or is still to come: then the clock was set back."""
    return not 0 <= moment.now - drill.at < LASTS_SECONDS


def _begin(connection: Connection, moment: Moment, person: DutyPerson, drill_id: bytes) -> Frames:
    drill = Drilling(person.person, drill_id, moment.now, done=False)
    connection.execute("INSERT INTO drill VALUES (?, ?, ?, 0)", (drill.person, drill.id, drill.at))
    return [_frame(address, drill) for address in person.duty_addresses]


def _end(connection: Connection, drill: Drilling) -> None:
    """Over; its row stays for its quarter of an hour, so that nobody is drilled twice."""
    connection.execute("UPDATE drill SET done = 1 WHERE person = ?", (drill.person,))


def _due(
    connection: Connection, room: Room, moment: Moment, seed: bytes, drills: list[Drilling]
) -> list[DutyPerson]:
    """Whose drill begins now: they agreed, may be rung, are there to be rung, and are not."""
    consents = dict(connection.execute("SELECT person, drills FROM drill_consent WHERE drills > 0"))
    for drill in drills:
        consents.pop(drill.person, None)
    wall = datetime.fromtimestamp(moment.now, room.zone)
    reached = room.lines.heard() | wakeable(connection, moment)
    agreed = {one.person: one for one in moment.duty.values() if one.person in consents}
    due = [
        one
        for one in agreed.values()
        if drill_is_due(
            wall_day=wall.date().toordinal(),
            wall_minute=wall.hour * 60 + wall.minute,
            by_night=consents[one.person] == Drills.DAY_AND_NIGHT,
            chance=chance_of(one.person, seed),
        )
        and tier_at(one, moment.now) is not Tier.OFF_DUTY
        and reached.intersection(one.duty_addresses)
        and not _is_rung(connection, moment, one)
    ]
    known = known_of(connection, moment, {one.person for one in due}) if due else {}
    return [one for one in due if not known.get(one.person, NOBODY_KNOWN).rests]


def _is_rung(connection: Connection, moment: Moment, person: DutyPerson) -> bool:
    """Does a request ring them now, or have they taken one?"""
    marks = ", ".join("?" * len(person.duty_addresses))
    found = connection.execute(
        f"""SELECT 1 FROM sealed_request WHERE duty_address IN ({marks})
            AND (state = ? OR (state = ? AND changed_at > ?)) LIMIT 1""",  # noqa: S608 - marks alone
        (
            *person.duty_addresses,
            CandidateState.CLAIMED,
            CandidateState.RINGING,
            moment.now - RINGS_FOR_SECONDS,
        ),
    )
    return found.fetchone() is not None


def _part_at(room: Room, seconds: int) -> PartOfDay:
    return part_of_day(hour=datetime.fromtimestamp(seconds, room.zone).hour)


def _frame(address: bytes, drill: Drilling) -> tuple[bytes, bytes]:
    return address, Drill(address, drill.id).write()
