"""A phone that comes on in the very moment in which the mailroom looks whom to ring."""

import asyncio
import os
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

from leanto.doorway.bodies import Question
from leanto.mailroom.letters import Letters
from leanto.mailroom.lines import Line, Lines
from leanto.mailroom.noticeboard import Noticeboard, read_notice
from leanto.mailroom.receipts import ReceiptKey
from leanto.mailroom.requests import ask
from leanto.mailroom.ringing import ring_due
from leanto.mailroom.room import Pulse, Room
from leanto.mailroom.store.acts import Act
from leanto.mailroom.store.batching import Store
from leanto.mailroom.store.sqlite import InAFile
from leanto.wire.charter import Charter
from leanto.wire.head import Bulletin
from leanto.wire.listening import Ring, read_from_mailroom
from tests.harness.mailroom import Mailroom
from tests.harness.program import Program
from tests.harness.stand_ins import Officer, Peer


class Interrupted(Store):
    """The real store; something happens once after the next reading, before anything is written."""

    meanwhile: Callable[[], object] | None = None

    async def read[T](self, query: Act[T]) -> T:
        found = await super().read(query)
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            happens()
        return found


class Phone(Line):
    """A line that keeps what it was told."""

    def __init__(self) -> None:
        super().__init__(send=self._keep)
        self.told: list[object] = []

    def push(self, frame: bytes) -> None:
        self.told.append(read_from_mailroom(frame))

    async def _keep(self, _frame: bytes) -> None: ...


def test_a_phone_that_comes_on_while_the_mailroom_looks_is_rung_by_that_look(
    tmp_path: Path,
) -> None:
    """Between asking what is due and deciding whom to ring Ben comes on: no minute of silence."""

    async def story() -> None:
        program = Program(today=int(time.time()) // 86_400)
        mailroom = Mailroom(tmp_path, program)
        ben, ana, phone = Peer(mailroom), Officer(mailroom), Phone()
        with closing(Interrupted(InAFile(mailroom.database))) as store:
            room = room_of(mailroom, store, ben)
            body, token = ana.ask_body(ben), program.token_header().encode()
            assert (await ask(room, Question("POST", "/requests", body, token))).status == 201
            store.meanwhile = lambda: room.lines.take_over(phone, [ben.address])
            await ring_due(room)
        assert [type(one) for one in phone.told] == [Ring]

    asyncio.run(story())


def room_of(mailroom: Mailroom, store: Store, *on_duty: Peer) -> Room:
    """A mailroom whose chores nobody does but the test."""
    program, board = mailroom.program, Noticeboard()
    bulletin = program.bulletin(*(one.address for one in on_duty))
    board.charter, board.notice = (
        Charter.read(program.charter()),
        read_notice(Bulletin.read(bulletin)),
    )
    return Room(
        fingerprint=program.fingerprint,
        clock=mailroom.clock,
        random_bytes=os.urandom,
        store=store,
        receipts=ReceiptKey(mailroom.folder / "receipt.key"),
        board=board,
        letters=Letters(),
        lines=Lines(),
        due_now=lambda: None,
        pulse=Pulse(mailroom.clock.seconds()),
        zone=ZoneInfo("UTC"),
        adaptive=True,
        waker=None,
    )
