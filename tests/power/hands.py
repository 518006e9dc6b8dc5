"""People who ask, leave letters, claim, answer, resume and close, and never give up halfway.

Each says to the ledger what is tried and what was told. A line that breaks is tried again, as a
pocket does; a letter alone is not, for it is told apart from its copy only by whoever opens it.
"""

import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from http.client import HTTPException

from leanto.wire.head import Head
from leanto.wire.requests import Act
from leanto.wire.tokens import Token
from tests.harness.mailroom import Mailroom, problem
from tests.harness.net import Answer
from tests.harness.stand_ins import Officer, Peer, envelope, leave, secret
from tests.power.ledger import (
    CLOSED,
    ENDED,
    HELD,
    NOTHING,
    OPEN,
    Board,
    Letter,
    Request,
    Step,
    Thing,
)

RECEIPT_BYTES = 64
GONE = "request-unknown"


class Stubborn:
    """Somebody who acts until told to stop, and repeats what got no answer."""

    def __init__(self, mailroom: Mailroom, say: Callable[[Step], None]) -> None:
        self.wrongs: list[str] = []
        self._mailroom = mailroom
        self._say = say

    def live(self) -> None:
        """One thing after the other, once."""
        raise NotImplementedError

    def live_until(self, over: threading.Event) -> None:
        """Again and again until it is over; what goes wrong by itself is a wrong, too."""
        try:
            while not over.is_set():
                self.live()
        except Exception as fault:  # noqa: BLE001 - a thread that dies must not look like peace
            self.wrongs.append(repr(fault))

    def _do(self, act: Callable[[], Answer], *brings: tuple[Thing, str]) -> Answer:
        for thing, state in brings:
            self._say(Step(thing, state, told=False))
        answer = self._until_answered(act)
        self._note(answer, *brings)
        return answer

    def _note(self, answer: Answer, *brought: tuple[Thing, str]) -> None:
        # An end that is said again finds nothing left to end.
        if answer.status >= 300 and (brought[0][1] != ENDED or problem(answer) != GONE):
            self.wrongs.append(f"refused: {problem(answer)} where {brought[0][1]} was tried")
            return
        for thing, state in brought:
            self._say(Step(thing, state, told=True))

    def _until_answered[T](self, act: Callable[[], T]) -> T:
        while True:
            try:
                return act()
            except (OSError, HTTPException):
                self._mailroom.wait_until_up()


class Hand(Stubborn):
    """One officer after the other, each with a request of their own, and their peers."""

    def __init__(
        self,
        mailroom: Mailroom,
        peers: Sequence[Peer],
        chance: random.Random,
        say: Callable[[Step], None],
    ) -> None:
        super().__init__(mailroom, say)
        self._peers = peers
        self._chance = chance

    def live(self) -> None:
        """From asking to the end that chance chooses, or none."""
        ana, token = Officer(self._mailroom), self._mailroom.program.token_header()
        pair = self._chance.sample(self._peers, 2)
        first, second = (replace(one, talk_key=secret()) for one in pair)
        request = Request(
            id=ana.request_id,
            token_digest=sha256(Token.from_header(token).write()).digest(),
            reply_address=ana.address,
            copies=2,
            talk_addresses=tuple((one.address, one.talk_address) for one in (first, second)),
        )
        self._ask(request, ana.ask_body(first, second), token)
        letters = [self._leave(ana) for _ in range(2)]
        letters.append(self._take(request, ana, first, second))
        self._read(ana, letters)
        self._end(request, ana, letters)

    def _ask(self, request: Request, body: bytes, token: str) -> None:
        def ask() -> Answer:
            return self._mailroom.post("/requests", body, token)

        told = self._do(ask, (request, OPEN))
        again = self._until_answered(ask)
        if told.body[-RECEIPT_BYTES:] != again.body[-RECEIPT_BYTES:]:
            self.wrongs.append("the same pass and body got another receipt")

    def _leave(self, ana: Officer) -> Letter:
        letter = Letter(envelope())
        self._say(Step(letter, HELD, told=False))
        try:
            answer = leave(self._mailroom, ana.address, letter.body)
        except (OSError, HTTPException):
            return letter  # nobody knows
        self._note(answer, (letter, HELD))
        return letter

    def _take(self, request: Request, ana: Officer, first: Peer, second: Peer) -> Letter:
        """Claimed by one, perhaps given back or resumed, and answered; gives the answer."""
        self._claim(request, first, other=second)
        holder = first
        if self._chance.random() < 0.2:
            self._do(lambda: first.decline(ana.request_id), (request, OPEN))
            self._claim(request, second, other=first)
            holder = second
        words = Letter(envelope())
        self._answer(request, holder, words)
        if holder is first and self._chance.random() < 0.3:
            self._do(lambda: ana.act(Act.RESUME), (request, OPEN))
            self._claim(request, second, other=first)
        return words

    def _claim(self, request: Request, winner: Peer, *, other: Peer) -> None:
        self._do(lambda: winner.claim(request.id), (request, f"TAKEN by {winner.address.hex()}"))
        second = self._until_answered(lambda: other.claim(request.id))
        if problem(second) != "request-taken":
            self.wrongs.append(f"a second winner: {problem(second)}")

    def _answer(self, request: Request, holder: Peer, words: Letter) -> None:
        answered = (request, f"ANSWERED by {holder.address.hex()}")
        self._do(lambda: holder.answer(request.id, words.body), answered, (words, HELD))

    def _read(self, ana: Officer, letters: Sequence[Letter]) -> None:
        kept = self._until_answered(ana.fetch)
        ids = {Letter(one.envelope): one.id for one in kept}
        if len(ids) != len(kept) or letters[-1] not in ids:
            self.wrongs.append("what was fetched is doubled, or lacks the answer")
        for letter in letters[:2]:
            if letter in ids and self._chance.random() < 0.5:
                self._forget(ana, letter, ids[letter])

    def _forget(self, ana: Officer, letter: Letter, number: bytes) -> None:
        self._do(lambda: ana.forget(number), (letter, NOTHING))

    def _end(self, request: Request, ana: Officer, letters: Sequence[Letter]) -> None:
        ends = self._chance.random()
        if ends < 0.2:
            return
        if ends < 0.5:
            self._do(lambda: ana.act(Act.CLOSE), (request, ENDED))
            return
        self._do(ana.close, (request, CLOSED), *((one, NOTHING) for one in letters))


class Desk(Stubborn):
    """Publishes one bulletin after the other, always with the same peers on duty."""

    def __init__(
        self, mailroom: Mailroom, peers: Sequence[Peer], say: Callable[[Step], None]
    ) -> None:
        super().__init__(mailroom, say)
        self._peers = [one.address for one in peers]

    def live(self) -> None:
        """The next bulletin, two serials on: then it has to name none before it."""
        shown = self._until_answered(lambda: self._mailroom.ask("GET", "/bulletin/head"))
        serial = Head.read(shown.body).serial
        self._say(Step(Board(), f"serial {[serial]}", told=True))
        body = self._mailroom.program.bulletin(*self._peers, serial=serial + 2)
        hangs = (Board(), f"serial {[serial + 2]}")
        self._do(lambda: self._mailroom.ask("PUT", "/bulletin", body), hangs)
