"""What stands in the mailroom's columns after a night: coarse days, and ids of pure chance."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from random import Random
from typing import NamedTuple

import pytest

from leanto.mailroom.store.opening import open_store
from leanto.wire.drills import Drill
from leanto.wire.listening import Heard, Ring
from leanto.wire.slots import SlotOpened
from leanto.wire.wakes import Drills, DutyWakes
from tests.harness.mailroom import Mailroom, running_mailroom
from tests.harness.stand_ins import Officer, Peer, leave, line_to, secret
from tests.journeys.test_drills import Scene
from tests.power.test_rung_while_looking import room_of
from tests.walls.test_schema import ALLOWED, HOURS, SECONDS

LETTERS = 200
SEALED = {"body", "bytes", "head", "public_part", "members_part", "duty_part"}


class Value(NamedTuple):
    table: str
    column: str
    value: int | bytes


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailroom]:
    """One request rings, one is taken, one is closed; letters and a sealed copy lie there."""
    with running_mailroom(tmp_path_factory.mktemp("mailroom")) as mailroom:
        ben, dev = Peer(mailroom), Peer(mailroom)
        mailroom.publish(ben.address, dev.address)
        ringing, taken, closed = (Officer(mailroom) for _ in range(3))
        for one in (ringing, taken, closed):
            one.ask(ben, dev)
        with line_to(mailroom) as line:
            line.listen(dev.read_key)
            # Of the three rings the one that goes on: with the others what was heard of them goes.
            while line.next(Ring).request_id != ringing.request_id:
                pass
            line.send(Heard(dev.address, ringing.request_id).write())
            named = DutyWakes(dev.read_key, Drills.BY_DAY, (Random(2).randbytes(16),))  # noqa: S311 - only bytes
            assert mailroom.post("/duty/wakes", named.write()).status == 204
        assert ben.claim(taken.request_id).status == 200
        assert dev.claim(closed.request_id).status == 200
        assert dev.answer(closed.request_id).status == 201
        assert closed.close().status == 204
        assert ben.rest(until_hour=int(time.time()) // 3600 + 1).status == 204
        for _ in range(LETTERS):
            assert leave(mailroom, ringing.address).status == 201
        opened = SlotOpened(secret(), Random(1).randbytes(16_384))  # noqa: S311 - only bytes
        token = mailroom.program.token_header()
        assert mailroom.post("/slots", opened.write(), token).status == 201
        assert Officer(mailroom).withdraw(mailroom.program.token_header()).status == 204
        until_heard(mailroom)
        mailroom.stop()
        asyncio.run(practised(mailroom, dev))
        yield mailroom


def until_heard(mailroom: Mailroom) -> None:
    """A frame on the line has no answer: that it came is seen by what it left."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not any(one.table == "woken" for one in values(mailroom)):
        time.sleep(0.05)


async def practised(mailroom: Mailroom, peer: Peer) -> None:
    """Days later this peer is rung for practice, and answers."""
    with closing(open_store(mailroom.database)) as store:
        scene = Scene(mailroom, room_of(mailroom, store, peer), [peer])
        await scene.begin()
        scene.to_the_drill_of(peer)
        await scene.look()
        (drill,) = scene.told(peer, Drill)
        await scene.answer(peer, drill.drill_id)


def test_every_table_has_something_to_look_at(night: Mailroom) -> None:
    """An empty table would pass everything below."""
    assert {one.table for one in values(night)} == set(ALLOWED)


def test_no_number_is_a_moment(night: Mailroom) -> None:
    """A day may stand there; a second only in the columns that a phone's ringing needs."""
    assert fine_times(values(night)) == []


def test_a_moment_in_a_day_column_is_found() -> None:
    """The check above can fail, also for milliseconds and minutes."""
    now = time.time()
    for moment in (now, now * 1000, now / 60, now / 3600):
        assert fine_times([Value("envelope", "expires_day", int(moment))]) != []


def test_a_spent_pass_does_not_tell_what_it_paid_for(night: Mailroom) -> None:
    """Asked, kept a copy, or took a request back: every mark looks alike."""
    marks = [one.value for one in values(night) if (one.table, one.column) == ("spent", "status")]
    assert marks == [201] * 5


def test_days_say_no_more_than_they_must(night: Mailroom) -> None:
    """A lease ends with some week; an envelope and a request end on the day the law gives them."""
    today = int(time.time()) // 86_400
    days = {(one.table, one.column): one.value for one in values(night) if "day" in one.column}
    assert days.keys() == {
        *(("mailbox", "lease_day"), ("slot", "lease_day")),
        *(("envelope", "expires_day"), ("request", "expires_day")),
        *(("peer_gauge", one) for one in ("alarms_day", "night_day", "night_before_day")),
    }
    for one in values(night):
        if one.column == "lease_day":
            assert isinstance(one.value, int)
            assert one.value % 7 == 0
    assert days["envelope", "expires_day"] in {today + 14, today + 13}
    assert days["request", "expires_day"] in {today + 7, today + 6}


def test_seconds_are_those_of_the_ringing(night: Mailroom) -> None:
    """They move on with the ringing and are not when somebody asked, once it has gone on."""
    moments = time.time(), night.clock.seconds()
    seconds = [one for one in values(night) if (one.table, one.column) in SECONDS]
    assert {(one.table, one.column) for one in seconds} == SECONDS
    for one in seconds:
        assert isinstance(one.value, int)
        assert any(abs(one.value - moment) < 3600 for moment in moments)


def test_ids_are_chance_and_nothing_else(night: Mailroom) -> None:
    """No clock, no counter, no machine in them: every bit of an id is as likely as not."""
    ids = [one.value for one in values(night) if (one.table, one.column) == ("envelope", "id")]
    assert len(ids) == LETTERS
    assert tells([one for one in ids if isinstance(one, bytes)]) == []


@pytest.mark.parametrize("bits_of_clock", [48, 60])
def test_an_id_with_a_clock_in_it_is_found(bits_of_clock: int) -> None:
    """The check above fails for UUIDs of version 1 and 7, for ULIDs, and for a counter."""
    chance, size = Random(7), 128 - bits_of_clock  # noqa: S311 - made up
    start = int(time.time() * 1000) % (1 << bits_of_clock)
    ids = [start + at << size | chance.getrandbits(size) for at in range(LETTERS)]
    assert tells([one.to_bytes(16) for one in ids]) != []


def fine_times(found: list[Value]) -> list[Value]:
    """Numbers too large for a day, a state, a serial or an epoch, where none may be."""
    return [
        one
        for one in found
        if isinstance(one.value, int)
        and one.value > 100_000
        and (one.table, one.column) not in SECONDS | HOURS
    ]


def tells(ids: list[bytes]) -> list[str]:
    """What is not chance in them: an id that comes twice, a bit that is nearly always the same."""
    found = [] if len(set(ids)) == len(ids) else ["an id came twice"]
    for bit in range(128):
        ones = sum(int.from_bytes(one) >> bit & 1 for one in ids)
        if not 0.29 < ones / len(ids) < 0.71:  # six standard deviations
            found.append(f"bit {bit} is set in {ones} of {len(ids)}")
    return found


def values(mailroom: Mailroom) -> list[Value]:
    """Every value in the file but what is sealed, signed or public."""
    with closing(sqlite3.connect(mailroom.database)) as database:
        return [
            Value(table, column, value)
            for table, columns in ALLOWED.items()
            for column in columns
            for (value,) in database.execute(f"SELECT {column} FROM {table}")  # noqa: S608 - our list
            if value is not None and column not in SEALED
        ]
