"""A program that an older version filled is opened, backed up, brought forward and served."""

import re
from pathlib import Path
from time import monotonic, sleep, time

import pytest

from leanto.wire.head import Head
from leanto.wire.public import OPEN, PublicPart
from tests.harness.house import House
from tests.hosting.freezing import thaw

VERSIONS = sorted(Path(__file__).parent.glob("version-*"))
WITHIN_SECONDS = 30
KEPT = {
    "desk": (
        "roster_peer",
        "roster_agency",
        "enrolment_enrolment",
        "rota_shift",
        "admission_card",
        "audit_entry",
    ),
    "mailroom": ("charter",),
}


@pytest.mark.parametrize("version", VERSIONS, ids=lambda one: one.name)
def test_it_goes_on_where_it_stopped(version: Path, tmp_path: Path) -> None:
    """Nobody and nothing is lost, officers may ask as before, and the copy from before is whole."""
    house = House(tmp_path)
    then = thaw(version, house.data, key=house.key)
    house.clock.set_offset(then - int(time()))
    listens_here(house)
    before, first = counts(house), serial(house)
    copy = Path(house.leanto("backup", "--data", house.data).strip())
    try:
        house.start()
        assert counts(house) == before
        signs_anew(house, first)
        part = house.ask_mailroom("GET", "/bulletin/public").body
    finally:
        house.kill()
    assert PublicPart.read(part).opens_day == OPEN
    assert list((house.data / "desk").glob("*.before-*"))
    house.leanto("restore", copy, "--verify")


def listens_here(house: House) -> None:
    """The ports of that day are somebody else's now."""
    settings = house.data / "leanto.toml"
    text = settings.read_text("utf-8")
    text = re.sub(r"^port = \d+", f"port = {house.port}", text, flags=re.MULTILINE)
    text = re.sub(r"localhost:\d+", f"localhost:{house.port}", text)
    settings.write_text(text, "utf-8")


def counts(house: House) -> dict[str, int]:
    """How many rows of each that no version may lose."""
    found = {}
    for room, tables in KEPT.items():
        with house.opened(room) as opened:
            for table in tables:
                (found[table],) = opened.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 -- our own names
    return found


def signs_anew(house: House, first: int) -> None:
    """The desk says in a bulletin of its own what the older version's did not say."""
    deadline = monotonic() + WITHIN_SECONDS
    while serial(house) == first:
        assert monotonic() < deadline, house.log.read_text()
        sleep(0.1)


def serial(house: House) -> int:
    with house.opened("mailroom") as opened:
        (head,) = opened.execute("SELECT head FROM bulletin").fetchone()
    return Head.read(head).serial
