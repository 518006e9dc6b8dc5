"""Max measures: what is refused alike takes alike long, so that time tells him nothing either."""

import http.client
import os
import random
import time
from statistics import median

import pytest

from leanto.wire.mailboxes import ReadKeyBody
from leanto.wire.requests import KeyedBody
from tests.harness.mailroom import OCTETS, Mailroom
from tests.harness.rounds import rounds
from tests.harness.stand_ins import Officer, Peer, secret

pytestmark = [pytest.mark.journey, pytest.mark.soak]

SAMPLES_EACH = rounds(check=100, soak=20_000)
# A difference of a few microseconds in a thousand is what one processor does to two equal tasks.
APART_AT_MOST = rounds(check=100, soak=5) / 100


def test_a_refusal_tells_nothing_by_its_time(mailroom: Mailroom) -> None:
    """Nobody's key, a duty mailbox's, one of a closed mailbox: same bytes, and the same median."""
    ben, ana = Peer(mailroom), Officer(mailroom)
    mailroom.publish(ben.address)
    ana.ask(ben)
    assert mailroom.post("/mailboxes/close", ReadKeyBody(ana.read_key).write()).status == 204
    request_id = ana.request_id
    fetching = [ReadKeyBody(key).write() for key in (secret(), ben.read_key, ana.read_key)]
    ruling = [
        KeyedBody(request_id=one, read_key=key).write()
        for one, key in (
            (os.urandom(16), secret()),
            (request_id, secret()),
            (request_id, ana.read_key),
        )
    ]
    for path, bodies in (("/envelopes/fetch", fetching), ("/requests/state", ruling)):
        answers, seconds = measured(mailroom, path, bodies)
        assert len(answers) == 1, path
        middle = [median(one) for one in seconds]
        assert max(middle) / min(middle) - 1 < APART_AT_MOST, (path, middle)


def measured(
    mailroom: Mailroom, path: str, bodies: list[bytes]
) -> tuple[set[tuple[int, bytes]], list[list[float]]]:
    """What came, and how long each kind took, asked in an order of chance."""
    turns = list(range(len(bodies))) * SAMPLES_EACH
    random.shuffle(turns)
    answers: set[tuple[int, bytes]] = set()
    seconds: list[list[float]] = [[] for _ in bodies]
    for turn in turns:
        connection = http.client.HTTPConnection("127.0.0.1", mailroom.port)
        connection.connect()
        began = time.perf_counter()
        connection.request("POST", path, bodies[turn], {"Host": "mailroom.localhost", **OCTETS})
        answer = connection.getresponse()
        said = answer.read()
        seconds[turn].append(time.perf_counter() - began)
        answers.add((answer.status, said))
        connection.close()
    return answers, seconds
