"""Passes at a real mailroom: one of us, once."""

import os
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from leanto.wire.requests import Asked
from leanto.wire.tokens import Token, body_digest
from tests.harness.mailroom import Mailroom, problem
from tests.harness.stand_ins import Officer, Peer

ROUTE = "/requests"


def ben_on_duty(mailroom: Mailroom) -> Peer:
    ben = Peer(mailroom)
    mailroom.publish(ben.address)
    return ben


def test_the_receipt_proves_what_was_received(mailroom: Mailroom) -> None:
    """*Received* is shown for this signature and for nothing else."""
    ana = Officer(mailroom)
    body = ana.ask_body(ben_on_duty(mailroom))
    answer = mailroom.post(ROUTE, body, mailroom.program.token_header())
    digest = body_digest(method="POST", path=ROUTE, body=body)
    assert mailroom.receipt_verifies(Asked.read(answer.body).receipt, ROUTE, digest, 201)


def test_the_same_pass_and_words_get_the_same_answer(mailroom: Mailroom) -> None:
    """A line that drops at any byte costs nothing: ask again, one request, one pass."""
    ana = Officer(mailroom)
    body = ana.ask_body(ben_on_duty(mailroom))
    token = mailroom.program.token_header()
    first = mailroom.post(ROUTE, body, token)
    assert first.status == 201
    mailroom.stop()
    mailroom.start()
    again = mailroom.post(ROUTE, body, token)
    assert (again.status, again.body) == (201, first.body)


def test_a_pass_is_spent_once(mailroom: Mailroom) -> None:
    """Max cannot ask twice with one pass."""
    ben = ben_on_duty(mailroom)
    token = mailroom.program.token_header()
    assert mailroom.post(ROUTE, Officer(mailroom).ask_body(ben), token).status == 201
    other = Officer(mailroom)
    assert problem(mailroom.post(ROUTE, other.ask_body(ben), token)) == "token-spent"


def test_a_refused_request_burns_nothing(mailroom: Mailroom) -> None:
    """Nobody left, or an id that exists: the same pass still asks."""
    ben = ben_on_duty(mailroom)
    ana, bob = Officer(mailroom), Officer(mailroom)
    ana.ask(ben)
    token = mailroom.program.token_header()
    assert problem(mailroom.post(ROUTE, bob.ask_body(Peer(mailroom)), token)) == "nobody-left"
    same_id = Officer(mailroom, request_id=ana.request_id)
    assert problem(mailroom.post(ROUTE, same_id.ask_body(ben), token)) == "request-exists"
    same_mailbox = Officer(mailroom, read_key=ana.read_key)
    assert problem(mailroom.post(ROUTE, same_mailbox.ask_body(ben), token)) == "request-exists"
    bens_own = Officer(mailroom, read_key=ben.read_key)
    assert problem(mailroom.post(ROUTE, bens_own.ask_body(ben), token)) == "request-exists"
    wrong_size = bob.ask_body(ben) + b"\0"
    assert problem(mailroom.post(ROUTE, wrong_size, token)) == "wrong-size"
    assert mailroom.post(ROUTE, bob.ask_body(ben), token).status == 201


def test_what_is_no_pass_of_ours_is_refused(mailroom: Mailroom) -> None:
    """Missing, forged, changed, for another program, or retired."""
    body = Officer(mailroom).ask_body(ben_on_duty(mailroom))
    good = Token.from_header(mailroom.program.token_header())
    forged = mailroom.program.token_header(key=generate_private_key(65537, 2048))
    changed = replace(good, nonce=os.urandom(32)).header()
    elsewhere = mailroom.program.token_header(program_id=os.urandom(16))
    unknown_key = replace(good, token_key_id=os.urandom(32)).header()
    assert problem(mailroom.post(ROUTE, body)) == "token-missing"
    for token in (forged, changed, elsewhere, unknown_key, "PrivateToken token=???", "Bearer x"):
        assert problem(mailroom.post(ROUTE, body, token)) == "token-invalid"
    mailroom.clock.forward(days=81)
    assert problem(mailroom.post(ROUTE, body, good.header())) == "token-invalid"
