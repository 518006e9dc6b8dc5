"""What the practice peer holds between two starts: one file, written whole before a letter goes."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from leanto.sim.pocket.keys import AgreementKey, SealingKey, SigningKey
from leanto.sim.pocket.peer import PeerIdentity, Week


@dataclass
class Unseen:
    """A chained letter of ours that `seen` does not cover yet."""

    id: bytes
    kind: int
    after: bytes
    text: bytes


@dataclass
class Talk:
    """One talk with one nameless officer."""

    talk_id: bytes
    request_id: bytes
    read_key: bytes
    officer_key: bytes
    reply_address: bytes
    return_key: bytes
    seen: bytes
    mine: bytes
    turn: int = 0
    seeds: list[bytes] = field(default_factory=list)
    unseen: list[Unseen] = field(default_factory=list)
    early: dict[bytes, bytes] = field(default_factory=dict)


@dataclass
class Memory:
    """Everything: identity, weeks of duty, talks."""

    program_id: bytes
    signing_seed: bytes
    agreement_seed: bytes
    weeks: list[tuple[int, bytes, bytes]]
    talks: list[Talk] = field(default_factory=list)
    keepsakes: list[bytes] = field(default_factory=list)

    @property
    def identity(self) -> PeerIdentity:
        return PeerIdentity(SigningKey(self.signing_seed), AgreementKey(self.agreement_seed))

    def duty_weeks(self) -> list[Week]:
        """The weeks whose duty mailboxes this peer listens on."""
        return [Week(first, read_key, SealingKey(seed)) for first, read_key, seed in self.weeks]


def load(path: Path) -> Memory:
    """Read the file that `save` wrote."""
    table = _opened(json.loads(path.read_text("ascii")))
    talks = [
        Talk(**{**talk, "unseen": [Unseen(**one) for one in talk["unseen"]]})
        for talk in table.pop("talks")
    ]
    weeks = [(first, read_key, seed) for first, read_key, seed in table.pop("weeks")]
    return Memory(**table, weeks=weeks, talks=talks)


def save(memory: Memory, path: Path) -> None:
    """Replace the file at once: a crash leaves the old one or the new one, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(_written(asdict(memory)), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _written(value: Any) -> Any:
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, dict):
        return {_written(key): _written(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_written(one) for one in value]
    return value


def _opened(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("0x"):
        return bytes.fromhex(value[2:])
    if isinstance(value, dict):
        return {_opened(key): _opened(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_opened(one) for one in value]
    return value
