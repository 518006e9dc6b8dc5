"""What the last look saw, as Prometheus text: of the machine, and never of anybody who asks.

It is written once a minute, whether or not something happened, and holds no count of anything that
people do: two scrapes with a request between them are the same.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import disk_usage

from leanto.doorway.readiness import Reason
from leanto.host.config import Config
from leanto.host.handover import at_servers
from leanto.host.readiness import METRICS_FILE
from leanto.watch.faults import Fault, Kind
from leanto.watch.rooms import origins
from leanto.watch.seen import Seen

STEP_BYTES = 256 * 2**20
STEPS_AT_MOST = 64
LATE = {Reason.LATE_10: 10, Reason.LATE_60: 60, Reason.LATE_300: 300}


def write_metrics(
    config: Config, *, faults: list[Fault], seen: Seen, days_left: dict[str, int], now_seconds: int
) -> None:
    """Replace the file that `/metrics` hands out."""
    lines = [*_rooms(config, faults), *_machine(config), *_watch(faults, seen, now_seconds)]
    lines += [f'leanto_days_left{{of="{name}"}} {days}' for name, days in sorted(days_left.items())]
    path = config.watch_data / METRICS_FILE
    draft = path.with_suffix(".new")
    draft.write_text("\n".join(lines) + "\n", "ascii")
    draft.replace(path)


def _rooms(config: Config, faults: Iterable[Fault]) -> Iterator[str]:
    said = {fault.about: fault.says for fault in faults if fault.kind in ROOM_KINDS}
    for room in origins(config):
        yield f'leanto_ready{{room="{room}"}} {int(room not in said)}'
    late = [seconds for reason, seconds in LATE.items() if reason in said.get("mailroom", "")]
    yield f"leanto_rings_late_seconds {max(late, default=0)}"


ROOM_KINDS = {Kind.ROOM_SILENT, Kind.ROOM_NOT_READY}


def _machine(config: Config) -> Iterator[str]:
    free = min(disk_usage(config.data).free // STEP_BYTES, STEPS_AT_MOST)
    yield f"leanto_disk_free_bytes {free * STEP_BYTES}"
    for room in sorted({"desk", "mailroom"} - at_servers(config).keys()):
        size = _size(config.data / room / f"{room}.sqlite3") // STEP_BYTES
        yield f'leanto_database_bytes_at_least{{room="{room}"}} {size * STEP_BYTES}'


def _watch(faults: list[Fault], seen: Seen, now_seconds: int) -> Iterator[str]:
    yield f"leanto_watch_last_look_seconds {now_seconds}"
    yield f"leanto_test_request_through {int(seen.walk_seconds is not None)}"
    yield f"leanto_test_request_hour_seconds {seen.walked_at_seconds // 3600 * 3600}"
    for kind in Kind:
        yield f'leanto_fault{{kind="{kind}"}} {int(any(one.kind is kind for one in faults))}'


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
