"""How many copies lie in a mailroom."""

from pathlib import Path

import pytest

from leanto.mailroom.slots import insert
from leanto.mailroom.store.acts import StoreFull
from leanto.mailroom.store.schema import MAILROOM
from leanto.mailroom.store.sqlite import connect
from leanto.wire.slots import SLOT_SIZE

TODAY = 20_000
COPY = bytes(SLOT_SIZE)


def test_one_more_than_may_lie_there_is_refused(tmp_path: Path) -> None:
    """The disk is bounded whoever opens; a copy that is there already takes no new place."""
    store = connect(tmp_path / "mailroom.sqlite")
    store.executescript(MAILROOM.newest)
    for address in (b"a" * 16, b"b" * 16):
        insert(store, address, COPY, TODAY, at_most=2)
    with pytest.raises(StoreFull):
        insert(store, b"c" * 16, COPY, TODAY, at_most=2)
    insert(store, b"a" * 16, COPY, TODAY, at_most=2)
    store.close()
