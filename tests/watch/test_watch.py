"""The watch against a running program: silent while it works, one alarm for each thing broken."""

import re
import sqlite3
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

import pytest

from leanto.host.clock import Clock
from leanto.host.config import load
from leanto.host.readiness import METRICS, metrics_key
from leanto.notifier.keys import SECRET_FILE
from leanto.sim.pocket.keeping import keep
from leanto.watch.asking import Asking
from leanto.watch.faults import Kind
from leanto.watch.minutes import Watch, open_watch
from leanto.watch.rooms import origins, room_faults
from leanto.watch.way import something_to_leave
from tests.harness.house import House
from tests.harness.net import Answer, request
from tests.harness.rounds import rounds
from tests.watch.walking import killed, started, way_of

MINUTE, QUARTER = 60, 15 * 60


@dataclass
class Steadily:
    """A clock that goes on by itself only when told: the watch's own idea of time that passes."""

    clock: Clock
    began: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.clock.seconds()

    def __call__(self) -> float:
        return self.clock.seconds() - self.began


@dataclass
class Observed:
    """A watch in this process, and all that it said."""

    watch: Watch
    lines: list[str]

    def looks(self) -> set[Kind]:
        return {fault.kind for fault in self.watch.look()}


@pytest.fixture
def observed(watched_house: House) -> Observed:
    for name in ("seen.json", "alarms.json"):
        (watched_house.data / "watch" / name).unlink(missing_ok=True)  # whatever story was before
    lines: list[str] = []
    watch = open_watch(load(watched_house.data), clock=watched_house.clock)
    watch.aloud = lines.append
    watch.audit.clock_watch.steady = Steadily(watched_house.clock)
    return Observed(watch, lines)


def goes_on(house: House, seconds: int) -> None:
    """Time passes, and whoever looks at it has looked: the mailroom's loop each second, the desk
    each minute, when its day is a new one."""
    day = house.clock.day()
    house.clock.forward(seconds=seconds)
    deadline = time.monotonic() + 90
    while house.clock.day() > day and way_of(house)[1].head.day < house.clock.day():
        assert time.monotonic() < deadline
        time.sleep(1)
    time.sleep(1.2)


def scraped(house: House) -> str:
    shown = {"Authorization": f"Bearer {metrics_key(house.data / 'watch').decode()}"}
    answer = request("GET", house.desk + METRICS, headers=shown)
    assert answer.status == 200
    return answer.body.decode()


def test_a_program_that_works_raises_no_alarm(watched_house: House, observed: Observed) -> None:
    """Hour after hour, with requests of its own, and nobody is told anything."""
    for _ in range(rounds(check=3, soak=96)):
        assert observed.watch.look() == []
        goes_on(watched_house, QUARTER)
    assert observed.lines == []
    assert "leanto_test_request_through 1" in scraped(watched_house)


def test_a_scrape_says_nothing_of_requests(watched_house: House, observed: Observed) -> None:
    """Whoever may read what the watch saw learns nothing of whether somebody asked."""
    way, board = way_of(watched_house)
    left = something_to_leave()
    asking = Asking(
        request_id=left.request_id,
        read_key=left.reply_key,
        day=watched_house.clock.day(),
        head=board.head,
    )
    observed.watch.look()
    before = told(scraped(watched_house))
    way._ask(board, asking)  # and it rings, for nobody answers
    observed.watch.look()
    assert told(scraped(watched_house)) == before
    way.clear(left)


def test_a_watch_that_was_killed_on_the_way_leaves_nothing_that_rings(
    watched_house: House, observed: Observed
) -> None:
    """Its next try begins with taking back what it had asked."""
    way, board = way_of(watched_house)
    left = something_to_leave()
    day = watched_house.clock.day()
    way._ask(
        board,
        Asking(request_id=left.request_id, read_key=left.reply_key, day=day, head=board.head),
    )
    keep(asdict(left), watched_house.data / "watch" / "left.json")
    assert observed.watch.look() == []
    with watched_house.opened("mailroom") as database:
        assert database.execute("SELECT count(*) FROM request").fetchone() == (0,)


def told(metrics: str) -> list[str]:
    """All but when the watch looked, which is each minute whatever happens."""
    return [line for line in metrics.splitlines() if "last_look" not in line]


def test_only_who_has_the_secret_reads_what_it_saw(watched_house: House) -> None:
    """Without it the page is not there, as any other that is not."""
    nowhere = request("GET", watched_house.desk + "/nowhere")
    for headers in ({}, {"Authorization": "Bearer guess"}):
        assert without_length(request("GET", watched_house.desk + METRICS, headers=headers)) == (
            without_length(nowhere)
        )


def without_length(answer: Answer) -> tuple[int, set[str]]:
    return answer.status, set(answer.headers)


def test_each_room_that_falls_silent_is_told_once(watched_house: House, observed: Observed) -> None:
    """Killed, seen twice, told; started again, told that it is mended; nothing in between."""
    assert observed.looks() == set()
    rooms = set(origins(load(watched_house.data)))
    killed(watched_house)
    try:
        assert observed.looks() == {Kind.ROOM_SILENT}
        assert observed.lines == []  # a restart is no alarm
        assert observed.looks() >= {Kind.ROOM_SILENT}
        assert silent_in(observed.lines, said="wrong") == sorted(rooms)
        observed.looks()
    finally:
        started(watched_house)
    goes_on(watched_house, QUARTER)
    assert observed.looks() == set()
    assert silent_in(observed.lines, said="wrong") == sorted(rooms)
    assert silent_in(observed.lines, said="mended") == sorted(rooms)


def silent_in(lines: list[str], *, said: str) -> list[str]:
    """The rooms that do not answer, as often as they are named."""
    found = [re.match(rf"{said}: The (\w+) does not answer", line) for line in lines]
    return sorted(one[1] for one in found if one)


def test_a_database_that_somebody_holds(watched_house: House, observed: Observed) -> None:
    """The desk is not called ready, and is again when it is let go; the mailroom's own story is
    in test_readiness.py."""
    database = watched_house.data / "desk" / "desk.sqlite3"
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    (found,) = room_faults("desk", watched_house.desk)
    other.execute("ROLLBACK")
    other.close()
    assert found.kind is Kind.ROOM_NOT_READY
    assert "database" in found.says
    assert observed.watch.audit.faults() == []


def test_a_notifier_that_has_another_secret(watched_house: House, observed: Observed) -> None:
    """Phones would sleep on while every room says that it is well: told, and by what to mend it."""
    path = watched_house.data / "mailroom" / SECRET_FILE
    true = path.read_bytes()
    path.write_bytes(bytes(len(true)))
    try:
        assert observed.looks() == {Kind.WAKES}
    finally:
        path.write_bytes(true)
    goes_on(watched_house, QUARTER)
    assert observed.looks() == set()


def test_a_clock_that_jumps(watched_house: House, observed: Observed) -> None:
    """An hour forward or back between two looks, while a minute passed."""
    observed.watch.audit.clock_watch.steady = steps(MINUTE)
    assert observed.looks() == set()
    goes_on(watched_house, MINUTE)
    assert observed.looks() == set()
    goes_on(watched_house, 3600)
    assert observed.looks() == {Kind.CLOCK}
    goes_on(watched_house, -3600 + MINUTE)
    assert Kind.CLOCK in observed.looks()  # it shows what was before


def steps(seconds: float) -> Callable[[], float]:
    """A steady clock that goes on by so much each time it is read."""
    at = [0.0]

    def steady() -> float:
        at[0] += seconds
        return at[0]

    return steady
