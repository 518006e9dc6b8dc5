"""The net under one request: who rings when, to the second, and nobody who should not.

A real process with a clock that the story moves. Every frame is compared.
"""

import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from leanto.mailroom.store.sqlite import BUSY_SECONDS
from leanto.rules.candidates import Tier as RungTier
from leanto.rules.gauge import PRIOR_TRIES, PartOfDay
from leanto.rules.wave import NOT_LEARNED
from leanto.wire.listening import Ring
from leanto.wire.members import Tier
from leanto.wire.requests import Act, Wish
from tests.harness.mailroom import Mailroom, running_mailroom
from tests.harness.nights import Night, night_of
from tests.harness.stand_ins import line_to

ON_DUTY, AVAILABLE, RESERVE, BACKSTOP = Tier.ON_DUTY, Tier.AVAILABLE, Tier.RESERVE, Tier.BACKSTOP
YEAR_SECONDS = 365 * 86_400


@pytest.fixture
def swift(tmp_path: Path) -> Iterator[Mailroom]:
    """A mailroom that looks twenty times a second, so that a night passes quickly."""
    with running_mailroom(tmp_path, "--swift") as opened:
        yield opened


@pytest.fixture
def night(swift: Mailroom) -> Iterator[Night]:
    """Ben is on duty, Dev shows available, Fay is in reserve, Gus and Hal stand behind them."""
    people = {"ben": ON_DUTY, "dev": AVAILABLE, "fay": RESERVE, "gus": BACKSTOP, "hal": BACKSTOP}
    with night_of(swift, **people) as opened:
        yield opened


def test_who_sleeps_is_followed_by_others_then_by_the_backstop(night: Night) -> None:
    """Nobody answers: all ring, then one at a time, the net at two minutes and at three; and Ana is
    told the truth when all have said no."""
    night.ask("ben", "gus", "dev", "fay", "hal")
    night.hears("ana: it rings", "ben rings", "dev rings", "fay rings")
    night.at(88)
    night.at(92, "ben rings")
    night.at(118)
    night.at(122, "gus rings")
    night.at(178)
    night.at(184, "dev rings", "hal rings")
    for name in ("fay", "ben", "gus", "hal", "dev"):  # those who ring last: nobody is rung for need
        assert night.peers[name].decline(night.ana.request_id).status == 204
    night.hears("ana: nobody is left")
    night.at(900)
    night.at(1100, *(f"{name} rings" for name in night.peers), "ana: it rings")


def test_what_cannot_wait_rings_the_backstop_from_the_beginning(night: Night) -> None:
    """Ana says that it is urgent: nobody counts to a hundred and twenty."""
    night.ask("ben", "gus", "dev", "fay", "hal", urgent=True)
    night.hears("ana: it rings", "ben rings", "dev rings", "fay rings", "gus rings")
    night.at(57)
    night.at(62, "hal rings")


def test_a_refusal_is_replaced_at_once_and_by_one_alone(swift: Mailroom) -> None:
    """Three ring; a fourth only because one said no, and the one who claims silences the rest."""
    people = dict.fromkeys(("ben", "dev", "fay", "gus", "hal"), ON_DUTY)
    with night_of(swift, **people) as night:
        night.ask(*people)
        night.hears("ana: it rings", "ben rings", "dev rings", "fay rings")
        assert night.peers["dev"].decline(night.ana.request_id).status == 204
        night.hears("gus rings")
        night.takes("fay")
        night.hears("ana: it is answered", "ben is thanked", "gus is thanked")
        night.at(400)
        with closing(sqlite3.connect(swift.database)) as held:
            ((tries, answers),) = held.execute("SELECT tries, answers FROM tier_gauge").fetchall()
        # A refusal is none, a claim confirmed is one, and whoever was silenced counts in between.
        assert tries - PRIOR_TRIES == pytest.approx(4, abs=0.1)
        assert answers - PRIOR_TRIES * NOT_LEARNED[RungTier.ON_DUTY] == pytest.approx(2.4, abs=0.2)


def test_a_chosen_peer_has_a_minute_unless_ana_wants_others(night: Night) -> None:
    """Alone for sixty seconds; or no longer than Ana likes."""
    night.ask("ben", "gus", "dev", "fay", "hal", wish=Wish.CHOSEN_FIRST)
    night.hears("ana: it rings", "ben rings")
    night.at(57)
    night.at(62, "dev rings", "fay rings")
    night.clears("ben", "dev", "fay")
    night.ask("ben", "gus", "dev", "fay", "hal", wish=Wish.CHOSEN_FIRST)
    night.hears("ana: it rings", "ben rings")
    assert night.ana.act(Act.RING_OTHERS).status == 204
    night.hears("dev rings", "fay rings")


def test_a_plan_is_carried_out_and_strands_nobody(night: Night) -> None:
    """The mailroom does not know why it is in this order; whoever passes is still replaced, the
    backstop still rings, and Ana can still have all others at once."""
    plan = [(3, 0), (2, 20), (0, 500)]
    night.ask("ben", "gus", "dev", "fay", "hal", plan=plan)
    night.hears("ana: it rings", "fay rings")
    night.at(18)
    night.at(22, "dev rings")
    night.at(88)
    assert night.peers["dev"].decline(night.ana.request_id).status == 204
    assert night.peers["fay"].decline(night.ana.request_id).status == 204
    night.hears("ben rings")
    night.at(118)
    night.at(122, "gus rings")
    night.clears("ben", "gus")
    night.ask("ben", "gus", "dev", "fay", "hal", plan=plan)
    night.hears("ana: it rings", "fay rings")
    assert night.ana.act(Act.RING_OTHERS).status == 204
    night.hears("ben rings", "dev rings")


def test_who_rests_is_not_rung_until_the_hour_or_until_they_say_so(night: Night) -> None:
    """Ben sleeps, and the phone of nobody else waits for him."""
    ben, hour = night.peers["ben"], night.mailroom.clock.seconds() // 3600
    assert ben.rest(until_hour=hour + 2).status == 204
    night.ask("ben", "dev")
    night.hears("ana: it rings", "dev rings")
    assert ben.rest().status == 204
    night.hears("ben rings")
    night.clears("ben", "dev")
    assert ben.rest(until_hour=hour + 2).status == 204
    night.ask("ben")
    night.hears("ana: nobody is left")
    night.at(7200, "ana: it rings", "ben rings")


def test_two_broken_nights_put_a_peer_behind_those_who_slept(swift: Mailroom) -> None:
    """At two in the morning, in one week; unless Ben says that he keeps his place. Gus has a shift:
    he said himself that he is there this night."""
    people = {"ben": AVAILABLE, "gus": ON_DUTY, "dev": AVAILABLE, "fay": AVAILABLE}
    with night_of(swift, hour=2, **people) as night:
        for _ in range(2):
            night.ask("ben", "gus")
            night.hears("ana: it rings", "ben rings", "gus rings")
            night.clears("ben", "gus")
        night.ask(*people)
        night.hears("ana: it rings", "gus rings", "dev rings", "fay rings")
        night.clears("gus", "dev", "fay")
        assert night.peers["ben"].rest(keeps_place=True).status == 204
        night.ask(*people)
        night.hears("ana: it rings", "ben rings", "gus rings", "dev rings")


def test_where_answers_are_sure_fewer_phones_ring(swift: Mailroom) -> None:
    """Thirty rings have taught that who is on duty comes: one phone rings, the next at its time."""
    people = dict.fromkeys(("ben", "dev", "fay", "gus"), ON_DUTY)
    with night_of(swift, **people) as night:
        with closing(sqlite3.connect(swift.database, isolation_level=None)) as held:
            learned = (RungTier.ON_DUTY, PartOfDay.DAY, 60, 57)
            held.execute("INSERT INTO tier_gauge VALUES (?, ?, ?, ?)", learned)
        night.ask(*people)
        night.hears("ana: it rings", "ben rings")
        assert night.peers["ben"].decline(night.ana.request_id).status == 204
        night.hears("dev rings")


def test_who_holds_a_claim_is_left_in_peace_while_somebody_else_is_free(night: Night) -> None:
    """Ben is talking: Dev is rung for the next one, and Ben only where there is nobody else."""
    night.ask("ben")
    night.hears("ana: it rings", "ben rings")
    night.takes("ben")
    night.hears("ana: it is answered")
    night.ask("ben", "dev")
    night.hears("ana: it rings", "dev rings")
    night.clears("dev")
    night.ask("ben")
    night.hears("ana: it rings", "ben rings")


def test_a_phone_without_a_shift_is_nobody_to_wait_for(swift: Mailroom) -> None:
    """Ben is talking, Ivy has no shift, and Dev has just passed: Ben is better than nobody."""
    with night_of(swift, ben=ON_DUTY, dev=AVAILABLE, ivy=None) as night:
        night.ask("ben")
        night.hears("ana: it rings", "ben rings")
        night.takes("ben")
        night.hears("ana: it is answered")
        night.ask("ben", "ivy")
        night.hears("ana: it rings", "ben rings")
        night.clears("ben")
        night.ask("ben", "dev", "ivy")
        night.hears("ana: it rings", "dev rings")
        assert night.peers["dev"].decline(night.ana.request_id).status == 204
        night.hears("ben rings")


def test_a_clock_that_jumps_loses_nothing(night: Night) -> None:
    """An hour back, an hour on, a year on and home again: the phone rings on, and Ben answers."""
    night.ask("ben")
    night.hears("ana: it rings", "ben rings")
    for jump_seconds in (-3600, 3600, YEAR_SECONDS):
        night.at(jump_seconds, "ben rings")
        night.at(10, "ben rings")
    night.at(102, "ben rings")
    night.takes("ben")
    night.hears("ana: it is answered")


def test_a_database_that_is_locked_delays_a_ring_and_loses_none(night: Night) -> None:
    """Another program holds the file while the next phone is due; afterwards it rings."""
    night.ask("ben", "gus", wish=Wish.CHOSEN_FIRST)
    night.hears("ana: it rings", "ben rings")
    with closing(sqlite3.connect(night.mailroom.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        night.at(122)
        time.sleep(BUSY_SECONDS)  # longer than the mailroom waits: its look fails
        other.execute("ROLLBACK")
    night.hears("ben rings", "gus rings")


def test_two_processes_on_one_database_ring_everybody_once(swift: Mailroom) -> None:
    """Whichever looks first: no phone rings twice, and none is forgotten that only one of them
    hears. When that one is killed, the other goes on with what it began."""
    people = dict.fromkeys(("ben", "dev", "fay"), ON_DUTY)
    beside = Mailroom(swift.folder, swift.program)
    with night_of(swift, **people) as night:
        beside.start("--swift")
        try:
            night.mailroom = beside
            for _ in range(4):
                night.ask(*people)
                night.rings_once(*people)
                assert night.ana.act(Act.CANCEL).status == 204
            night.ask(*people)
            night.rings_once(*people)
            swift.stop(signal.SIGKILL)
            ben = replace(night.peers["ben"], mailroom=beside)
            with line_to(beside) as line:
                line.listen(ben.read_key)
                assert line.next(Ring).request_id == night.ana.request_id
                assert ben.claim(night.ana.request_id).status == 200
        finally:
            beside.stop()
