"""What the watch saw last: the clock, and how the whole way went."""

from dataclasses import asdict, dataclass
from pathlib import Path

from leanto.sim.pocket.keeping import keep, read_kept


@dataclass
class Seen:
    """Seconds since 1970; `walk_seconds` is None where the last try broke off."""

    last_seen_seconds: int = 0
    walked_at_seconds: int = 0
    walk_seconds: float | None = None
    failed_in_a_row: int = 0

    def walk(self, now_seconds: int, seconds: float | None) -> None:
        self.walked_at_seconds, self.walk_seconds = now_seconds, seconds
        self.failed_in_a_row = self.failed_in_a_row + 1 if seconds is None else 0


def open_seen(path: Path) -> Seen:
    """An unreadable file is as if nothing had been seen."""
    try:
        return Seen(**read_kept(path))
    except (OSError, ValueError, TypeError):
        return Seen()


def keep_seen(seen: Seen, path: Path) -> None:
    keep(asdict(seen), path)
