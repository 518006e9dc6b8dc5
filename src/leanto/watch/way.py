"""The whole way, tried: a request of the watch's own to a test person of its own, and back.

Nobody is rung but the watch. What it leaves behind when it breaks off is taken back the next time.
"""

import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection

from leanto.sim.pocket.blindrsa import NotSigned
from leanto.sim.pocket.errors import SealError
from leanto.sim.pocket.keeping import read_kept
from leanto.sim.pocket.rooms import ask, open_line
from leanto.sim.pocket.seal import open_request
from leanto.sim.pocket.trust import verifies
from leanto.sim.practice.memory import Talk
from leanto.sim.practice.talking import begin_talk, in_order, opened, say, sealed
from leanto.watch.asking import Asking
from leanto.watch.board import Board
from leanto.watch.equipment import Equipment
from leanto.watch.purse import CannotDraw, Purse
from leanto.wire.errors import WireError
from leanto.wire.letters import Kind, Letter
from leanto.wire.listening import (
    EnvelopeFrame,
    Found,
    Heard,
    Listen,
    Listening,
    Ring,
    read_from_mailroom,
)
from leanto.wire.mailboxes import Fetched, Post, ReadKeyBody, address_of
from leanto.wire.requests import Act, ActBody, Answer, Asked, Claim, Claimed
from leanto.wire.tokens import body_digest, receipt_message

WAITS_SECONDS = 20.0
GOOD = {200, 201, 204}
WORDS = "The watch tries the way."


class BrokeOff(Exception):
    """The way ends here; the message says at which step, in words for the operator."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a try that broke off may have left at the mailroom."""

    request_id: bytes
    reply_key: bytes
    talk_key: bytes


@dataclass(frozen=True, kw_only=True)
class Way:
    """One program's rooms, and with what they are tried."""

    mailroom: str
    equipment: Equipment
    purse: Purse

    def walk(self, board: Board, left: Left, *, today: int) -> float:
        """Walk it once; gives the seconds from asking to the last letter. Raises BrokeOff."""
        try:
            return self._walk(board, left, today=today)
        except BrokeOff:
            raise
        except (OSError, WebSocketException) as broken:
            raise BrokeOff(f"A room hung up ({type(broken).__name__}).") from None
        except (WireError, SealError, NotSigned) as strange:
            raise BrokeOff(
                f"A room said what the law does not ({type(strange).__name__})."
            ) from None
        finally:
            self.clear(left)

    def clear(self, left: Left) -> None:
        """Close what may be open still; a room that is gone is asked again the next time."""
        end = ActBody(request_id=left.request_id, read_key=left.reply_key, act=Act.CANCEL)
        with suppress(OSError):
            ask("POST", self.mailroom, "/requests/act", end.write())
            for key in (left.reply_key, left.talk_key):
                ask("POST", self.mailroom, "/mailboxes/close", ReadKeyBody(key).write())

    def _walk(self, board: Board, left: Left, *, today: int) -> float:
        with open_line(self.mailroom) as line:
            self._listens(line, self.equipment.read_key, Found.DUTY_MAILBOX)
            asking = Asking(
                request_id=left.request_id,
                read_key=left.reply_key,
                day=today,
                head=board.head,
            )
            began = time.monotonic()
            self._ask(board, asking)
            self._is_rung(line, asking)
            talk = self._claims(left)
            letter = say(talk, Kind.BEGIN, WORDS)
            envelope = sealed(talk, letter, me=self.equipment.agreement, today=today)
            self._answers(asking, envelope)
            theirs = self._fetches(asking)
            self._listens(line, left.talk_key, Found.MAILBOX)
            reply = asking.reply(theirs, WORDS, to=self.equipment.agreement.public)
            self._post(
                "/envelopes", Post(theirs.reply_address, reply).write(), "A letter was not taken"
            )
            self._hears(line, talk)
            seconds = time.monotonic() - began
            end = ActBody(request_id=left.request_id, read_key=left.reply_key, act=Act.CLOSE)
            self._post("/requests/act", end.write(), "A request could not be closed")
            return seconds

    def _listens(self, line: ClientConnection, read_key: bytes, wanted: Found) -> None:
        line.send(Listen((read_key,)).write())
        found = dict(_next(line, Listening, "The mailroom's line is silent").found)
        if found.get(address_of(read_key)) is not wanted:
            raise BrokeOff("The mailroom does not know the watch's own mailbox.")

    def _ask(self, board: Board, asking: Asking) -> None:
        body = asking.body(self.equipment)
        try:
            token = self.purse.take(board.key, program_id=board.charter.program_id)
        except CannotDraw as reason:
            raise BrokeOff(f"The desk gave no passes: {reason}.") from None
        answer = ask("POST", self.mailroom, "/requests", body, {"Authorization": token.header()})
        if answer.status not in GOOD:
            raise BrokeOff(f"A request was not taken ({answer.problem()[0]}).")
        digest = body_digest(method="POST", path="/requests", body=body)
        message = receipt_message(path="/requests", digest=digest, status=answer.status)
        receipt = Asked.read(answer.body).receipt
        if not verifies(key=board.charter.receipt_key, message=message, signature=receipt):
            raise BrokeOff("The receipt is not signed by the key that the charter names.")

    def _is_rung(self, line: ClientConnection, asking: Asking) -> None:
        while True:
            ring = _next(line, Ring, "A request was taken and no phone rang")
            if ring.request_id == asking.request_id:
                line.send(Heard(ring.duty_address, ring.request_id).write())
                return

    def _claims(self, left: Left) -> Talk:
        claim = Claim(
            request_id=left.request_id,
            read_key=self.equipment.read_key,
            talk_address=address_of(left.talk_key),
        )
        claimed = Claimed.read(self._post("/requests/claim", claim.write(), "A claim was refused"))
        found = open_request(
            claimed.sealed,
            me=self.equipment.agreement,
            keys=[self.equipment.sealing],
            address=self.equipment.duty_address,
        )
        return begin_talk(found, read_key=left.talk_key)

    def _answers(self, asking: Asking, envelope: bytes) -> None:
        answer = Answer(
            request_id=asking.request_id, read_key=self.equipment.read_key, envelope=envelope
        )
        self._post("/requests/answer", answer.write(), "An answer was refused")

    def _fetches(self, asking: Asking) -> Letter:
        """The answer, as the officer's side reads it: from whom it was sealed to, or not at all."""
        body = ReadKeyBody(asking.read_key).write()
        kept = Fetched.read(self._post("/envelopes/fetch", body, "A mailbox could not be read"))
        if not kept.envelopes:
            raise BrokeOff("An answer was taken and did not arrive.")
        return asking.opened(kept.envelopes[0].envelope, sender=self.equipment.agreement.public)

    def _hears(self, line: ClientConnection, talk: Talk) -> None:
        frame = _next(line, EnvelopeFrame, "A letter was taken and did not arrive")
        letter = opened(talk, frame.envelope, me=self.equipment.agreement)
        if letter is None or [one.words for one in in_order(talk, letter)] != [WORDS]:
            raise BrokeOff("A letter arrived that is not the one that was sent.")

    def _post(self, path: str, body: bytes, otherwise: str) -> bytes:
        answer = ask("POST", self.mailroom, path, body)
        if answer.status not in GOOD:
            raise BrokeOff(f"{otherwise} ({answer.problem()[0]}).")
        return answer.body


def something_to_leave() -> Left:
    """Fresh names for one try."""
    return Left(secrets.token_bytes(16), secrets.token_bytes(32), secrets.token_bytes(32))


def left_before(path: Path) -> Left | None:
    """What a watch that was killed on the way had begun; None where it had not."""
    try:
        return Left(**read_kept(path))
    except (OSError, ValueError, TypeError):
        return None


def _next[Frame](line: ClientConnection, kind: type[Frame], otherwise: str) -> Frame:
    until = time.monotonic() + WAITS_SECONDS
    while True:
        try:
            frame = line.recv(timeout=max(0.0, until - time.monotonic()))
        except TimeoutError:
            raise BrokeOff(f"{otherwise} for {WAITS_SECONDS:.0f} seconds.") from None
        read = read_from_mailroom(frame) if isinstance(frame, bytes) else None
        if isinstance(read, kind):
            return read
