"""What a game is about: who has what in the pocket, and what somebody else got hold of."""

from dataclasses import dataclass, field

from leanto.wire.tokens import Token
from tests.linkability.rooms import Dump


@dataclass(frozen=True)
class Habits:
    """How people of this game differ from what the screens advise; each is measured by itself."""

    need_differs: float = 0.8  # a few ask five times, most once or never
    draws_only_to_ask: bool = False  # no pass in the pocket until the moment of asking
    numbers_are_kept: bool = False  # passes with a serial, and a mailroom that stores them as such


@dataclass
class Talk:
    """Two mailboxes, and the two pockets that look into them."""

    request_id: bytes
    reply_key: bytes
    talk_key: bytes
    member: int
    peer: int
    until: int
    heard_from: set[str]
    open: bool = True


@dataclass
class Member:
    code: bytes
    unit: int
    tells_unit: bool
    tokens: list[tuple[int, Token]] = field(default_factory=list)
    drawn: set[int] = field(default_factory=set)
    draw_at: int | None = None
    drew_at: int = 0


@dataclass
class Told:
    """What the attacker has, and, in `truth`, what would settle each guess."""

    cards: list[bytes]  # digests, in the order of the people who got them
    units: list[int]  # of members, as the force knows them
    peer_units: list[int]
    duty: dict[bytes, int] = field(default_factory=dict)  # address → peer: the desk knows
    draws: list[tuple[int, int, int, bytes]] = field(
        default_factory=list
    )  # second, card, epoch, batch
    dumps: list[Dump] = field(default_factory=list)
    truth: dict[bytes, int] = field(default_factory=dict)  # token digest → member
    warned: set[bytes] = field(default_factory=set)  # drew within the hour: the screen said so
    pockets: dict[bytes, tuple[str, int]] = field(default_factory=dict)  # mailbox → whose
    # What only somebody live on both machines hears: network addresses.
    drew_from: list[tuple[int, str]] = field(default_factory=list)
    heard_from: dict[bytes, set[str]] = field(default_factory=dict)  # token digest → of its pocket
