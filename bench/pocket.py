"""What people wait for: the first page on a slow phone, the demo, and Ben's screen after Ana asks.

Every number is a median on this machine, beside the goal that the project set itself.
"""

import itertools
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession

from tests.harness import officer, supporter
from tests.harness.cast import PHONE, Cast, Person, on_stage
from tests.harness.demo import new_demo
from tests.harness.house import House, opened_house

ROUNDS = 5
RINGS = 5
REST_SECONDS = 5
SLOW_LINE = {
    "offline": False,
    "latency": 150,  # ms for each request
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOW_CPU = {"rate": 4}
TAP_EVERY_MS = 25
KEYS_PART = "/assets/engine-"
DOOR = "Look after myself"


def main() -> None:
    """Prints the table; fails for nothing but its own faults."""
    say(f"\nPocket and demo ({ROUNDS} rounds, medians)\n")
    say(f"{'':52}{'measured':>12}{'goal':>12}")
    with tempfile.TemporaryDirectory() as folder:
        the_demo(Path(folder) / "demo")
        with opened_house(Path(folder) / "house") as house, on_stage(Path(folder)) as cast:
            the_first_page(house, cast)
            a_request(house, cast)


def the_demo(folder: Path) -> None:
    folder.mkdir()
    with new_demo(folder) as demo:
        started = time.monotonic()
        demo.start()
        row("demo up, from nothing", time.monotonic() - started, "s", 10)
        time.sleep(REST_SECONDS)
        memory = sum(memory_megabytes(pid) for pid in family(demo.pid))
        row("demo at rest, its practice peer too", memory, "MB", 200)


def the_first_page(house: House, cast: Cast) -> None:
    sizes = [on_the_wire(house, cast, nth) for nth in range(ROUNDS)]
    row(
        "first load with all screens, brotli and headers",
        statistics.median(sizes) / 1024,
        "KiB",
        60,
    )
    door = where_the_door_is(house, cast)
    for how, device in (("", PHONE), (", no JavaScript", PHONE | {"java_script_enabled": False})):
        times = [usable(house, cast, f"slow{how}{nth}", device, door) for nth in range(ROUNDS)]
        row(f"doors open: 1.6 Mbit/s, 150 ms, CPU / 4{how}", statistics.median(times), "s", 1)


def on_the_wire(house: House, cast: Cast, nth: int) -> float:
    """Bytes of everything asked for before the part that holds the keys, which counts apart."""
    person = cast.person(f"new-{nth}", origins=house.origins)
    line = inspector(person)
    asked: dict[str, str] = {}
    bytes_of: dict[str, float] = {}
    line.on("Network.requestWillBeSent", lambda sent: asked.update(named(sent)))
    line.on("Network.loadingFinished", lambda done: bytes_of.update(sized(done)))
    line.send("Network.enable")
    person.page.goto(house.pocket, wait_until="networkidle")
    first = itertools.takewhile(lambda one: KEYS_PART not in asked[one], asked)
    total = sum(bytes_of.get(one, 0) for one in first)
    person.shuts()
    return total


def named(sent: Any) -> dict[str, str]:
    return {sent["requestId"]: sent["request"]["url"]}


def sized(done: Any) -> dict[str, float]:
    return {done["requestId"]: done["encodedDataLength"]}


def where_the_door_is(house: House, cast: Cast) -> dict[str, object]:
    """The middle of a door on this size of screen, as a place for a finger."""
    person = cast.person("looks", origins=house.origins)
    person.opens(house.pocket)
    box = person.page.get_by_role("link", name=re.compile(f"^{DOOR}")).bounding_box()
    person.shuts()
    if box is None:
        raise LookupError(f"The first page shows no door {DOOR!r}.")
    middle = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    return {**middle, "button": "left", "clickCount": 1}


def usable(
    house: House, cast: Cast, name: str, device: dict[str, object], finger: dict[str, object]
) -> float:
    """Seconds from typing the address until a finger on a door opens it.

    The finger taps all the time, past Playwright, whose own looking would be as slow as the page.
    """
    person = cast.person(name, origins=house.origins, device=device)
    line = inspector(person)
    opened: list[float] = []
    line.on("Page.navigatedWithinDocument", lambda _: opened.append(time.monotonic()))
    for command, how in (
        ("Page.enable", {}),
        ("Network.enable", {}),
        ("Network.emulateNetworkConditions", SLOW_LINE),
        ("Emulation.setCPUThrottlingRate", SLOW_CPU),
    ):
        line.send(command, how)
    started = time.monotonic()
    person.page.goto(house.pocket, wait_until="commit")
    while not opened:
        for kind in ("mousePressed", "mouseReleased"):
            line.send("Input.dispatchMouseEvent", {"type": kind, **finger})
        person.page.wait_for_timeout(TAP_EVERY_MS)
    person.waits_for(person.page.get_by_role("heading", name=DOOR).first)
    person.shuts()
    return opened[0] - started


def a_request(house: House, cast: Cast) -> None:
    ana = cast.person("ana", origins=house.origins)
    ben = cast.person("ben", origins=house.origins)
    ana.refusals.add(404)  # she asks how a request stands that she has just ended
    supporter.enrols(ben, house)
    supporter.is_vouched(ben, house)
    (link,) = house.at_desk("cards", "1")
    officer.types_card(ana, house, link.rpartition("=")[2])
    times = [ring(house, ana, ben) for _ in range(RINGS)]
    row("from asking to the peer's screen", statistics.median(times), "s", 1)


def ring(house: House, ana: Person, ben: Person) -> float:
    officer.goes_to_ask(ana, house)
    ana.chooses("Now")
    seconds = seconds_until(
        lambda: ana.presses("First peer available"),
        lambda: ben.waits_for(ben.page.get_by_role("heading", name="Someone asks for a peer")),
    )
    officer.is_received(ana)
    ana.presses("I don't need it any more")
    ana.presses("Yes, stop")
    ben.reads("They don't need it any more.")
    return seconds


def seconds_until(act: Callable[[], object], seen: Callable[[], object]) -> float:
    started = time.monotonic()
    act()
    seen()
    return time.monotonic() - started


def inspector(person: Person) -> CDPSession:
    return person.browser.new_cdp_session(person.page)


def family(pid: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in family(int(child)))]


def memory_megabytes(pid: int) -> float:
    """Its share of memory: pages that several use count in parts."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    (kilobytes,) = (int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes / 1024


def row(name: str, value: float, unit: str, goal: float) -> None:
    say(f"{name:52}{value:8.2f} {unit:3}{goal:8} {unit:3}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
