"""What rings have taught: a few decayed numbers per tier and per peer, and no request.

They show how busy a peer is. They serve to choose whom to ring, and leave this room in no answer,
no frame and no log line.
"""

from collections.abc import Collection
from dataclasses import dataclass

from leanto.mailroom.moment import Moment, tier_at
from leanto.mailroom.store.acts import Connection
from leanto.rules import gauge as rule
from leanto.rules.candidates import Tier
from leanto.rules.gauge import Gauge, PartOfDay, RingEnded
from leanto.rules.rest import alarm, faded, rests
from leanto.wire.duty import DutyPerson, Standing

LEARNING_TIERS = (Tier.ON_DUTY, Tier.AVAILABLE, Tier.RESERVE)
NIGHTS_COUNT_DAYS = 7
NO_GAUGE = Gauge()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one peer now."""

    gauge: Gauge = NO_GAUGE
    alarms: float = 0.0
    night_rings: int = 0
    keeps_place: bool = False
    rests: bool = False


NOBODY_KNOWN = Known()


def known_of(
    connection: Connection, moment: Moment, people: Collection[bytes]
) -> dict[bytes, Known]:
    """By person, those of whom anything is known."""
    marks = ", ".join("?" * len(people))
    found = connection.execute(
        f"SELECT * FROM peer_gauge WHERE person IN ({marks})",  # noqa: S608 - nothing but marks
        tuple(people),
    )
    return {row[0]: _known(moment, *row[1:]) for row in found.fetchall()}


def tiers_of(connection: Connection, part: PartOfDay) -> dict[Tier, Gauge]:
    """The tiers' numbers in this part of day, as learned or as they begin."""
    found = connection.execute(
        "SELECT tier, tries, answers FROM tier_gauge WHERE part = ?", (part,)
    )
    learned = {Tier(tier): Gauge(tries, answers) for tier, tries, answers in found.fetchall()}
    return {tier: rule.prior(tier=tier, part=part) for tier in LEARNING_TIERS} | learned


def note_ring(connection: Connection, moment: Moment, address: bytes) -> None:
    """A phone begins to ring for a request: at night that makes tired."""
    person = _learned_from(moment, address)
    if person is None or not moment.night:
        return
    connection.execute(
        """INSERT INTO peer_gauge VALUES (?, 0, 0, 0, 0, ?, 0, 0, 0) ON CONFLICT (person) DO UPDATE
           SET night_before_day = peer_gauge.night_day, night_day = excluded.night_day""",
        (person.person, moment.today),
    )


def learn(
    connection: Connection, moment: Moment, address: bytes, ended: RingEnded, rung_at: int
) -> None:
    """One phone's ring is over: the numbers change, and the ring is forgotten."""
    person = _learned_from(moment, address)
    tier = tier_at(person, moment.now) if person else Tier.OFF_DUTY
    if person is None or tier not in LEARNING_TIERS:
        return
    known = known_of(connection, moment, [person.person]).get(person.person, NOBODY_KNOWN)
    of_person, of_tier = rule.learn(
        person=known.gauge,
        tier=tiers_of(connection, moment.part)[tier],
        ended=ended,
        rung_for_seconds=max(0, moment.now - rung_at),
        night=moment.night,
    )
    needless = 0.0 if ended is RingEnded.ACCEPTED else alarm(night=moment.night)
    connection.execute(
        """INSERT INTO peer_gauge VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0) ON CONFLICT (person) DO UPDATE
           SET tries = excluded.tries, answers = excluded.answers,
               alarms = excluded.alarms, alarms_day = excluded.alarms_day""",
        (person.person, of_person.tries, of_person.answers, known.alarms + needless, moment.today),
    )
    connection.execute(
        """INSERT INTO tier_gauge VALUES (?, ?, ?, ?) ON CONFLICT (tier, part) DO UPDATE
           SET tries = excluded.tries, answers = excluded.answers""",
        (tier, moment.part, of_tier.tries, of_tier.answers),
    )


def set_rest(connection: Connection, person: bytes, until_hour: int, keeps_place: bool) -> None:  # noqa: FBT001 - a column
    connection.execute(
        """INSERT INTO peer_gauge VALUES (?, 0, 0, 0, 0, 0, 0, ?, ?) ON CONFLICT (person) DO UPDATE
           SET rests_until_hour = excluded.rests_until_hour, keeps_place = excluded.keeps_place""",
        (person, until_hour, keeps_place),
    )


def forget_unlisted(connection: Connection, people: Collection[bytes]) -> None:
    """Who is a peer no more leaves no number behind."""
    marks = ", ".join("?" * len(people))
    connection.execute(
        f"DELETE FROM peer_gauge WHERE person NOT IN ({marks})",  # noqa: S608 - nothing but marks
        tuple(people),
    )


def _known(  # noqa: PLR0913, PLR0917 - the columns of one row
    moment: Moment,
    tries: float,
    answers: float,
    alarms: float,
    alarms_day: int,
    night_day: int,
    night_before_day: int,
    rests_until_hour: int,
    keeps_place: int,
) -> Known:
    # A day that is still to come: the clock was ahead, and says nothing.
    nights = [
        day
        for day in (night_day, night_before_day)
        if moment.today - NIGHTS_COUNT_DAYS < day <= moment.today
    ]
    return Known(
        gauge=Gauge(tries, answers),
        alarms=faded(alarms=alarms, days=moment.today - alarms_day),
        night_rings=len(nights),
        keeps_place=bool(keeps_place),
        rests=rests(rests_until_hour=rests_until_hour, now_seconds=moment.now),
    )


def _learned_from(moment: Moment, address: bytes) -> DutyPerson | None:
    """Whose phone it is; nobody's, for the watch's test person says nothing about peers."""
    person = moment.duty.get(address)
    return person if person and person.standing is Standing.ORDINARY else None
