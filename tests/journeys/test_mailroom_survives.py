"""A mailroom ended by force: whatever it said it had, it has, and has once."""

import random
import signal
import sqlite3
import threading
import time
from http.client import HTTPException
from pathlib import Path

from leanto.wire.mailboxes import Post
from tests.harness.mailroom import OCTETS, Mailroom, running_mailroom
from tests.harness.net import request
from tests.harness.stand_ins import Officer, Peer, envelope

CYCLES = 10
SENDERS = 4


def test_what_was_accepted_survives_being_killed(mailroom: Mailroom) -> None:
    """Accepted ⊆ stored, nothing twice, at whatever instant the process dies."""
    ben = Peer(mailroom)
    mailroom.publish(ben.address)
    accepted: list[bytes] = []
    for cycle in range(CYCLES):
        ana = Officer(mailroom)
        token, body = mailroom.program.token_header(), ana.ask_body(ben)
        first = mailroom.post("/requests", body, token)
        assert first.status == 201
        instant = random.uniform(0.02, 0.3)  # noqa: S311 - any will do
        send_until_killed(mailroom, ana.address, accepted, after_seconds=instant)
        mailroom.start()
        assert missing_or_doubled(mailroom, accepted) == 0
        assert mailroom.post("/requests", body, token).body == first.body
        assert requests_held(mailroom) == cycle + 1
    assert len(accepted) > CYCLES


def test_an_answer_before_the_disk_is_found(tmp_path: Path) -> None:
    """The test above fails when the mailroom says yes too early."""
    with running_mailroom(tmp_path, "--hasty") as mailroom:
        ben, ana = Peer(mailroom), Officer(mailroom)
        mailroom.publish(ben.address)
        ana.ask(ben)
        accepted: list[bytes] = []
        send_until_killed(mailroom, ana.address, accepted, after_seconds=0.2)
        mailroom.start()
        assert missing_or_doubled(mailroom, accepted) > 0


def send_until_killed(
    mailroom: Mailroom, address: bytes, accepted: list[bytes], *, after_seconds: float
) -> None:
    """Letters from several hands at once, until the process is ended in the midst of them."""

    def send() -> None:
        while True:
            words = envelope()
            try:
                answer = request(
                    "POST",
                    mailroom.url + "/envelopes",
                    body=Post(address, words).write(),
                    headers=OCTETS,
                )
            except (OSError, HTTPException):
                return
            if answer.status != 201:
                return
            accepted.append(words)

    hands = [threading.Thread(target=send) for _ in range(SENDERS)]
    for hand in hands:
        hand.start()
    time.sleep(after_seconds)
    mailroom.stop(signal.SIGKILL)
    for hand in hands:
        hand.join()


def missing_or_doubled(mailroom: Mailroom, accepted: list[bytes]) -> int:
    """How many accepted letters the database does not hold exactly once."""
    database = sqlite3.connect(mailroom.database)
    held = [row[0] for row in database.execute("SELECT body FROM envelope")]
    database.close()
    return sum(held.count(words) != 1 for words in accepted)


def requests_held(mailroom: Mailroom) -> int:
    database = sqlite3.connect(mailroom.database)
    (count,) = database.execute("SELECT count(*) FROM request").fetchone()
    database.close()
    return int(count)
