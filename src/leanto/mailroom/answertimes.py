"""How soon somebody answers, told to everybody: from drills alone. spec/drills.md."""

from leanto.doorway.answers import Outcome
from leanto.doorway.bodies import Question
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection
from leanto.rules.drills import answered_within_minutes, band_of, counted
from leanto.rules.gauge import PartOfDay
from leanto.wire.drills import AnswerTimes


async def answer_times(room: Room, _question: Question) -> Outcome:
    """Within how many minutes nine of ten drills were answered, by part of day."""
    minutes = await room.store.read(
        lambda connection: (
            _minutes(connection, PartOfDay.DAY),
            _minutes(connection, PartOfDay.EVENING),
            _minutes(connection, PartOfDay.NIGHT),
        )
    )
    return Outcome(200, AnswerTimes(minutes).write())


def count_drill(
    connection: Connection, part: int, person: bytes, answered_after_seconds: int | None
) -> None:
    """One drill has ended: its cell is counted, and that this person had one, in no order.

    `answered_after_seconds`: None when nobody answered.
    """
    band = band_of(answered_after_seconds=answered_after_seconds)
    connection.executemany(
        """INSERT INTO answer_time VALUES (?, ?, ?)
           ON CONFLICT (part, minutes) DO UPDATE SET drills = excluded.drills""",
        [(part, *cell) for cell in counted(cells=_cells(connection, part), band=band).items()],
    )
    connection.execute("INSERT INTO drilled VALUES (?, ?) ON CONFLICT DO NOTHING", (part, person))


def _minutes(connection: Connection, part: int) -> int:
    marks = connection.execute("SELECT count(*) FROM drilled WHERE part = ?", (part,))
    return answered_within_minutes(cells=_cells(connection, part), people=marks.fetchone()[0])


def _cells(connection: Connection, part: int) -> dict[int, float]:
    found = connection.execute("SELECT minutes, drills FROM answer_time WHERE part = ?", (part,))
    return dict(found.fetchall())
