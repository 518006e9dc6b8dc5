"""What the practice peer holds between two starts: one file, written whole before a letter goes."""

from dataclasses import asdict, dataclass, field
from pathlib import Path

from leanto.sim.pocket.keeping import keep, read_kept
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
    table = read_kept(path)
    talks = [
        Talk(**{**talk, "unseen": [Unseen(**one) for one in talk["unseen"]]})
        for talk in table.pop("talks")
    ]
    weeks = [(first, read_key, seed) for first, read_key, seed in table.pop("weeks")]
    return Memory(**table, weeks=weeks, talks=talks)


def save(memory: Memory, path: Path) -> None:
    """Write it whole: it is there before a letter goes."""
    keep(asdict(memory), path)
