"""What has to hold for every layout of the law."""

from types import ModuleType

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from leanto.wire import listening
from leanto.wire.errors import WireError
from leanto.wire.tests.layouts import LAYOUTS, READ_ELSEWHERE, name_of, readers, readers_in
from leanto.wire.tests.made_up_bodies import FRAMES
from tests.harness.rounds import rounds

NAMED = {name_of(read): (read, values) for read, values in LAYOUTS.items()}
every_layout = pytest.mark.parametrize("layout", NAMED)
unhurried = settings(
    max_examples=rounds(check=20, soak=3000),
    deadline=None,
    suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow],
)
pytestmark = pytest.mark.soak


def test_no_reader_is_left_out() -> None:
    """A reader that somebody adds tomorrow has its stories told, or this fails."""
    assert readers() == set(NAMED) | READ_ELSEWHERE
    assert set(FRAMES) == {*listening._FROM_POCKET.values(), *listening._FROM_MAILROOM.values()}


def test_a_new_reader_is_found() -> None:
    """The check above can fail."""

    def read_new(data: bytes) -> bytes:
        return data

    module = ModuleType(read_new.__module__)
    vars(module)["read_new"] = read_new
    assert list(readers_in(module)) == [read_new]


@every_layout
@unhurried
@given(data=st.data())
def test_what_was_written_is_read(layout: str, data: st.DataObject) -> None:
    """Both ends of a wall mean the same thing by the same bytes."""
    read, values = NAMED[layout]
    value = data.draw(values)
    assert read(value.write()) == value


@every_layout
@unhurried
@given(data=st.data())
def test_too_short_and_too_long_are_refused(layout: str, data: st.DataObject) -> None:
    """A cut line or a smuggled byte is never taken for the whole."""
    read, values = NAMED[layout]
    written = data.draw(values).write()
    shorter = data.draw(st.integers(0, len(written) - 1))
    for wrong in (written[:shorter], written + data.draw(st.binary(min_size=1, max_size=9))):
        with pytest.raises(WireError):
            read(wrong)


@every_layout
@unhurried
@given(data=st.data())
def test_there_is_one_spelling_of_everything(layout: str, data: st.DataObject) -> None:
    """Whatever Max changes is refused or means something else: two bytes never mean the same."""
    read, values = NAMED[layout]
    written = bytearray(data.draw(values).write())
    for _ in range(data.draw(st.integers(1, 4))):
        written[data.draw(st.integers(0, len(written) - 1))] = data.draw(st.integers(0, 255))
    try:
        value = read(bytes(written))
    except WireError:
        return
    assert value.write() == bytes(written)


@every_layout
@settings(unhurried, max_examples=rounds(check=2, soak=200), phases=[Phase.generate])
@given(data=st.data())
def test_every_single_byte_counts(layout: str, data: st.DataObject) -> None:
    """A version, a flag, a count, a kind, a byte of padding: one more or a 2 is another meaning."""
    read, values = NAMED[layout]
    written = data.draw(values).write()
    # Of the largest, what stands before the noise in their slots.
    for at in range(len(written) if len(written) < 3000 else 500):
        for byte in {2, (written[at] + 1) % 256}:
            changed = written[:at] + bytes([byte]) + written[at + 1 :]
            try:
                value = read(changed)
            except WireError:
                continue
            assert value.write() == changed


@every_layout
@unhurried
@given(noise=st.binary(max_size=400))
def test_noise_raises_nothing_but_a_wire_error(layout: str, noise: bytes) -> None:
    """No bytes from outside can end a process."""
    read, _ = NAMED[layout]
    try:
        value = read(noise)
    except WireError:
        return
    assert value.write() == noise
