"""A desk ended by force while it signs passes and publishes: the same answer again, no half act."""

import random
import secrets
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPException
from itertools import pairwise

import pytest

from leanto.wire.cards import Card
from leanto.wire.draws import BATCH, Draw
from leanto.wire.head import Head
from leanto.wire.public import PublicPart, TokenKey
from leanto.wire.tokens import MODULUS_SIZE, read_token_key
from tests.harness.house import House, opened_house
from tests.harness.mailroom import OCTETS, problem
from tests.harness.net import Answer, request
from tests.harness.rounds import rounds
from tests.power.cutting import cut_answering, cut_asking, message, moments

DRAWERS = 3
BATCHES = 3


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A program with peers, of whom none answers."""
    with opened_house(tmp_path_factory.mktemp("house"), settled=True) as opened:
        yield opened


@pytest.mark.soak
def test_a_draw_cut_after_any_byte_is_one_draw(house: House) -> None:
    """A line cut while asking draws nothing; cut while answering, the same comes again."""
    key = newest_key(house)
    card = Card.read(*house.at_desk("cards", "1"))
    body = a_batch(card, key)
    whole = message(
        host=f"desk.localhost:{house.port}", method="POST", path="/issuance/draw", body=body
    )
    for cut in moments(len(whole) - 1, edge=24, between=40):
        cut_asking(house.port, whole, cut)
    length = len(cut_answering(house.port, whole, 1 << 20))
    for cut in moments(length, edge=4, between=12):
        cut_answering(house.port, whole, cut)
    first = draw(house, body)
    assert (first.status, draw(house, body).body) == (200, first.body)
    assert [draw(house, a_batch(card, key)).status for _ in range(BATCHES)] == [200, 200, 409]


@pytest.mark.soak
def test_a_desk_that_is_killed_counts_each_batch_once(house: House) -> None:
    """Killed while it signs and while it publishes a new day: no pass lost, no bulletin forked."""
    chance, cycles = random.Random(rounds(check=5, soak=time.time_ns())), rounds(check=2, soak=50)
    key = newest_key(house)
    cards = [Card.read(link) for link in house.at_desk("cards", str(cycles * DRAWERS))]
    for cycle in range(cycles):
        mine = cards[cycle * DRAWERS : (cycle + 1) * DRAWERS]
        house.clock.forward(days=1)  # a bulletin is due as soon as it starts again
        with ThreadPoolExecutor(DRAWERS) as at_once:
            drawers = [at_once.submit(draw_all, house, card, key) for card in mine]
            kill_twice(house, chance)
            assert [one.result() for one in drawers] == [None] * DRAWERS
        wait_until_published(house, to_day=house.clock.day())
    house.stop()
    with closing(sqlite3.connect(house.data / "desk" / "desk.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def kill_twice(house: House, chance: random.Random) -> None:
    """In the midst of signing, and again while it starts, publishes and signs on."""
    time.sleep(chance.uniform(0, 0.4))
    house.kill()
    house.begin()
    time.sleep(chance.uniform(0.5, 3))
    house.kill_and_start()


def wait_until_published(house: House, *, to_day: int, seconds: float = 30) -> None:
    """The mailroom has the desk's newest bulletin, of this day, and each names the one before."""
    deadline = time.monotonic() + seconds
    while True:
        heads = [Head.read(head) for head in signed_heads(house)]
        shown = house.ask_mailroom("GET", "/bulletin/head").body
        if heads[-1].day == to_day and shown == heads[-1].write():
            break
        assert time.monotonic() < deadline, (heads[-1].day, to_day)
        time.sleep(0.1)
    for before, after in pairwise(heads):
        assert (after.serial, after.previous) == (before.serial + 1, before.hash())


def signed_heads(house: House) -> list[bytes]:
    with closing(sqlite3.connect(house.data / "desk" / "desk.sqlite3")) as database:
        rows = database.execute("SELECT head FROM bulletin_publication ORDER BY serial")
        return [row[0] for row in rows]


def draw_all(house: House, card: Card, key: TokenKey) -> None:
    """All that a card may draw, each batch repeated until it is answered; and not one more."""
    batches = [a_batch(card, key) for _ in range(BATCHES)]
    answers = [until_answered(house, body) for body in batches]
    assert [one.status for one in answers] == [200] * BATCHES
    again = [until_answered(house, body) for body in batches]
    assert [one.body for one in again] == [one.body for one in answers]
    assert problem(until_answered(house, a_batch(card, key))) == "card-used-up"


def a_batch(card: Card, key: TokenKey) -> bytes:
    """Ten numbers that can be signed; nobody could tell them from blinded passes."""
    modulus = read_token_key(key.key)
    numbers = (secrets.randbelow(modulus).to_bytes(MODULUS_SIZE) for _ in range(BATCH))
    return Draw(card.code, key.epoch, tuple(numbers)).write()


def until_answered(house: House, body: bytes) -> Answer:
    while True:
        try:
            answer = draw(house, body)
        except (OSError, HTTPException):
            time.sleep(0.1)
        else:
            if answer.status != 503:
                return answer


def draw(house: House, body: bytes) -> Answer:
    url = f"http://desk.localhost:{house.port}/issuance/draw"
    return request("POST", url, body=body, headers=OCTETS, timeout_seconds=20)


def newest_key(house: House) -> TokenKey:
    head = Head.read(house.ask_mailroom("GET", "/bulletin/head").body)
    keys = PublicPart.read(house.ask_mailroom("GET", "/bulletin/public").body).token_keys
    return next(one for one in keys if one.epoch == head.epoch)
