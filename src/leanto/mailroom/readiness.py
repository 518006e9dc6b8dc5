"""May the mailroom take work now? Its database, its disk, its board, its loop. spec/watch.md."""

from collections.abc import AsyncIterator, Sequence

from leanto.doorway.answers import NO_CONTENT, Outcome
from leanto.doorway.bodies import Question
from leanto.doorway.readiness import Reason, late, ready_unless
from leanto.doorway.refusing import Refused
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection


async def live(_room: Room, _question: Question) -> Outcome:
    """The process answers."""
    return NO_CONTENT


async def ready(room: Room, _question: Question) -> Outcome:
    return ready_unless([reason async for reason in _reasons(room)])


async def _reasons(room: Room) -> AsyncIterator[Reason]:
    try:
        room.store.keep_room_to_forget()
    except Refused:
        yield Reason.DISK
    try:
        await room.store.join(_nothing, None)
    except Exception:  # noqa: BLE001 - whatever it is, nothing can be written
        yield Reason.DATABASE
    if room.board.notice is None:
        yield Reason.NO_BULLETIN
    elif room.board.notice.bulletin.head.last_day < room.today():
        yield Reason.OLD_BULLETIN
    # Both in one: how late a phone may be rung, and never whether one is to be.
    now, due = room.now_seconds(), await room.store.read(_earliest)
    for reason in late(now - min(room.pulse.seconds, now if due is None else due)):
        yield reason


def _nothing(_connection: Connection, items: Sequence[None]) -> Sequence[None]:
    """A transaction without a change: it needs the lock that every change needs, and no fsync."""
    return items


def _earliest(connection: Connection) -> int | None:
    found: int | None = connection.execute("SELECT min(next_action_at) FROM request").fetchone()[0]
    return found
