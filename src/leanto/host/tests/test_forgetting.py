"""A copy from before a new version holds letters: it outlives neither its days nor in a backup."""

import asyncio
import os
import tarfile
import time
from pathlib import Path

from leanto.databases.copies import KEPT_SECONDS
from leanto.host.backup import make
from leanto.host.clock import SystemClock
from leanto.host.config import Config
from leanto.host.forgetting import forgetting


def test_a_copy_goes_on_its_day_while_the_program_serves(tmp_path: Path) -> None:
    """Nobody restarts it: the old copy goes all the same, the young one stays."""
    database = tmp_path / "mailroom.sqlite3"
    old, young = copy_of(database, "1"), copy_of(database, "2")

    async def serves() -> None:
        serving = asyncio.create_task(forgetting(lambda: [database], every_seconds=0.01)())
        await asyncio.sleep(0.05)
        then = time.time() - KEPT_SECONDS - 1
        os.utime(old, (then, then))
        await asyncio.sleep(0.2)
        serving.cancel()

    asyncio.run(serves())
    assert (old.exists(), young.exists()) == (False, True)


def test_a_backup_takes_no_copy_along(tmp_path: Path) -> None:
    """What is thirteen days old would else live on for another fourteen."""
    data = tmp_path / "program"
    (data / "mailroom").mkdir(parents=True)
    (data / "leanto.toml").touch()
    copy_of(data / "mailroom" / "mailroom.sqlite3", "1")
    config = Config(
        name="Two Creeks",
        region="Two Creeks (made up)",
        time_zone="America/Chicago",
        fingerprint="00" * 16,
        pocket="http://leanto.localhost",
        desk="http://desk.localhost",
        mailroom="http://mailroom.localhost",
        host="127.0.0.1",
        port=8000,
        data=data,
    )
    with tarfile.open(make(config, clock=SystemClock())) as tar:
        assert tar.getnames() == ["leanto.toml", "manifest.json"]


def copy_of(database: Path, version: str) -> Path:
    copy = database.with_name(f"{database.name}.before-{version}")
    copy.write_bytes(b"letters")
    return copy
