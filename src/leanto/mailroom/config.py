"""What the mailroom is told when it starts."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from leanto.databases.places import Place


class Clock(Protocol):
    """The one clock of a running program."""

    def seconds(self) -> int:
        """Whole seconds since 1970-01-01 UTC."""
        ...


@dataclass(frozen=True, kw_only=True)
class NotifierPlace:
    """Where the notifier listens, by which name, and the file with what it is shown."""

    address: str
    port: int
    name: str
    secret: Path
    tls: bool = False  # over a network, where it stands on another machine


@dataclass(frozen=True, kw_only=True)
class MailroomConfig:
    """`receipt_key` is a file with the 32 bytes of an Ed25519 private key."""

    database: Path | Place
    receipt_key: Path
    pocket_origin: str  # scheme://host[:port], the only page that may speak here
    fingerprint: bytes  # 16 bytes, of the program key
    zone: str = "UTC"  # IANA name: when it is night for the program
    notifier: NotifierPlace | None = None  # without one only open pages ring
    adaptive: bool = True  # ring by what was learned, once that is enough
