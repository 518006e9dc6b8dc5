"""One look at everything: what is wrong now?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field

from leanto.host.clock import Clock
from leanto.host.config import Config
from leanto.sim.pocket.keeping import keep
from leanto.watch.board import Board, NoBoard, read_board, read_members
from leanto.watch.cover import cover_faults, days_left, signed_faults, vouch_faults
from leanto.watch.equipment import Equipment
from leanto.watch.faults import Fault, Kind
from leanto.watch.machine import ClockWatch, certificate_faults, disk_faults
from leanto.watch.outside import mail_faults
from leanto.watch.purse import CannotDraw, Purse, open_purse
from leanto.watch.rooms import origins, room_faults, wake_faults
from leanto.watch.way import BrokeOff, Way, left_before, something_to_leave

DAY_SECONDS = 86_400
SLOW_SECONDS = 60.0


@dataclass(kw_only=True)
class Audit:
    """One program, looked at again and again; `purse` is None before the first `leanto serve`."""

    config: Config
    clock: Clock
    equipment: Equipment | None
    clock_watch: ClockWatch = field(default_factory=ClockWatch)
    days_left: dict[str, int] = field(default_factory=dict)

    def faults(self) -> list[Fault]:
        """All that is wrong now; empty for a program that works."""
        now = self.clock.seconds()
        self.days_left = {}
        found = [*self.clock_watch.faults(now), *disk_faults(self.config.data)]
        for room, origin in origins(self.config).items():
            found += room_faults(room, origin)
            found += certificate_faults(origin, today=now // DAY_SECONDS)
        silent = {one.about for one in found if one.kind is Kind.ROOM_SILENT}
        found += wake_faults(self.config, silent=silent)
        if self.config.mail is not None:
            found += mail_faults(self.config.mail, self.config.watch)
        if "mailroom" not in silent:
            found += self._told(self._lists, now)
        return found

    def walks(self) -> tuple[list[Fault], float | None]:
        """Try the whole way; gives what is wrong, and the seconds where nothing is."""
        if self.equipment is None:
            return [Fault(Kind.WAY, "The watch has no cards yet. Restart `leanto serve`.")], None
        way = Way(mailroom=self.config.mailroom, equipment=self.equipment, purse=self._purse())
        path = self.config.watch_data / "left.json"
        if (before := left_before(path)) is not None:
            way.clear(before)
        left = something_to_leave()
        keep(asdict(left), path)  # a watch that is killed on the way leaves nothing that rings
        try:
            seconds = way.walk(self._board(), left, today=self.clock.seconds() // DAY_SECONDS)
        except BrokeOff as step:
            return [Fault(Kind.WAY, f"A test request did not get through. {step}")], None
        except (NoBoard, OSError) as missing:
            return [Fault(Kind.WAY, f"A test request could not begin. {missing}")], None
        path.unlink()
        if seconds > SLOW_SECONDS:
            return [Fault(Kind.WAY_SLOW, "A test request took longer than a minute.")], seconds
        return [], seconds

    def _lists(self, now: int) -> Iterator[Fault]:
        board, today = self._board(), now // DAY_SECONDS
        self.days_left = days_left(board, today=today)
        yield from signed_faults(board, today=today)
        if self.equipment is None:
            return
        key = self._purse().members_key(board.key, program_id=board.charter.program_id)
        listed = read_members(board, self.config.mailroom, key=key)
        yield from vouch_faults(listed, today=today)
        zone = self.config.time_zone
        yield from cover_faults(listed, now_minute=now // 60, time_zone=zone)

    def _told(self, look: Callable[[int], Iterable[Fault]], now: int) -> list[Fault]:
        try:
            return list(look(now))
        except NoBoard as missing:
            return [Fault(Kind.LISTS, str(missing))]
        except CannotDraw as missing:
            return [Fault(Kind.LISTS, f"The watch cannot read the list of peers: {missing}.")]
        except OSError as broken:
            return [Fault(Kind.LISTS, f"The lists could not be read ({type(broken).__name__}).")]

    def _board(self) -> Board:
        pinned = bytes.fromhex(self.config.fingerprint)
        return read_board(self.config.mailroom, fingerprint=pinned)

    def _purse(self) -> Purse:
        codes = self.equipment.codes if self.equipment else []
        return open_purse(self.config.watch_data / "purse.json", desk=self.config.desk, codes=codes)
