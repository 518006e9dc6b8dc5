"""A body has the one length its route takes, and arrives in time."""

import asyncio
from typing import Any

import pytest

from leanto.doorway import bodies
from leanto.doorway.bodies import Gone, TooSlow, exactly, read_body
from leanto.wire.errors import WrongSize
from leanto.wire.requests import Ask


class Asking:
    """Somebody who sends these chunks, and then nothing more."""

    def __init__(self, *chunks: bytes) -> None:
        self.events = [{"type": "http.request", "body": one, "more_body": True} for one in chunks]

    async def __call__(self) -> dict[str, Any]:
        if not self.events:
            await asyncio.sleep(60)
        return self.events.pop(0)


def test_a_body_without_an_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Max cannot keep a place by sending one byte a minute."""
    monkeypatch.setattr(bodies, "ARRIVES_WITHIN_SECONDS", 0.05)
    with pytest.raises(TooSlow):
        asyncio.run(read_body([], Asking(b"1234"), exactly(10)))


def test_a_body_that_is_too_long_is_not_read_to_its_end() -> None:
    """With a length that tells, nothing is read at all; without one, one chunk too many."""
    told = Asking(b"12345")
    with pytest.raises(WrongSize):
        asyncio.run(read_body([(b"content-length", b"5")], told, exactly(4)))
    assert len(told.events) == 1
    untold = Asking(b"1234", b"5", b"6789")
    with pytest.raises(WrongSize):
        asyncio.run(read_body([], untold, exactly(4)))
    assert len(untold.events) == 1


def test_whoever_hangs_up_is_not_answered() -> None:
    """Half a request is no request."""
    asking = Asking(b"12")
    asking.events.append({"type": "http.disconnect"})
    with pytest.raises(Gone):
        asyncio.run(read_body([], asking, exactly(4)))


def test_whoever_asks_over_a_bad_network_is_not_hung_up_on_before_they_give_up() -> None:
    """An urgent request is 49 KB: at 25 kbit/s it takes sixteen seconds."""
    assert 8 * Ask.SIZE / exactly(Ask.SIZE).arrives_within_seconds() < 25_000
