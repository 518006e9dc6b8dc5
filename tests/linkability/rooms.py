"""The rooms of the game: the desk's own issuance and a real mailroom, in one process, on one clock.

Nothing of them is made up but the time. One draw in twenty is signed blind by the desk's own key,
which is slow; the passes of the others are signed with the same key when they are spent. The rows
are the same: what the desk counts, it counts for every draw by itself.
"""

import os
import secrets
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.hashes import SHA384

from leanto.desk.site.configuration import DeskConfig
from leanto.doorway.bodies import Question
from leanto.mailroom.app import open_room
from leanto.mailroom.config import MailroomConfig
from leanto.mailroom.ringing import ring_due
from leanto.mailroom.room import Room
from leanto.mailroom.routes import ROUTES
from leanto.mailroom.sweeping import Sweeper
from leanto.sim.pocket.blindrsa import blind, finalize
from leanto.wire.draws import Draw
from leanto.wire.duty import DutyPerson
from leanto.wire.public import PublicPart, TokenKey
from leanto.wire.tokens import Token, challenge_digest, token_key_id
from tests.harness.program import Program

HOUR, DAY = 3_600, 86_400
FIRST_EPOCH = 345
FIRST_DAY = 60 * FIRST_EPOCH
EPOCHS = (FIRST_EPOCH, FIRST_EPOCH + 1)
BATCH = 10
CARDS_LAST_DAY = date(2036, 1, 1)


@dataclass
class MovedClock:
    now: int = FIRST_DAY * DAY

    def seconds(self) -> int:
        return self.now

    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.now, UTC)


@dataclass
class GameProgram(Program):
    """A made-up program whose bulletins name the desk's own keys for passes."""

    keys: dict[int, bytes] = field(default_factory=dict)

    def _public_part(self) -> PublicPart:
        keys = (TokenKey(one, 60 * one, 60 * one + 89, spki) for one, spki in self.keys.items())
        return replace(super()._public_part(), token_keys=tuple(keys))


@dataclass(frozen=True)
class Dump:
    """What somebody copies of the mailroom in one hour; bodies are sealed and left out."""

    hour: int
    mailboxes: dict[bytes, int]
    envelopes: dict[bytes, bytes]  # id → address
    requests: dict[bytes, tuple[Any, ...]]
    sealed: set[tuple[bytes, bytes]]  # request, duty address
    spent: dict[bytes, tuple[int, bytes]]  # digest → epoch, body digest


class Desk:
    """The part of a real desk that draws passes; one for each process, since Django is."""

    def __init__(self, folder: Path, clock: MovedClock, program: Program) -> None:
        from leanto.desk.site.asgi import start  # noqa: PLC0415 -- Django reads settings on import

        # The game has one thread, and no one waits: the desk may be asked from the mailroom's loop.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        self.folder, self.clock, self.program = folder / "keys", clock, program
        self.database = folder / "desk.sqlite3"
        origins = ("pocket", "desk", "mailroom")
        config: dict[str, Any] = {one: f"http://{one}.localhost" for one in origins}
        config |= {"name": "Game", "region": "Game", "time_zone": "UTC", "data": folder}
        start(DeskConfig(fingerprint=program.fingerprint.hex(), now=clock.moment, **config))
        from django.core.management import call_command  # noqa: PLC0415 -- as above

        call_command("migrate", verbosity=0, interactive=False)
        from leanto.desk.admission import actions, keys  # noqa: PLC0415 -- as above

        self._actions, self._keys = actions, keys
        actions.turn_epochs(folder=self.folder, today=FIRST_DAY)
        from leanto.desk.opening.rehearsal import open_rehearsal  # noqa: PLC0415 -- as above

        open_rehearsal(now=clock.moment())
        self.spki = {one: keys.issuer_spki(self.folder, one) for one in EPOCHS}
        self._box = 0

    def prints(self, count: int) -> list[bytes]:
        """A new box of cards, after every card of the last game was taken back."""
        if self._box:
            self._actions.revoke_box(number=self._box, by=None, now=self.clock.moment())
        made = self._actions.make_box(
            count=count,
            last_day=CARDS_LAST_DAY,
            folder=self.folder,
            by=None,
            now=self.clock.moment(),
        )
        self._box = made.number
        return list(made.codes)

    def digest(self, code: bytes) -> bytes:
        secret = self._keys.card_secret(self.folder)
        return bytes.fromhex(self._keys.card_digest(code, secret=secret))

    def draws(
        self, code: bytes, epoch: int, *, serial: bytes, blind_too: bool
    ) -> tuple[list[Token], bytes]:
        """Ten passes of this epoch, and the batch's hash as the desk has it.

        `serial` is empty but in the game where passes carry what names their card.
        """
        tokens = [self._fresh(epoch, serial) for _ in range(BATCH)]
        today = self.clock.seconds() // DAY
        if not blind_too:
            batch = secrets.token_bytes(32)
            digest = self.digest(code).hex()
            self._actions._count(digest, epoch, batch, today=today)
            return tokens, batch
        spki = self.spki[epoch]
        hidden = [
            blind(token=one, spki=spki, salt=os.urandom(48), blinding=secrets.randbits(2040) | 1)
            for one in tokens
        ]
        draw = Draw(code, epoch, tuple(one.message for one in hidden))
        drawn = self._actions.draw(request=draw, folder=self.folder, today=today)
        pairs = zip(hidden, drawn.signed, strict=True)
        finished = [finalize(blinded=one, spki=spki, signed=signed) for one, signed in pairs]
        return finished, draw.batch_hash()

    def signed(self, token: Token, epoch: int) -> Token:
        """This pass as it is spent; signed now if it was not signed blind."""
        if any(token.authenticator):
            return token
        key = self._keys._issuer_key(self._keys._issuer_file(self.folder, epoch))
        signature = key.sign(token.signed_part(), PSS(MGF1(SHA384()), 48), SHA384())
        return replace(token, authenticator=signature)

    def _fresh(self, epoch: int, serial: bytes) -> Token:
        return Token(
            nonce=serial + os.urandom(32 - len(serial)),
            challenge_digest=challenge_digest(self.program.fingerprint),
            token_key_id=token_key_id(self.spki[epoch]),
        )


class Mailroom:
    """A real one, asked through its own routes, and copied by somebody every hour."""

    def __init__(self, room: Room, database: Path, clock: MovedClock) -> None:
        self._room, self._clock, self._sweeper = room, clock, Sweeper()
        self.database = database
        self._copied = sqlite3.connect(f"file:{database}?mode=ro", uri=True)

    async def asked(self, path: str, body: bytes, token: str = "") -> bytes:
        route = ROUTES[path]
        question = Question(route.method, path, body, token.encode() or None)
        return (await route.answer(self._room, question)).body

    async def hangs_up(self, program: Program, people: list[DutyPerson], serial: int) -> None:
        program.today = self._clock.seconds() // DAY
        if serial == 1:
            await self.asked("/charter", program.charter())
        # Two serials apart: then no bulletin has to name the one before.
        await self.asked("/bulletin", program.bulletin_of(people, serial=2 * serial))

    async def keeps_house(self) -> None:
        """What it does by itself all the time, once."""
        await ring_due(self._room)
        await self._sweeper.sweep(self._room)

    def copied(self) -> Dump:
        rows = self._copied.execute
        return Dump(
            hour=self._clock.seconds() // HOUR,
            mailboxes=dict(rows("SELECT address, lease_day FROM mailbox").fetchall()),
            envelopes=dict(rows("SELECT id, address FROM envelope").fetchall()),
            requests={row[0]: row for row in rows("SELECT * FROM request")},
            sealed=set(rows("SELECT request_id, duty_address FROM sealed_request").fetchall()),
            spent={row[0]: (row[1], row[2]) for row in rows("SELECT * FROM spent")},
        )

    def shut(self) -> None:
        self._copied.close()


@asynccontextmanager
async def mailroom(folder: Path, clock: MovedClock, program: Program) -> AsyncIterator[Mailroom]:
    (folder / "receipt.key").write_bytes(program.receipt_key.private_bytes_raw())
    database = folder / "mailroom.sqlite3"
    config = MailroomConfig(
        database=database,
        receipt_key=folder / "receipt.key",
        pocket_origin="http://pocket.localhost",
        fingerprint=program.fingerprint,
    )
    async with open_room(config, clock, os.urandom) as room:
        opened = Mailroom(room, database, clock)
        try:
            yield opened
        finally:
            opened.shut()
