"""A request for help through a real mailroom, with stand-ins for officers and peers."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from leanto.wire.listening import (
    EnvelopeFrame,
    Found,
    Hush,
    HushReason,
    Listening,
    RequestFrame,
    Ring,
)
from leanto.wire.mailboxes import address_of
from leanto.wire.requests import Act, Claimed, RequestState, Seal, Sealed, Slot, Wish
from tests.harness.mailroom import Mailroom, problem
from tests.harness.stand_ins import Line, Officer, Peer, envelope, leave, line_to, secret


def on_duty(mailroom: Mailroom, count: int) -> list[Peer]:
    """So many peers, all on duty around the clock."""
    peers = [Peer(mailroom) for _ in range(count)]
    mailroom.publish(*(one.address for one in peers))
    return peers


def listen_all(line: Line, peers: Sequence[Peer]) -> None:
    line.listen(*(one.read_key for one in peers))


def test_a_peer_hears_the_ring_and_the_officer_reads_the_answer(mailroom: Mailroom) -> None:
    """The whole way: asked, rung, claimed, answered, and every other phone falls silent."""
    ben, cleo = on_duty(mailroom, 2)
    ana = Officer(mailroom)
    with line_to(mailroom) as bens, line_to(mailroom) as cleos, line_to(mailroom) as anas:
        bens.listen(ben.read_key)
        cleos.listen(cleo.read_key)
        anas.listen(ana.read_key)
        assert ana.ask(ben, cleo).kept == 2
        assert anas.next(RequestFrame).state == RequestState.RINGING
        assert bens.next(Ring).request_id == ana.request_id
        assert cleos.next(Ring).duty_address == cleo.address
        assert ben.claim(ana.request_id).status == 200
        words = envelope()
        assert ben.answer(ana.request_id, words).status == 201
        assert anas.next(EnvelopeFrame).envelope == words
        assert cleos.next(Hush).reason == HushReason.ANSWERED
        assert ana.state() == RequestState.ANSWERED
        assert ana.act(Act.CLOSE).status == 204
        assert problem(ben.claim(ana.request_id)) == "request-unknown"


def test_only_the_winner_is_handed_the_sealed_request(mailroom: Mailroom) -> None:
    """Ten phones claim at once: one gets the words' address, nine are told it is taken."""
    peers = on_duty(mailroom, 10)
    ana = Officer(mailroom)
    ana.ask(*peers)
    with ThreadPoolExecutor(10) as at_once:
        answers = list(at_once.map(lambda peer: peer.claim(ana.request_id), peers))
    statuses = sorted(one.status for one in answers)
    assert statuses == [200] + [409] * 9
    winner = next(peer for peer, one in zip(peers, answers, strict=True) if one.status == 200)
    first = next(one for one in answers if one.status == 200)
    assert winner.claim(ana.request_id).body == first.body
    assert Claimed.read(first.body).sealed
    loser = next(peer for peer in peers if peer is not winner)
    assert problem(loser.claim(ana.request_id)) == "request-taken"
    assert problem(loser.answer(ana.request_id)) == "request-taken"


def test_max_gets_one_mailbox_for_a_ring_however_often_he_claims(mailroom: Mailroom) -> None:
    """A claim costs no pass: said again, or after giving it back, it opens nothing more."""
    (max_on_duty,) = on_duty(mailroom, 1)
    ana = Officer(mailroom)
    ana.ask(max_on_duty)
    assert max_on_duty.claim(ana.request_id).status == 200
    first, max_on_duty.talk_key = max_on_duty.talk_key, secret()
    assert max_on_duty.claim(ana.request_id).status == 200
    assert max_on_duty.decline(ana.request_id).status == 204
    assert problem(max_on_duty.claim(ana.request_id)) == "request-taken"
    assert leave(mailroom, address_of(first)).status == 201
    assert problem(leave(mailroom, address_of(max_on_duty.talk_key))) == "mailbox-unknown"


def test_an_answer_after_a_minute_is_refused_and_the_next_phone_rings(mailroom: Mailroom) -> None:
    """A claim is no answer: sixty seconds without words, and the request goes on."""
    ben, cleo = on_duty(mailroom, 2)
    ana = Officer(mailroom)
    with line_to(mailroom) as bens, line_to(mailroom) as cleos:
        bens.listen(ben.read_key)
        ana.ask(ben, cleo)
        bens.next(Ring)
        assert ben.claim(ana.request_id).status == 200
        cleos.listen(cleo.read_key)
        assert cleos.quiet(Ring, for_seconds=0.5)
        mailroom.clock.forward(seconds=61)
        assert cleos.next(Ring).request_id == ana.request_id
        assert problem(ben.answer(ana.request_id)) == "request-taken"
        assert problem(ben.claim(ana.request_id)) == "request-taken"
        assert cleo.claim(ana.request_id).status == 200
        words = envelope()
        assert cleo.answer(ana.request_id, words).status == 201
        assert cleo.answer(ana.request_id, envelope()).status == 201
        assert [kept.envelope for kept in ana.fetch()] == [words]


def test_a_peer_who_passes_is_replaced_at_once(mailroom: Mailroom) -> None:
    """Three phones ring; a fourth only because one said no."""
    peers = on_duty(mailroom, 4)
    ana = Officer(mailroom)
    with line_to(mailroom) as line:
        listen_all(line, peers)
        ana.ask(*peers)
        rung = {line.next(Ring).duty_address for _ in range(3)}
        assert line.quiet(Ring, for_seconds=1.5)
        decliner = next(one for one in peers if one.address in rung)
        assert decliner.decline(ana.request_id).status == 204
        assert line.next(Ring).duty_address not in rung


def test_a_chosen_peer_rings_alone_until_the_officer_wants_others(mailroom: Mailroom) -> None:
    """The minute belongs to the one who was chosen, unless Ana says otherwise."""
    peers = on_duty(mailroom, 3)
    ana = Officer(mailroom)
    with line_to(mailroom) as line:
        listen_all(line, peers)
        ana.ask(*peers, wish=Wish.CHOSEN_FIRST)
        assert line.next(Ring).duty_address == peers[0].address
        assert line.quiet(Ring, for_seconds=1.5)
        assert ana.act(Act.RING_OTHERS).status == 204
        others = {line.next(Ring).duty_address for _ in range(2)}
        assert others == {peers[1].address, peers[2].address}


def test_nobody_listening_is_said_and_mended_by_the_first_who_comes(mailroom: Mailroom) -> None:
    """Never a silent queue: Ana is told, and whoever opens a pocket is rung at once."""
    (ben,) = on_duty(mailroom, 1)
    ana = Officer(mailroom)
    with line_to(mailroom) as anas, line_to(mailroom) as bens:
        anas.listen(ana.read_key)
        ana.ask(ben)
        assert anas.next(RequestFrame).state == RequestState.NOBODY_LEFT
        bens.listen(ben.read_key)
        assert bens.next(Ring).request_id == ana.request_id
        assert anas.next(RequestFrame).state == RequestState.RINGING


def test_a_phone_that_comes_back_is_told_again(mailroom: Mailroom) -> None:
    """A dropped line or a server ended by force loses no ring."""
    (ben,) = on_duty(mailroom, 1)
    ana = Officer(mailroom)
    with line_to(mailroom) as line:
        line.listen(ben.read_key)
        ana.ask(ben)
        line.next(Ring)
    with line_to(mailroom) as line:
        line.listen(ben.read_key)
        assert line.next(Ring).request_id == ana.request_id


def test_a_removed_peer_loses_the_claim_and_others_ring(mailroom: Mailroom) -> None:
    """Whom the newest bulletin lacks can claim nothing, and holds nothing up."""
    ben, cleo = on_duty(mailroom, 2)
    ana = Officer(mailroom)
    with line_to(mailroom) as bens, line_to(mailroom) as cleos:
        bens.listen(ben.read_key)
        ana.ask(ben, cleo)
        bens.next(Ring)
        assert ben.claim(ana.request_id).status == 200
        mailroom.publish(cleo.address, serial=2)
        cleos.listen(cleo.read_key)
        assert cleos.next(Ring).request_id == ana.request_id
        assert problem(ben.answer(ana.request_id)) == "request-unknown"


def test_a_removed_phone_falls_silent(mailroom: Mailroom) -> None:
    """Nobody rings who is no longer listed."""
    ben, cleo = on_duty(mailroom, 2)
    with line_to(mailroom) as bens:
        bens.listen(ben.read_key)
        Officer(mailroom).ask(ben)
        bens.next(Ring)
        mailroom.publish(cleo.address, serial=2)
        assert bens.next(Hush).reason == HushReason.NO_LONGER_LISTED


def test_a_phone_hears_when_it_is_listed_and_when_no_more(mailroom: Mailroom) -> None:
    """Nobody goes on believing to be in reach, and nobody has to ask."""
    ben = Peer(mailroom)
    mailroom.publish()
    with line_to(mailroom) as bens:
        assert bens.listen(ben.read_key).found == ((ben.address, Found.UNKNOWN),)
        mailroom.publish(ben.address, serial=2)
        assert bens.next(Listening).found == ((ben.address, Found.DUTY_MAILBOX),)
        mailroom.publish(serial=3)
        assert bens.next(Listening).found == ((ben.address, Found.UNKNOWN),)


def test_the_officer_cancels_and_every_phone_falls_silent(mailroom: Mailroom) -> None:
    """Only Ana ends it; Max with the wrong key ends nothing."""
    (ben,) = on_duty(mailroom, 1)
    ana, officer_max = Officer(mailroom), Officer(mailroom)
    with line_to(mailroom) as bens:
        bens.listen(ben.read_key)
        ana.ask(ben)
        bens.next(Ring)
        officer_max.request_id = ana.request_id
        assert problem(officer_max.act(Act.CANCEL)) == "request-unknown"
        assert ana.act(Act.CANCEL).status == 204
        assert bens.next(Hush).reason == HushReason.ENDED
        assert problem(ana.act(Act.CANCEL)) == "request-unknown"
        assert leave(mailroom, ana.address).status == 201


def test_what_was_taken_back_never_rings_though_the_asking_comes_later(mailroom: Mailroom) -> None:
    """A cancel overtaken by its own late asking would leave phones ringing for nobody."""
    (ben,) = on_duty(mailroom, 1)
    ana = Officer(mailroom)
    token = mailroom.program.token_header()
    with line_to(mailroom) as bens:
        bens.listen(ben.read_key)
        assert ana.withdraw(token).status == 204
        assert ana.withdraw(token).status == 204
        late = mailroom.post("/requests", ana.ask_body(ben), token)
        assert problem(late) == "token-spent"
        assert bens.quiet(Ring, for_seconds=0.5)
    assert problem(leave(mailroom, ana.address)) == "mailbox-unknown"


def test_what_came_before_it_was_taken_back_falls_silent(mailroom: Mailroom) -> None:
    """Whoever lost the answer to the asking can still end what rings."""
    (ben,) = on_duty(mailroom, 1)
    ana = Officer(mailroom)
    token = mailroom.program.token_header()
    with line_to(mailroom) as bens:
        bens.listen(ben.read_key)
        assert mailroom.post("/requests", ana.ask_body(ben), token).status == 201
        assert bens.next(Ring).request_id == ana.request_id
        assert ana.withdraw(token).status == 204
        assert bens.next(Hush).reason == HushReason.ENDED
    assert problem(ben.claim(ana.request_id)) == "request-unknown"
    assert problem(leave(mailroom, ana.address)) == "mailbox-unknown"


def test_a_resumed_request_rings_the_others_again(mailroom: Mailroom) -> None:
    """No verified words: the claimer is left out, the rest ring, and no pass is spent."""
    ben, cleo = on_duty(mailroom, 2)
    ana = Officer(mailroom)
    with line_to(mailroom) as bens, line_to(mailroom) as cleos:
        bens.listen(ben.read_key)
        ana.ask(ben, cleo)
        bens.next(Ring)
        ben.claim(ana.request_id)
        ben.answer(ana.request_id)
        cleos.listen(cleo.read_key)
        assert cleos.quiet(Ring, for_seconds=0.5)
        assert ana.act(Act.RESUME).status == 204
        assert cleos.next(Ring).request_id == ana.request_id


def test_more_peers_can_be_asked_without_another_pass(mailroom: Mailroom) -> None:
    """Sealed later, rung like the first; what was there is never replaced."""
    ben, cleo = on_duty(mailroom, 2)
    ana = Officer(mailroom)
    ana.ask(ben)
    with line_to(mailroom) as cleos:
        cleos.listen(cleo.read_key)
        spare = [Slot(bytes(16), envelope()) for _ in range(10)]
        slots = (Slot(ben.address, envelope()), Slot(cleo.address, envelope()), *spare)
        body = Seal(request_id=ana.request_id, read_key=ana.read_key, slots=slots)
        answer = mailroom.post("/requests/seal", body.write())
        assert Sealed.read(answer.body).kept == 2
        assert cleos.next(Ring).request_id == ana.request_id


def test_an_open_request_is_gone_after_seven_days(mailroom: Mailroom) -> None:
    """Nothing rings for ever."""
    (ben,) = on_duty(mailroom, 1)
    ana = Officer(mailroom)
    with line_to(mailroom) as bens:
        bens.listen(ben.read_key)
        ana.ask(ben)
        bens.next(Ring)
        mailroom.let_pass(days=7)
        assert bens.next(Hush, within_seconds=10).reason == HushReason.ENDED
        assert problem(ben.claim(ana.request_id)) == "request-unknown"


def test_a_clock_set_back_does_not_silence_a_request(mailroom: Mailroom) -> None:
    """An hour back, and the next phone still rings within seconds."""
    ben, cleo = on_duty(mailroom, 2)
    ana = Officer(mailroom)
    with line_to(mailroom) as line:
        line.listen(ben.read_key)
        ana.ask(ben, cleo)
        line.next(Ring)
        mailroom.clock.forward(seconds=-3600)
        assert line.next(Ring).duty_address == ben.address
