"""The practice peer at work: listens, claims, answers, talks, forgets."""

import secrets
import time
from pathlib import Path

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection

from leanto.sim.pocket.errors import SealError
from leanto.sim.pocket.keepsakes import recognised
from leanto.sim.pocket.seal import open_request
from leanto.sim.practice import rooms, words
from leanto.sim.practice.memory import Memory, Talk, Unseen, load, save
from leanto.sim.practice.talking import (
    begin_talk,
    in_order,
    opened,
    say,
    sealed,
    sealed_received,
)
from leanto.wire.letters import Kind, Letter
from leanto.wire.listening import (
    EnvelopeFrame,
    ForgetFrame,
    Listen,
    Listening,
    Ring,
    read_from_mailroom,
)
from leanto.wire.mailboxes import Post, ReadKeyBody, address_of
from leanto.wire.requests import Answer, Claim, Claimed

THINKS_SECONDS = 2.0
SEND_AGAIN_SECONDS = 30.0
LOOK_UP_SECONDS = 1.0
MOST_KEEPSAKES = 24


class PracticePeer:
    """One practice peer with its own memory, on one mailroom."""

    def __init__(self, *, mailroom: str, memory: Path) -> None:
        rooms.only_here(mailroom)
        self._mailroom = mailroom
        self._path = memory
        self._memory: Memory = load(memory)
        self._me = self._memory.identity.agreement
        self._today = 0
        self._sent_again_at = 0.0

    def run(self) -> None:
        """Work until stopped; a lost line is opened again."""
        while True:
            try:
                with rooms.listen(self._mailroom) as line:
                    self._listen(line)
            except (OSError, WebSocketException, rooms.RoomRefused):
                time.sleep(LOOK_UP_SECONDS)

    def _listen(self, line: ClientConnection) -> None:
        line.send(Listen(self._read_keys()).write())
        self._sent_again_at = 0.0
        while True:
            try:
                frame = line.recv(timeout=LOOK_UP_SECONDS)
            except TimeoutError:
                self._send_again()
                continue
            if isinstance(frame, bytes):
                self._take(read_from_mailroom(frame), line)

    def _take(self, frame: object, line: ClientConnection) -> None:
        if isinstance(frame, Listening):
            self._today = frame.today
        elif isinstance(frame, Ring):
            self._claim(frame, line)
        elif isinstance(frame, EnvelopeFrame):
            self._today = frame.today
            self._read(frame, line)

    def _claim(self, ring: Ring, line: ClientConnection) -> None:
        weeks = self._memory.duty_weeks()
        week = next((one for one in weeks if one.duty_address == ring.duty_address), None)
        if week is None or any(one.request_id == ring.request_id for one in self._memory.talks):
            return
        time.sleep(THINKS_SECONDS)
        read_key = secrets.token_bytes(32)
        claim = Claim(
            request_id=ring.request_id, read_key=week.read_key, talk_address=address_of(read_key)
        )
        try:
            content = rooms.post(self._mailroom, "/requests/claim", claim.write())
            asked = open_request(
                Claimed.read(content).sealed,
                me=self._me,
                keys=[week.sealing],
                address=week.duty_address,
            )
        except (rooms.RoomRefused, SealError):
            return
        talk = begin_talk(asked, read_key=read_key)
        self._memory.talks.append(talk)
        self._answer(talk, week.read_key)
        line.send(Listen((read_key,)).write())
        known = recognised(asked.body, me=self._me.public, keepsakes=self._memory.keepsakes)
        self._send(talk, say(talk, Kind.WORDS, words.FIRST if known is None else words.AGAIN))

    def _answer(self, talk: Talk, duty_read_key: bytes) -> None:
        letter = say(talk, Kind.BEGIN, words.HERE)
        envelope = sealed(talk, letter, me=self._me, today=self._today)
        save(self._memory, self._path)
        answer = Answer(request_id=talk.request_id, read_key=duty_read_key, envelope=envelope)
        rooms.post(self._mailroom, "/requests/answer", answer.write())

    def _read(self, frame: EnvelopeFrame, line: ClientConnection) -> None:
        talk = next(
            (one for one in self._memory.talks if address_of(one.read_key) == frame.address), None
        )
        letters: list[Letter] = []
        if talk is not None:
            try:
                letter = opened(talk, frame.envelope, me=self._me)
            except SealError:
                letter = None
            if letter is not None:
                letters = list(in_order(talk, letter))
                save(self._memory, self._path)
        line.send(ForgetFrame(frame.address, (frame.id,)).write())
        if talk is not None and letters:
            self._respond(talk, letters)

    def _respond(self, talk: Talk, letters: list[Letter]) -> None:
        self._post(talk, sealed_received(talk, me=self._me, today=self._today))
        kinds = {letter.kind for letter in letters}
        kept = [letter.text for letter in letters if letter.kind is Kind.KEEP]
        if kept:
            self._memory.keepsakes = [*self._memory.keepsakes, *kept][-MOST_KEEPSAKES:]
            self._send(talk, say(talk, Kind.WORDS, words.KEPT))
        if kinds & {Kind.BURN, Kind.END}:
            self._drop(talk)
        elif Kind.WORDS in kinds:
            time.sleep(THINKS_SECONDS)
            letter = say(talk, Kind.WORDS, words.answer(talk.turn))
            talk.turn += 1
            self._send(talk, letter)

    def _drop(self, talk: Talk) -> None:
        self._memory.talks.remove(talk)
        save(self._memory, self._path)
        rooms.post(self._mailroom, "/mailboxes/close", ReadKeyBody(talk.read_key).write())

    def _send_again(self) -> None:
        if time.monotonic() - self._sent_again_at < SEND_AGAIN_SECONDS:
            return
        self._sent_again_at = time.monotonic()
        for talk in self._memory.talks:
            for letter in list(talk.unseen):
                self._send(talk, letter)

    def _send(self, talk: Talk, letter: Unseen) -> None:
        envelope = sealed(talk, letter, me=self._me, today=self._today)
        self._post(talk, envelope)

    def _post(self, talk: Talk, envelope: bytes) -> None:
        save(self._memory, self._path)
        try:
            rooms.post(self._mailroom, "/envelopes", Post(talk.reply_address, envelope).write())
        except rooms.RoomRefused:
            return  # the officer's mailbox is gone or full; the letter is sent again or dropped

    def _read_keys(self) -> tuple[bytes, ...]:
        duty = [week.read_key for week in self._memory.duty_weeks()]
        return (*duty, *(talk.read_key for talk in self._memory.talks))[:32]
