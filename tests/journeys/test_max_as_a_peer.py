"""Max as a peer, vouched for or nearly: he can waste a minute, and change nobody's request."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from leanto.wire.mailboxes import ReadKeyBody
from leanto.wire.requests import Claim
from tests.harness import net, officer, supporter
from tests.harness.cast import Cast
from tests.harness.mailroom import OCTETS, Mailroom, problem
from tests.harness.meddler import Between
from tests.harness.stand_ins import Officer, Peer, envelope

pytestmark = pytest.mark.journey


def test_who_answers_twice_is_heard_once(mailroom: Mailroom) -> None:
    """The first answer stands: another one later, by the same or by another peer, is not there."""
    max_, ben = Peer(mailroom), Peer(mailroom)
    mailroom.publish(max_.address, ben.address)
    ana = Officer(mailroom)
    ana.ask(max_, ben)
    assert max_.claim(ana.request_id).status == 200
    first = envelope()
    assert max_.answer(ana.request_id, first).status == 201
    for _ in range(3):
        assert max_.answer(ana.request_id).status == 201
    assert problem(ben.answer(ana.request_id)) == "request-taken"
    assert problem(ben.claim(ana.request_id)) == "request-taken"
    assert [one.envelope for one in ana.fetch()] == [first]


def test_a_claim_takes_nobodys_mailbox_over(mailroom: Mailroom) -> None:
    """Max names Ana's mailbox, or Ben's duty mailbox, as his own for the talk: nothing moves."""
    max_, ben = Peer(mailroom), Peer(mailroom)
    mailroom.publish(max_.address, ben.address)
    ana, other = Officer(mailroom), Officer(mailroom)
    ana.ask(max_, ben)
    other.ask(max_, ben)
    for request_id, address in ((ana.request_id, other.address), (other.request_id, ben.address)):
        body = Claim(request_id=request_id, read_key=max_.read_key, talk_address=address)
        mailroom.post("/requests/claim", body.write())
    assert mailroom.post("/mailboxes/close", ReadKeyBody(max_.read_key).write()).status in {
        204,
        404,
    }
    assert other.fetch() == ()
    assert max_.decline(other.request_id).status == 204
    assert ben.claim(other.request_id).status == 200
    assert ben.answer(other.request_id).status == 201
    assert len(other.fetch()) == 1


def test_an_invitation_serves_one_phone(ambush: Between, cast: Cast) -> None:
    """If Max was faster with Ben's invitation, Ben's phone says so, and the words tell Cleo."""
    house = ambush.house
    invite = ("invite", "peer", "--data", house.data, "--name", "Ben Aldous", "--agency", "ash-pd")
    link = house.leanto(*invite).strip()
    max_ = cast.person("max-as-ben", origins=house.origins)
    supporter.hands_in(max_, link, handle="Benny")
    ben = cast.person("ben", origins=house.origins)
    ben.refusals.add(409)
    ben.opens(link)
    officer.says_own_device(ben)
    ben.sees("Your invitation")
    ben.presses("Go on")
    ben.reads("This invitation was used on another device.")
    officer.still_has_the_lines(ben)


def test_a_flood_of_guessed_invitations_holds_nobody_up(ambush: Between) -> None:
    """Four hundred: one answer for each, and whoever comes meanwhile hardly waits."""
    desk = ambush.house.desk
    guesses = [b"\1" + os.urandom(16) for _ in range(400)]

    def guess(body: bytes) -> tuple[str, bytes]:
        answer = net.request("POST", desk + "/enrolment/state", body=body, headers=OCTETS)
        return problem(answer), answer.body

    with ThreadPoolExecutor(16) as max_and_friends:
        flood = max_and_friends.map(guess, guesses)
        began = time.monotonic()
        assert net.request("GET", desk + "/sign-in/").status == 200
        assert net.request("GET", ambush.house.mailroom + "/bulletin/head").status == 200
        assert time.monotonic() - began < 10
        answers = set(flood)
    assert {name for name, _ in answers} == {"invitation-unknown"}
    assert len(answers) == 1
