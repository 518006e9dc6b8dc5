"""Letters through a real mailroom: left, pushed, fetched, forgotten, and gone from the disk."""

import time

from leanto.mailroom.sweeping import EVERY_SECONDS
from leanto.wire.listening import EnvelopeFrame, Forgotten, Found, Leave, Listen
from leanto.wire.mailboxes import Post, ReadKeyBody
from tests.harness.mailroom import Mailroom, problem
from tests.harness.stand_ins import Officer, Peer, envelope, leave, line_to, secret


def ana_with_a_mailbox(mailroom: Mailroom) -> Officer:
    """Ana has asked for help, so she has a reply mailbox; nobody claims."""
    ben = Peer(mailroom)
    mailroom.publish(ben.address)
    ana = Officer(mailroom)
    ana.ask(ben)
    return ana


def test_a_letter_waits_until_its_owner_has_it(mailroom: Mailroom) -> None:
    """What was left is there, once, until its owner forgets it."""
    ana = ana_with_a_mailbox(mailroom)
    words = envelope()
    assert leave(mailroom, ana.address, words).status == 201
    (kept,) = ana.fetch()
    assert kept.envelope == words
    assert ana.forget(kept.id).status == 204
    assert ana.forget(kept.id).status == 204
    assert ana.fetch() == ()


def test_a_letter_is_pushed_to_an_open_line_and_again_after_each_listen(
    mailroom: Mailroom,
) -> None:
    """At least once: only what was forgotten does not come again."""
    ana = ana_with_a_mailbox(mailroom)
    first, second = envelope(), envelope()
    assert leave(mailroom, ana.address, first).status == 201
    with line_to(mailroom) as line:
        assert line.listen(ana.read_key).found == ((ana.address, Found.MAILBOX),)
        stored = line.next(EnvelopeFrame)
        assert stored.envelope == first
        assert leave(mailroom, ana.address, second).status == 201
        assert line.next(EnvelopeFrame).envelope == second
        line.forget(ana.address, stored.id)
        assert line.next(Forgotten).ids == (stored.id,)
    with line_to(mailroom) as line:
        line.listen(ana.read_key)
        assert line.next(EnvelopeFrame).envelope == second
        assert line.quiet(EnvelopeFrame, for_seconds=0.3)


def test_a_full_mailbox_says_so_and_a_long_one_is_told_whole(mailroom: Mailroom) -> None:
    """512 letters and no more; a line that opens late is given every one of them."""
    ana = ana_with_a_mailbox(mailroom)
    letters = {envelope() for _ in range(512)}
    for one in letters:
        assert leave(mailroom, ana.address, one).status == 201
    assert problem(leave(mailroom, ana.address)) == "mailbox-full"
    with line_to(mailroom) as line:
        line.listen(ana.read_key)
        assert {line.next(EnvelopeFrame).envelope for _ in letters} == letters


def test_a_second_pocket_takes_the_mailbox_over(mailroom: Mailroom) -> None:
    """One pocket per mailbox: the newer line hears it, the older one no more."""
    ana = ana_with_a_mailbox(mailroom)
    with line_to(mailroom) as older, line_to(mailroom) as newer:
        older.listen(ana.read_key)
        newer.listen(ana.read_key)
        leave(mailroom, ana.address)
        newer.next(EnvelopeFrame)
        assert older.quiet(EnvelopeFrame, for_seconds=0.3)
        newer.send(Leave(ana.address).write())
        newer.listen(secret())
        leave(mailroom, ana.address)
        assert newer.quiet(EnvelopeFrame, for_seconds=0.3)


def test_max_cannot_tell_why_a_mailbox_does_not_open(mailroom: Mailroom) -> None:
    """Someone else's, unknown, expired or on duty: one answer, byte for byte."""
    ben = Peer(mailroom)
    mailroom.publish(ben.address)
    ana = Officer(mailroom)
    ana.ask(ben)
    refusals = [
        leave(mailroom, Officer(mailroom).address),
        leave(mailroom, ben.address),
        mailroom.post("/envelopes/fetch", ReadKeyBody(secret()).write()),
        mailroom.post("/envelopes/fetch", ReadKeyBody(ben.read_key).write()),
    ]
    mailroom.clock.forward(days=50)
    refusals.append(leave(mailroom, ana.address))
    refusals.append(mailroom.post("/envelopes/fetch", ReadKeyBody(ana.read_key).write()))
    assert {problem(one) for one in refusals} == {"mailbox-unknown"}
    assert len({one.body for one in refusals}) == 1


def test_an_envelope_of_the_wrong_size_is_refused(mailroom: Mailroom) -> None:
    """All letters look alike: one byte more or less, and nothing is kept."""
    ana = ana_with_a_mailbox(mailroom)
    right = Post(ana.address, envelope()).write()
    assert problem(mailroom.post("/envelopes", right[:-1])) == "wrong-size"
    assert problem(mailroom.post("/envelopes", right + b"\0")) == "wrong-size"
    assert problem(mailroom.post("/envelopes", b"\2" + right[1:])) == "wrong-layout"
    assert ana.fetch() == ()


def test_a_line_that_speaks_wrongly_is_closed(mailroom: Mailroom) -> None:
    """Text, an unknown kind, a wrong length, too many mailboxes, no listen first."""
    too_many = [Listen(tuple(secret() for _ in range(20))).write() for _ in range(2)]
    for frames in (["words"], [b"\x09"], [b"\1\1\1"], [Leave(bytes(16)).write()], too_many):
        with line_to(mailroom) as line:
            for frame in frames:
                line.send(frame)
            assert line.closed_with() == 1008


def test_a_letter_nobody_fetched_is_gone_after_14_days(mailroom: Mailroom) -> None:
    """What has had its day goes by itself; a mailbox in use stays."""
    ana = ana_with_a_mailbox(mailroom)
    words = envelope()
    leave(mailroom, ana.address, words)
    mailroom.clock.forward(days=13)
    assert [kept.envelope for kept in ana.fetch()] == [words]
    mailroom.let_pass(days=1)
    assert mailroom.loses(words, within_seconds=10)
    assert ana.fetch() == ()


def test_a_clock_that_jumps_a_year_ahead_empties_no_mailbox(mailroom: Mailroom) -> None:
    """Somebody sets it right within the hour, and everything is where it was."""
    ana = ana_with_a_mailbox(mailroom)
    words = envelope()
    leave(mailroom, ana.address, words)
    mailroom.clock.forward(days=365)
    time.sleep(EVERY_SECONDS + 1)
    mailroom.clock.forward(days=-365)
    assert [kept.envelope for kept in ana.fetch()] == [words]


def test_a_forgotten_letter_leaves_every_file_while_the_mailroom_runs(mailroom: Mailroom) -> None:
    """Who takes the disk ten seconds later finds nothing of it, not even in the log."""
    ana = ana_with_a_mailbox(mailroom)
    letters = [envelope() for _ in range(40)]
    for one in letters:
        leave(mailroom, ana.address, one)
    assert all(mailroom.holds(one) for one in letters)
    kept = ana.fetch()
    ana.forget(*(one.id for one in kept))
    assert all(mailroom.loses(one.envelope, within_seconds=10) for one in kept)
    forgotten = {one.envelope for one in kept}
    assert all(mailroom.holds(one) for one in letters if one not in forgotten)


def test_a_closed_mailbox_takes_everything_with_it(mailroom: Mailroom) -> None:
    """Burn: letters, mailbox and request leave together."""
    ana = ana_with_a_mailbox(mailroom)
    words = envelope()
    leave(mailroom, ana.address, words)
    close = ReadKeyBody(ana.read_key).write()
    assert mailroom.post("/mailboxes/close", close).status == 204
    assert mailroom.post("/mailboxes/close", close).status == 204
    assert problem(leave(mailroom, ana.address)) == "mailbox-unknown"
    assert mailroom.loses(words, within_seconds=10)
    assert mailroom.loses(ana.request_id, within_seconds=10)
