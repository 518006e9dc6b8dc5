"""A ring reaches a peer whose phone is asleep: mailroom, notifier, push service and mail server."""

import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from leanto.wire.endpoints import Kind, Pushed, Standing, What
from leanto.wire.listening import Heard, RequestFrame, Ring
from leanto.wire.requests import Act, RequestState
from leanto.wire.wakes import Drills, DutyTest, DutyWakes
from tests.harness.mailroom import Mailroom, problem, running_mailroom
from tests.harness.net import Answer
from tests.harness.stand_ins import Line, Officer, Peer, line_to
from tests.harness.waking.notifier import Notifier, running_notifier

pytestmark = pytest.mark.journey

SOON_SECONDS = 3


class Night:
    """A mailroom and a notifier beside it, and Ben, whose phone is asleep."""

    def __init__(self, mailroom: Mailroom, notifier: Notifier) -> None:
        self.mailroom = mailroom
        self.notifier = notifier
        self.push, self.office = notifier.ways.push, notifier.ways.office
        self.ben = Peer(mailroom)
        mailroom.publish(self.ben.address)

    def named(self, *endpoint_ids: bytes) -> None:
        answer = wakes(self.mailroom, self.ben, *endpoint_ids)
        assert answer.status == 204, answer.body

    def woken_for(self, request_id: bytes) -> bool:
        return request_id in self.mailroom.on_disk()


@contextmanager
def night(folder: Path) -> Iterator[Night]:
    for one in ("notifier", "mailroom"):
        (folder / one).mkdir()
    with (
        running_notifier(folder / "notifier") as notifier,
        running_mailroom(folder / "mailroom") as mailroom,
    ):
        mailroom.stop()
        mailroom.notifier = notifier.place
        mailroom.start()
        yield Night(mailroom, notifier)
        assert mailroom.log.read_text() == ""


@pytest.fixture(scope="module")
def asleep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    with night(tmp_path_factory.mktemp("night")) as one:
        yield one


def test_a_phone_asleep_is_woken_by_push_and_then_by_mail(asleep: Night) -> None:
    """At once; after 20 seconds by the next way; and not one word more once Ben was heard."""
    phone, ana = asleep.notifier.phone("ben"), Officer(asleep.mailroom)
    mailed = asleep.notifier.way(Kind.EMAIL, "ben@example.org")
    third = asleep.notifier.way(Kind.EMAIL, "ben.at.home@example.org")
    asleep.named(phone.id, mailed, third)
    assert ana.ask(asleep.ben).kept == 1
    (came,) = asleep.push.waits_for(1, path="/ben", seconds=SOON_SECONDS)
    assert phone.opens(came.body) == Pushed(What.WAKE, phone.id)
    time.sleep(1.5)
    assert asleep.office.letters == []
    asleep.mailroom.clock.forward(seconds=20)
    asleep.office.waits_for(1, to="ben@example.org", seconds=SOON_SECONDS)
    with line_to(asleep.mailroom) as line:
        line.listen(asleep.ben.read_key)
        assert line.next(Ring).request_id == ana.request_id
        line.send(Heard(asleep.ben.address, ana.request_id).write())
        time.sleep(1)
        asleep.mailroom.clock.forward(seconds=20)
        time.sleep(1.5)
    assert len(asleep.office.letters) == 1
    assert len(asleep.push.waits_for(1, path="/ben")) == 1
    assert ana.act(Act.CLOSE).status == 204
    deadline = time.monotonic() + 10
    while asleep.woken_for(ana.request_id):
        assert time.monotonic() < deadline, "what was woken is kept after the request is closed"
        time.sleep(0.2)


def test_an_open_page_has_five_seconds_to_be_looked_at(asleep: Night) -> None:
    """A line that is open, in a pocket, is not somebody who is there."""
    phone, ana = asleep.notifier.phone("open-page"), Officer(asleep.mailroom)
    asleep.named(phone.id)
    with line_to(asleep.mailroom) as line:
        line.listen(asleep.ben.read_key)
        ana.ask(asleep.ben)
        line.next(Ring)
        time.sleep(1.5)
        assert not [one for one in asleep.push.came if one.path == "/open-page"]
        asleep.mailroom.clock.forward(seconds=5)
        asleep.push.waits_for(1, path="/open-page", seconds=SOON_SECONDS)
    assert ana.act(Act.CLOSE).status == 204


def test_a_phone_that_is_gone_gives_its_turn_to_the_next_at_once(asleep: Night) -> None:
    """No 20 seconds are lost on a phone that was thrown away; and Ben's pocket can see it."""
    lost, ana = asleep.notifier.phone("lost"), Officer(asleep.mailroom)
    mailed = asleep.notifier.way(Kind.EMAIL, "next@example.org")
    asleep.named(lost.id, mailed)
    asleep.push.say.append(410)
    ana.ask(asleep.ben)
    asleep.office.waits_for(1, to="next@example.org", seconds=SOON_SECONDS)
    assert asleep.notifier.state(lost.id).standing is Standing.GONE
    assert ana.act(Act.CLOSE).status == 204


def test_a_peer_to_whom_no_way_leads_is_not_said_to_ring(asleep: Night) -> None:
    """Ben's only phone was thrown away: Ana hears that nobody is left, until he names another."""
    lost, found, ana = (
        asleep.notifier.phone("only"),
        asleep.notifier.phone("new"),
        Officer(asleep.mailroom),
    )
    asleep.named(lost.id)
    asleep.push.say.append(410)
    with line_to(asleep.mailroom) as line:
        line.listen(ana.read_key)
        ana.ask(asleep.ben)
        waits_for(line, RequestState.NOBODY_LEFT)
        asleep.mailroom.clock.forward(seconds=91)  # as long as that ring would have lasted
        asleep.named(found.id)
        waits_for(line, RequestState.RINGING)
        asleep.push.waits_for(1, path="/new", seconds=SOON_SECONDS)
    assert ana.act(Act.CLOSE).status == 204


def test_who_begins_to_rest_while_it_rings_is_woken_no_more(asleep: Night) -> None:
    """Ben hears the first ring and says that he rests: neither mail nor call follows it."""
    phone, ana = asleep.notifier.phone("tired"), Officer(asleep.mailroom)
    mailed = asleep.notifier.way(Kind.EMAIL, "tired@example.org")
    asleep.named(phone.id, mailed)
    ana.ask(asleep.ben)
    asleep.push.waits_for(1, path="/tired", seconds=SOON_SECONDS)
    hour = asleep.mailroom.clock.seconds() // 3600
    assert asleep.ben.rest(until_hour=hour + 2).status == 204
    asleep.mailroom.clock.forward(seconds=21)
    time.sleep(2)
    assert [one for one in asleep.office.letters if "tired@example.org" in one.to] == []
    assert asleep.ben.rest().status == 204
    assert ana.act(Act.CLOSE).status == 204


def test_a_notifier_that_is_down_holds_up_nobody_and_is_told_when_it_is_back(
    asleep: Night,
) -> None:
    """Killed: Ana is received and Dev's page rings; back again: Ben is woken, within seconds."""
    phone, dev, ana = (
        asleep.notifier.phone("later"),
        Peer(asleep.mailroom),
        Officer(asleep.mailroom),
    )
    asleep.mailroom.publish(asleep.ben.address, dev.address, serial=2)
    asleep.named(phone.id)
    asleep.notifier.stop(signal.SIGKILL)
    with line_to(asleep.mailroom) as devs:
        devs.listen(dev.read_key)
        begun = time.monotonic()
        ana.ask(asleep.ben, dev)
        assert devs.next(Ring).request_id == ana.request_id
        assert time.monotonic() - begun < 2
        asleep.notifier.start()
        asleep.mailroom.clock.forward(seconds=5)
        asleep.push.waits_for(1, path="/later", seconds=8)
    assert ana.act(Act.CLOSE).status == 204


def test_a_mailroom_that_was_killed_wakes_again_rather_than_not(tmp_path: Path) -> None:
    """Killed with a wake under way: at least once, and the phone bears to be woken twice."""
    with night(tmp_path) as one:
        phone, ana = one.notifier.phone("ben"), Officer(one.mailroom)
        one.named(phone.id)
        one.push.say += ["hang"]
        ana.ask(one.ben)
        one.push.waits_for(1, seconds=SOON_SECONDS)
        one.mailroom.stop(signal.SIGKILL)
        one.push.ended.set()
        one.mailroom.start()
        came = one.push.waits_for(2, seconds=15)
        assert {phone.opens(each.body) for each in came} == {Pushed(What.WAKE, phone.id)}
        assert len({each.bytes_alike() for each in came}) == 1


def test_ben_tries_whether_he_would_be_woken(asleep: Night) -> None:
    """As a ring does it; not more often than he can look, and only what is his."""
    phone = asleep.notifier.phone("tried")
    asleep.named(phone.id)
    assert tries(asleep.mailroom, asleep.ben, 0).status == 204
    asleep.push.waits_for(1, path="/tried", seconds=SOON_SECONDS)
    assert problem(tries(asleep.mailroom, asleep.ben, 0)) == "too-busy"
    assert problem(tries(asleep.mailroom, asleep.ben, 1)) == "endpoint-unknown"
    asleep.mailroom.clock.forward(seconds=20)
    asleep.push.say.append(404)
    assert problem(tries(asleep.mailroom, asleep.ben, 0)) == "endpoint-unknown"
    max_ = Peer(asleep.mailroom)
    assert problem(tries(asleep.mailroom, max_, 0)) == "request-unknown"
    assert problem(wakes(asleep.mailroom, max_, phone.id)) == "request-unknown"


def test_without_a_notifier_a_peer_is_told_that_nothing_wakes_him(mailroom: Mailroom) -> None:
    """And the rest goes on as before."""
    ben = Peer(mailroom)
    mailroom.publish(ben.address)
    assert wakes(mailroom, ben, bytes([7] * 16)).status == 204
    assert problem(tries(mailroom, ben, 0)) == "too-busy"


def test_without_a_notifier_a_ring_that_was_heard_is_forgotten_with_its_request(
    mailroom: Mailroom,
) -> None:
    """Ben's page says that it is looked at; nothing of that outlives Ana's request."""
    ben, ana = Peer(mailroom), Officer(mailroom)
    mailroom.publish(ben.address)
    ana.ask(ben)
    with line_to(mailroom) as line, closing(sqlite3.connect(mailroom.database)) as held:
        line.listen(ben.read_key)
        line.send(Heard(ben.address, line.next(Ring).request_id).write())
        deadline = time.monotonic() + SOON_SECONDS
        while held.execute("SELECT ring_id FROM woken").fetchall() != [(ana.request_id,)]:
            assert time.monotonic() < deadline, "nothing was heard"
            time.sleep(0.05)
        assert ana.act(Act.CLOSE).status == 204
        assert held.execute("SELECT ring_id FROM woken").fetchall() == []


def waits_for(line: Line, state: RequestState) -> None:
    while line.next(RequestFrame).state is not state:
        pass


def wakes(mailroom: Mailroom, peer: Peer, *endpoint_ids: bytes) -> Answer:
    body = DutyWakes(peer.read_key, Drills.NONE, endpoint_ids)
    return mailroom.post("/duty/wakes", body.write())


def tries(mailroom: Mailroom, peer: Peer, place: int) -> Answer:
    return mailroom.post("/duty/test", DutyTest(peer.read_key, place).write())
