"""The machine under the rooms: its disk, its clock, its certificates."""

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from shutil import disk_usage

from leanto.rules.weeks import date_of
from leanto.sim.pocket.rooms import reach
from leanto.watch.faults import Fault, Kind

# Four times what the mailroom keeps for forgetting: time to make room before it refuses.
FREE_BYTES = 256 * 1024 * 1024
CERTIFICATE_DAYS = 10
JUMP_SECONDS = 120
OFF_SECONDS = 300
NEW_START_SECONDS = 3600


def disk_faults(folder: Path) -> Iterator[Fault]:
    """Is there room? Asked before the mailroom has to refuse."""
    if disk_usage(folder).free < FREE_BYTES:
        said = f"Less than {FREE_BYTES // 2**20} MB of the disk are free."
        yield Fault(Kind.DISK, said)


def certificate_faults(origin: str, *, today: int) -> Iterator[Fault]:
    """How long does this origin's certificate count? Only for https."""
    if not origin.startswith("https://"):
        return
    try:
        with closing(reach(origin)) as reached:
            assert isinstance(reached, ssl.SSLSocket)  # noqa: S101 -- the origin says https
            until = str((reached.getpeercert() or {})["notAfter"])
    except ssl.SSLCertVerificationError as lie:
        said = f"The certificate of {origin} is refused ({lie.verify_message})."
        yield Fault(Kind.CERTIFICATE_ENDS, said, origin)
        return
    except OSError:
        return  # that it is silent is told elsewhere
    last_day = int(ssl.cert_time_to_seconds(until)) // 86_400
    if last_day < today + CERTIFICATE_DAYS:
        said = f"The certificate of {origin} ends on {date_of(last_day)}."
        yield Fault(Kind.CERTIFICATE_ENDS, said, origin)


@dataclass
class ClockWatch:
    """Compares the clock with the time that really passes, and with what it said before.

    `steady` counts seconds and never jumps. A clock that was set right counts anew after an hour.
    """

    last_seen_seconds: int = 0
    steady: Callable[[], float] = time.monotonic
    _ahead: float | None = None
    _jumped_at: float | None = None

    def faults(self, now_seconds: int) -> Iterator[Fault]:
        if now_seconds < self.last_seen_seconds - JUMP_SECONDS:
            yield Fault(Kind.CLOCK, "The clock shows a time that was before.", "back")
        steady = self.steady()
        ahead = now_seconds - steady
        if self._ahead is None:
            self._ahead = ahead
        if abs(ahead - self._ahead) > JUMP_SECONDS:
            yield Fault(Kind.CLOCK, "The clock has jumped.", "jump")
            self._jumped_at = self._jumped_at or steady
            if steady - self._jumped_at > NEW_START_SECONDS:
                self._ahead, self._jumped_at = ahead, None
        else:
            self._jumped_at = None
        self.last_seen_seconds = max(self.last_seen_seconds, now_seconds)


def date_faults(said: str | None, *, now_seconds: int, by: str) -> Iterator[Fault]:
    """Does somebody outside have another time? `said` is an HTTP Date header."""
    try:
        theirs = parsedate_to_datetime(said).timestamp() if said else None
    except ValueError:
        return
    if theirs is not None and abs(theirs - now_seconds) > OFF_SECONDS:
        yield Fault(Kind.CLOCK, f"The clock differs from that of {by}.", "outside")
