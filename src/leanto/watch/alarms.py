"""What has been told already: each fault once, and once when it is over, also across restarts."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from leanto.sim.pocket.keeping import keep, read_kept
from leanto.watch.faults import Fault

# A restart or a renewed certificate is no alarm: what is seen twice in a row is.
TOLD_AFTER_LOOKS = 2


@dataclass
class Standing:
    """One fault as it stands: in how many looks in a row, and whether the operator knows."""

    says: str
    to_do: str
    looks: int = 0
    told: bool = False


@dataclass
class Alarms:
    """All that is wrong now, by name, and what was mended and is still to be told."""

    standing: dict[str, Standing] = field(default_factory=dict)
    mended: dict[str, str] = field(default_factory=dict)

    def see(self, faults: Iterable[Fault]) -> list[str]:
        """Take in one look; gives a line for whatever is new, and for what is over."""
        seen, lines = {fault.name: fault for fault in faults}, []
        for name in self.standing.keys() - seen.keys():
            gone = self.standing.pop(name)
            if gone.looks >= TOLD_AFTER_LOOKS:
                lines.append(f"mended: {gone.says}")
            if gone.told:
                self.mended[name] = gone.says
        for name, fault in seen.items():
            one = self.standing.setdefault(name, Standing(fault.says, fault.to_do))
            one.says, one.looks = fault.says, one.looks + 1
            self.mended.pop(name, None)
            if one.looks == TOLD_AFTER_LOOKS:
                lines.append(f"wrong: {one.says} {one.to_do}")
        return lines

    def news(self) -> str:
        """What the operator does not know yet, as a letter; empty when there is none."""
        new = [one for one in self.standing.values() if self._is_news(one)]
        lines = [line for one in new for line in (f"WRONG  {one.says}", f"       {one.to_do}")]
        lines += [f"MENDED {says}" for says in self.mended.values()]
        return "\n".join(lines)

    def are_told(self) -> None:
        """The operator has the news."""
        for one in self.standing.values():
            one.told = one.told or self._is_news(one)
        self.mended = {}

    def _is_news(self, one: Standing) -> bool:
        return not one.told and one.looks >= TOLD_AFTER_LOOKS


def open_alarms(path: Path) -> Alarms:
    """As they stood at the last look; an unreadable file is as if nothing had been told."""
    try:
        table = read_kept(path)
        standing = {name: Standing(**one) for name, one in table["standing"].items()}
        return Alarms(standing, dict(table["mended"]))
    except (OSError, ValueError, TypeError, KeyError):
        return Alarms()


def keep_alarms(alarms: Alarms, path: Path) -> None:
    keep(asdict(alarms), path)
