"""The watch's passes: drawn like anybody's, ten at a time, thirty for each card and epoch."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leanto.sim.pocket.card import new_batch
from leanto.sim.pocket.keeping import keep, read_kept
from leanto.sim.pocket.rooms import ask
from leanto.wire.draws import Drawn
from leanto.wire.public import TokenKey
from leanto.wire.tokens import Token

GOOD = 200


class CannotDraw(Exception):
    """The desk gave no passes; the message says its reason."""


@dataclass
class Purse:
    """One file: passes of one epoch, its members' key, and which cards are used up in it."""

    path: Path
    desk: str
    codes: list[bytes]
    epoch: int = -1
    members: bytes = b""
    passes: list[bytes] = field(default_factory=list)
    used_up: list[bytes] = field(default_factory=list)

    def members_key(self, key: TokenKey, *, program_id: bytes) -> bytes:
        """What opens the members' part of this epoch. Raises CannotDraw or OSError."""
        self._turn_to(key.epoch)
        if not self.members:
            self._draw(key, program_id=program_id)
        return self.members

    def take(self, key: TokenKey, *, program_id: bytes) -> Token:
        """A pass of this epoch, in no file any more. Raises CannotDraw or OSError."""
        self._turn_to(key.epoch)
        if not self.passes:
            self._draw(key, program_id=program_id)
        token = Token.read(self.passes.pop())
        self._keep()
        return token

    def _turn_to(self, epoch: int) -> None:
        if self.epoch != epoch:
            self.epoch, self.members, self.passes, self.used_up = epoch, b"", [], []

    def _draw(self, key: TokenKey, *, program_id: bytes) -> None:
        """By any card that is not used up: which one draws when says nothing."""
        batch = new_batch(key, program_id=program_id)
        while left := [code for code in self.codes if code not in self.used_up]:
            code = secrets.choice(left)
            answer = ask("POST", self.desk, "/issuance/draw", batch.draw(code).write())
            if answer.status == GOOD:
                drawn = Drawn.read(answer.body)
                self.members = drawn.members_key
                self.passes = [token.write() for token in batch.finished(drawn)]
                self._keep()
                return
            problem, _ = answer.problem()
            if problem not in {"card-used-up", "card-unknown"}:
                raise CannotDraw(problem)
            self.used_up.append(code)
            self._keep()
        raise CannotDraw("every card is used up")

    def _keep(self) -> None:
        table: dict[str, Any] = {
            "epoch": self.epoch,
            "members": self.members,
            "passes": self.passes,
            "used_up": self.used_up,
        }
        keep(table, self.path)


def open_purse(path: Path, *, desk: str, codes: list[bytes]) -> Purse:
    """What is left from before; an unreadable file is an empty purse."""
    try:
        return Purse(path=path, desk=desk, codes=codes, **read_kept(path))
    except (OSError, ValueError, TypeError):
        return Purse(path=path, desk=desk, codes=codes)
