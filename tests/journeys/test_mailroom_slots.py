"""Slots at a real mailroom: a sealed copy that only its read key moves, for a new phone."""

import os
import signal
from hashlib import sha256

import pytest

from leanto.wire.mailboxes import ReadKeyBody
from leanto.wire.slots import SLOT_SIZE, SlotFetched, SlotOpened, SlotReceipt, SlotWritten
from leanto.wire.tokens import body_digest
from tests.harness.mailroom import Mailroom, problem
from tests.harness.net import Answer
from tests.harness.stand_ins import secret

ROUTE = "/slots"
LEASE_DAYS = 400


@pytest.fixture
def open_mailroom(mailroom: Mailroom) -> Mailroom:
    """One that knows the issuer's keys."""
    mailroom.publish()
    return mailroom


def a_copy() -> bytes:
    return os.urandom(SLOT_SIZE)


def opens(mailroom: Mailroom, key: bytes, body: bytes, token: str | None = None) -> Answer:
    paid = mailroom.program.token_header() if token is None else token
    return mailroom.post(ROUTE, SlotOpened(key, body).write(), paid)


def fetches(mailroom: Mailroom, key: bytes) -> Answer:
    return mailroom.post("/slots/fetch", ReadKeyBody(key).write())


def writes(mailroom: Mailroom, key: bytes, before: bytes, body: bytes) -> Answer:
    change = SlotWritten(key, sha256(before).digest(), body)
    return mailroom.post("/slots/write", change.write())


def forgets(mailroom: Mailroom, key: bytes) -> Answer:
    return mailroom.post("/slots/forget", ReadKeyBody(key).write())


def lies_there(mailroom: Mailroom, key: bytes) -> bytes:
    answer = fetches(mailroom, key)
    assert answer.status == 200, answer.body
    return SlotFetched.read(answer.body).body


def is_killed_and_starts(mailroom: Mailroom) -> None:
    mailroom.stop(signal.SIGKILL)
    mailroom.start()


def test_what_was_answered_outlives_a_killed_mailroom(open_mailroom: Mailroom) -> None:
    """Opened and written over: each is on disk when its answer leaves, with a receipt."""
    ana, first, second = secret(), a_copy(), a_copy()
    answer = opens(open_mailroom, ana, first)
    assert answer.status == 201
    digest = body_digest(method="POST", path=ROUTE, body=SlotOpened(ana, first).write())
    receipt = SlotReceipt.read(answer.body).receipt
    assert open_mailroom.receipt_verifies(receipt, ROUTE, digest, 201)
    is_killed_and_starts(open_mailroom)
    assert lies_there(open_mailroom, ana) == first
    assert writes(open_mailroom, ana, first, second).status == 204
    is_killed_and_starts(open_mailroom)
    assert lies_there(open_mailroom, ana) == second


def test_a_slot_costs_one_pass_and_nothing_more(open_mailroom: Mailroom) -> None:
    """A line that drops is asked again for nothing; a refusal burns nothing; no pass, no slot."""
    ana, copy, token = secret(), a_copy(), open_mailroom.program.token_header()
    assert problem(opens(open_mailroom, ana, copy, "")) == "token-missing"
    first = opens(open_mailroom, ana, copy, token)
    assert opens(open_mailroom, ana, copy, token).body == first.body
    assert problem(opens(open_mailroom, secret(), a_copy(), token)) == "token-spent"
    saved = open_mailroom.program.token_header()
    assert problem(opens(open_mailroom, ana, a_copy(), saved)) == "slot-changed"
    assert opens(open_mailroom, secret(), a_copy(), saved).status == 201
    assert lies_there(open_mailroom, ana) == copy


def test_only_who_knows_what_lies_there_writes_over_it(open_mailroom: Mailroom) -> None:
    """Two phones with the same words: who has not seen the other's copy must look first."""
    ana, first, by_one, by_other = secret(), a_copy(), a_copy(), a_copy()
    assert opens(open_mailroom, ana, first).status == 201
    assert writes(open_mailroom, ana, first, by_one).status == 204
    assert writes(open_mailroom, ana, first, by_one).status == 204
    assert problem(writes(open_mailroom, ana, first, by_other)) == "slot-changed"
    assert lies_there(open_mailroom, ana) == by_one


def test_max_neither_reads_nor_writes_nor_ends_anothers_copy(open_mailroom: Mailroom) -> None:
    """Another's key, never opened, forgotten, past its lease: one answer, byte for byte."""
    ana, copy, maxes = secret(), a_copy(), secret()
    assert opens(open_mailroom, ana, copy).status == 201
    refusals = [fetches(open_mailroom, maxes), writes(open_mailroom, maxes, copy, a_copy())]
    assert forgets(open_mailroom, maxes).status == 204
    assert lies_there(open_mailroom, ana) == copy
    assert forgets(open_mailroom, ana).status == 204
    refusals += [fetches(open_mailroom, ana), writes(open_mailroom, ana, copy, a_copy())]
    again = secret()
    assert opens(open_mailroom, again, copy).status == 201
    open_mailroom.clock.forward(days=LEASE_DAYS + 8)
    refusals += [fetches(open_mailroom, again), writes(open_mailroom, again, copy, a_copy())]
    assert {problem(one) for one in refusals} == {"slot-unknown"}
    assert len({one.body for one in refusals}) == 1


def test_a_copy_lives_as_long_as_somebody_looks(open_mailroom: Mailroom) -> None:
    """Every look and every writing gives it another four hundred days."""
    ana, copy, newer = secret(), a_copy(), a_copy()
    assert opens(open_mailroom, ana, copy).status == 201
    open_mailroom.clock.forward(days=LEASE_DAYS - 1)
    assert lies_there(open_mailroom, ana) == copy
    open_mailroom.clock.forward(days=LEASE_DAYS - 1)
    assert writes(open_mailroom, ana, copy, newer).status == 204
    open_mailroom.clock.forward(days=LEASE_DAYS - 1)
    assert lies_there(open_mailroom, ana) == newer


def test_what_was_replaced_or_forgotten_is_on_no_disk(open_mailroom: Mailroom) -> None:
    """An old copy could tell more than the new one: it is overwritten, in the log too."""
    ana, old, new = secret(), a_copy(), a_copy()
    assert opens(open_mailroom, ana, old).status == 201
    assert open_mailroom.holds(old)
    assert writes(open_mailroom, ana, old, new).status == 204
    assert open_mailroom.loses(old, within_seconds=10)
    assert open_mailroom.holds(new)
    assert forgets(open_mailroom, ana).status == 204
    assert open_mailroom.loses(new, within_seconds=10)


def test_a_copy_of_another_size_is_refused(open_mailroom: Mailroom) -> None:
    """All copies look alike: how much somebody has to lose is nobody's to know."""
    right = SlotOpened(secret(), a_copy()).write()
    token = open_mailroom.program.token_header()
    for wrong in (right[:-1], right + b"\0"):
        assert problem(open_mailroom.post(ROUTE, wrong, token)) == "wrong-size"
    assert problem(open_mailroom.post(ROUTE, b"\2" + right[1:], token)) == "wrong-layout"
    assert open_mailroom.post(ROUTE, right, token).status == 201
