"""A ping and a wake for one phone at one moment: the ping never takes the place of the wake."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from leanto.notifier.app import open_room
from leanto.notifier.config import Channels, NotifierConfig
from leanto.notifier.room import Room
from leanto.notifier.ways.reached import Reached
from leanto.wire.endpoints import What
from tests.harness.clock import FileClock
from tests.harness.waking.phone import Phone
from tests.harness.waking.services import PushService, serving


@pytest.fixture
def push() -> Iterator[PushService]:
    with serving(PushService()) as opened:
        yield opened


def test_a_ping_that_a_wake_came_before_leaves_the_wake_to_be_tried(
    push: PushService, tmp_path: Path
) -> None:
    """The wake was written down when the ping was about to leave: the phone gets both."""
    (tmp_path / "wake-secret").write_bytes(os.urandom(32))
    channels = Channels(push_hosts=("127.0.0.1",), private_hosts=(push.host,))
    config = NotifierConfig(
        folder=tmp_path,
        pocket_origin="http://leanto.localhost",
        contact="http://leanto.localhost",
        channels=channels,
        mail=None,
    )
    phone, clock = Phone(), FileClock(tmp_path / "clock")

    async def story() -> None:
        async with open_room(config, clock) as room:
            await _holds(room, phone, f"{push.url}/ben", now=clock.seconds())
            assert await room.deliverer.try_now(phone.id, What.PING) is Reached.TAKEN
            await asyncio.to_thread(push.waits_for, 2, seconds=5)

    asyncio.run(story())
    assert [phone.opens(one.body).what for one in push.came] == [What.PING, What.WAKE]


async def _holds(room: Room, phone: Phone, url: str, *, now: int) -> None:
    """The phone, named by the mailroom, and a wake that has not been tried."""
    sealed = room.endpoint_key.seal(phone.id, phone.subscribed(url).write())
    await room.store.do(
        lambda one: (
            one.execute(
                "INSERT INTO endpoint VALUES (?, 1, 1, 999999, 0, 0, ?)", (phone.id, sealed)
            ),
            one.execute("INSERT INTO wake VALUES (?, 0, ?, ?)", (phone.id, now + 1, now + 900)),
        )
    )
