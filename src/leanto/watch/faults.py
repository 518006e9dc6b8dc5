"""What can be wrong, in words that name no person, and what to do about each."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """One alarm each: docs/operating.md says the same at more length."""

    ROOM_SILENT = "room-silent"
    ROOM_NOT_READY = "room-not-ready"
    WAKES = "wakes"
    LISTS = "lists"
    BULLETIN_OLD = "bulletin-old"
    NOBODY_ON_DUTY = "nobody-on-duty"
    GAP_AHEAD = "gap-ahead"
    FEW_KEYS = "few-keys"
    CHARTER_ENDS = "charter-ends"
    VOUCH_ENDS = "vouch-ends"
    PASS_KEY_ENDS = "pass-key-ends"  # noqa: S105 -- the name of an alarm
    CERTIFICATE_ENDS = "certificate-ends"
    DISK = "disk"
    CLOCK = "clock"
    MAIL = "mail"
    HEARTBEAT = "heartbeat"
    WAY = "way"
    WAY_SLOW = "way-slow"


TO_DO = {
    Kind.ROOM_SILENT: "See that `leanto serve` runs, and that proxy and name lead to it.",
    Kind.ROOM_NOT_READY: "Do what it says; `leanto doctor` says more. Restart if it stays.",
    Kind.WAKES: "Restart `leanto serve`: it makes the secret that both must have.",
    Kind.LISTS: "See the desk's bulletin page. Pockets that cannot read it keep the last good one.",
    Kind.BULLETIN_OLD: "See the desk's bulletin page; restart `leanto serve` if it stays.",
    Kind.NOBODY_ON_DUTY: "Call a coordinator: somebody must go on duty now.",
    Kind.GAP_AHEAD: "Tell a coordinator: the rota has a gap.",
    Kind.FEW_KEYS: "Ask peers to open their pockets, which hand in the weeks ahead.",
    Kind.CHARTER_ENDS: "Renew the charter: the desk's bulletin page offers the request.",
    Kind.VOUCH_ENDS: "Ask the key holder to renew: the desk's bulletin page offers the request.",
    Kind.PASS_KEY_ENDS: "Restart `leanto serve`: the desk makes the next key by itself.",
    Kind.CERTIFICATE_ENDS: "Renew the certificate where the proxy keeps it.",
    Kind.DISK: "Make room on the disk. Nothing is lost: what has no room is refused.",
    Kind.CLOCK: "Set the clock, and see that it follows a time server.",
    Kind.MAIL: "See [mail] in leanto.toml and the mail server.",
    Kind.HEARTBEAT: "See `heartbeat` in leanto.toml, and whether this machine reaches it.",
    Kind.WAY: "Try it as an officer, with a card. `leanto doctor` looks at every part.",
    Kind.WAY_SLOW: "See what else this machine does, and how full its disk is.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """`about` tells two of one kind apart: a room, an origin. `says` may change, these do not."""

    kind: Kind
    says: str
    about: str = ""

    @property
    def name(self) -> str:
        return f"{self.kind}:{self.about}" if self.about else str(self.kind)

    @property
    def to_do(self) -> str:
        return TO_DO[self.kind]
