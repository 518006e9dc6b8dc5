"""A dead browser is found by a weekly ping; no way hangs on another, and none leads home."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from leanto.notifier.chores import ping_minute
from leanto.wire.endpoints import Kind, Standing, What
from tests.harness.mailroom import problem
from tests.harness.net import LOOPBACK
from tests.harness.waking.notifier import Notifier, running_notifier
from tests.harness.waking.phone import Phone

pytestmark = pytest.mark.journey

WEEK_MINUTES = 7 * 24 * 60


def test_a_ping_goes_to_push_alone_once_a_week_and_finds_who_is_gone(tmp_path: Path) -> None:
    """As large as a wake; and a wake to a browser that refused its ping goes another way."""
    with running_notifier(tmp_path) as notifier:
        phone, mailed = notifier.phone("ben"), notifier.way(Kind.EMAIL, "ben@example.org")
        assert {notifier.wake(one).status for one in (phone.id, mailed)} == {204}
        notifier.ways.push.waits_for(1)
        to_its_next_ping(notifier, phone.id)
        wake, ping = notifier.ways.push.waits_for(2)
        time.sleep(2)
        assert [phone.opens(one.body).what for one in (wake, ping)] == [What.WAKE, What.PING]
        assert wake.bytes_alike() == ping.bytes_alike()
        assert len(notifier.ways.push.came) == 2
        notifier.ways.push.say.append(410)
        to_its_next_ping(notifier, phone.id)
        notifier.ways.push.waits_for(3)
        deadline = time.monotonic() + 5
        while notifier.state(phone.id).standing is not Standing.GONE:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert problem(notifier.wake(phone.id)) == "endpoint-unknown"
        assert len(notifier.ways.office.letters) == 1


def test_a_mail_server_that_hangs_holds_up_no_other_way(tmp_path: Path) -> None:
    """Ten letters wait for it; a text message goes out at once."""
    with running_notifier(tmp_path) as notifier, ThreadPoolExecutor(10) as mailroom:
        mailed = [notifier.way(Kind.EMAIL, f"peer-{one}@example.org") for one in range(10)]
        sms = notifier.way(Kind.SMS, "+15550104711")
        notifier.ways.office.mood = "hang"
        assert {one.status for one in mailroom.map(notifier.wake, mailed)} == {204}
        assert notifier.wake(sms).status == 204
        notifier.ways.gateway.waits_for(1, path="/sms", seconds=5)


def test_nobody_knocks_at_home(tmp_path: Path) -> None:
    """A listed name that leads into the operator's own network: not even a connection is opened."""
    with running_notifier(tmp_path) as notifier, socket.create_server((LOOPBACK, 0)) as home:
        phone = Phone()
        notifier.takes(phone.subscribed(f"https://{LOOPBACK}:{home.getsockname()[1]}/home"))
        assert notifier.wake(phone.id).status == 204
        home.settimeout(1)
        with pytest.raises(TimeoutError):
            home.accept()


def to_its_next_ping(notifier: Notifier, endpoint_id: bytes) -> None:
    """The clock goes on to the next minute of a ping that is not of this quarter of an hour."""
    now = notifier.clock.seconds()
    moments = [60 * ping_minute(endpoint_id, now // 60 + WEEK_MINUTES * week) for week in (0, 1)]
    notifier.clock.forward(seconds=min(one for one in moments if one > now + 960) - now)
