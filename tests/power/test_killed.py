"""A mailroom ended by force: whatever it said it had, it has, has once, and goes on with it."""

import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

import pytest

from leanto.wire.listening import Ring
from leanto.wire.requests import Act
from tests.harness.mailroom import Mailroom, running_mailroom
from tests.harness.rounds import rounds
from tests.harness.stand_ins import Officer, Peer, line_to
from tests.power.hands import Desk, Hand, Stubborn
from tests.power.ledger import Step, complaints

HANDS = 4
RESTARTS = 3
BUSY_AT_MOST_SECONDS = 0.15
STARTING_AT_MOST_SECONDS = 0.03


@pytest.mark.soak
def test_what_was_told_survives_being_killed(mailroom: Mailroom) -> None:
    """Three times in a row at any instant: nothing lost or doubled, and the phone rings again."""
    seed = rounds(check=3, soak=time.time_ns())
    chance, moments = random.Random(seed), Counter[str]()
    peers = [Peer(mailroom) for _ in range(5)]
    mailroom.publish(*(one.address for one in peers))
    told = 0
    for cycle in range(rounds(check=50, soak=1000)):
        ana, steps = Officer(mailroom), list[Step]()
        ana.ask(peers[0])
        with busy(mailroom, peers, chance, steps):
            moments += kill_in_a_row(mailroom, chance)
        found = complaints(steps, mailroom.database, now_seconds=int(time.time()))
        assert found == [], (seed, cycle)
        rings_again(mailroom, peers[0], ana)
        told += sum(one.told for one in steps)
    print(f"{cycle + 1} cycles, {told} things told, killed {dict(moments)}, seed {seed}")
    assert told > 50
    assert min(moments["serving"], moments["starting"]) > 10


def test_an_answer_before_the_disk_is_found(tmp_path: Path) -> None:
    """The test above fails when the mailroom says yes too early."""
    chance = random.Random(4)
    with running_mailroom(tmp_path, "--hasty") as mailroom:
        peers, steps = [Peer(mailroom) for _ in range(5)], list[Step]()
        mailroom.publish(*(one.address for one in peers))
        with busy(mailroom, peers, chance, steps, forgiving=True):
            time.sleep(0.3)
            mailroom.stop(signal.SIGKILL)
            mailroom.start()
        found = complaints(steps, mailroom.database, now_seconds=int(time.time()))
        assert "Letter is nothing, not held" in found


@contextmanager
def busy(
    mailroom: Mailroom,
    peers: list[Peer],
    chance: random.Random,
    steps: list[Step],
    *,
    forgiving: bool = False,
) -> Iterator[None]:
    """People at work from several sides; at the end each finishes what they had begun.

    Nobody but the desk touches the first of the peers.
    """
    over = threading.Event()
    chances = [random.Random(chance.random()) for _ in range(HANDS)]
    hands: list[Stubborn] = [Hand(mailroom, peers[1:], one, steps.append) for one in chances]
    hands.append(Desk(mailroom, peers, steps.append))
    threads = [threading.Thread(target=hand.live_until, args=(over,)) for hand in hands]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
    wrongs = [wrong for hand in hands for wrong in hand.wrongs]
    assert forgiving or wrongs == []


def kill_in_a_row(mailroom: Mailroom, chance: random.Random) -> Counter[str]:
    """Once in the midst of work, then twice more, as often before it is up as after."""
    moments = Counter[str]()
    time.sleep(chance.uniform(0, BUSY_AT_MOST_SECONDS))
    for _ in range(RESTARTS):
        moments["serving" if answers(mailroom) else "starting"] += 1
        mailroom.stop(signal.SIGKILL)
        mailroom.begin()
        if chance.random() < 0.5:
            time.sleep(chance.uniform(0, STARTING_AT_MOST_SECONDS))
        else:
            mailroom.wait_until_up()
            time.sleep(chance.uniform(0, BUSY_AT_MOST_SECONDS))
    mailroom.wait_until_up()
    return moments


def answers(mailroom: Mailroom) -> bool:
    """Whether it serves at this instant."""
    try:
        return mailroom.ask("GET", "/bulletin/head").status == 200
    except (OSError, HTTPException):
        return False


def rings_again(mailroom: Mailroom, ben: Peer, ana: Officer) -> None:
    """What was open goes on: the phone that comes back is rung for it, until Ana ends it."""
    with line_to(mailroom) as line:
        line.listen(ben.read_key)
        assert line.next(Ring).request_id == ana.request_id
    assert ana.act(Act.CANCEL).status == 204
