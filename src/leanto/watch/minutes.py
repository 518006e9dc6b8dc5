"""The watch at work: a look each minute, the whole way each quarter of an hour, and who hears."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

from leanto.host.clock import Clock
from leanto.host.config import Config
from leanto.watch.alarms import Alarms, keep_alarms, open_alarms
from leanto.watch.audit import Audit
from leanto.watch.equipment import held
from leanto.watch.faults import Fault
from leanto.watch.machine import ClockWatch
from leanto.watch.metrics import write_metrics
from leanto.watch.outside import beat, tell
from leanto.watch.seen import Seen, keep_seen, open_seen

LOOK_EVERY_SECONDS, AGAIN_SECONDS = 60, 300
SUBJECT = "Leanto: the watch has news"


def say_aloud(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@dataclass(kw_only=True)
class Watch:
    """One program's watch. `aloud` takes what the operator is told, letter or not."""

    audit: Audit
    alarms: Alarms
    seen: Seen
    aloud: Callable[[str], None] = say_aloud
    _walked: list[Fault] = field(default_factory=list)

    def look(self) -> list[Fault]:
        """One minute's work; gives all that is wrong."""
        config, now = self.audit.config, self.audit.clock.seconds()
        faults = self.audit.faults()
        if self._is_time(now):
            self._walked, seconds = self.audit.walks()
            self.seen.walk(now, seconds)
        faults += self._walked
        if not faults and config.watch.heartbeat:
            faults += beat(config.watch.heartbeat, now_seconds=now)
        self._hear(faults)
        self.seen.last_seen_seconds = max(self.seen.last_seen_seconds, now)
        keep_alarms(self.alarms, config.watch_data / "alarms.json")
        keep_seen(self.seen, config.watch_data / "seen.json")
        write_metrics(
            config,
            faults=faults,
            seen=self.seen,
            days_left=self.audit.days_left,
            now_seconds=now,
        )
        return faults

    def _is_time(self, now: int) -> bool:
        """What failed is tried again soon: once may have been chance, and each try costs a pass."""
        often = {0: 60 * self.audit.config.watch.every_minutes, 1: LOOK_EVERY_SECONDS}
        since = now - self.seen.walked_at_seconds
        return since < 0 or since >= often.get(self.seen.failed_in_a_row, AGAIN_SECONDS)

    def _hear(self, faults: list[Fault]) -> None:
        config = self.audit.config
        for line in self.alarms.see(faults):
            self.aloud(line)
        news = self.alarms.news()
        if news and tell(config.mail, config.watch, subject=SUBJECT, text=news + "\n"):
            self.alarms.are_told()


def keep_looking(config: Config, *, clock: Clock) -> NoReturn:
    """A look each minute, until the process ends."""
    watch = open_watch(config, clock=clock)
    while True:
        began = time.monotonic()
        watch.look()
        time.sleep(max(0.0, LOOK_EVERY_SECONDS - (time.monotonic() - began)))


def open_watch(config: Config, *, clock: Clock) -> Watch:
    """The watch as it stood when it last ended."""
    seen = open_seen(config.watch_data / "seen.json")
    equipment = held(config)
    audit = Audit(
        config=config,
        clock=clock,
        equipment=equipment,
        clock_watch=ClockWatch(last_seen_seconds=seen.last_seen_seconds),
    )
    return Watch(audit=audit, alarms=open_alarms(config.watch_data / "alarms.json"), seen=seen)
