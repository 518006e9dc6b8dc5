"""What has to hold for every layout of the law."""

from collections.abc import Callable
from typing import Any, Protocol

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leanto.wire.bundle import Bundle
from leanto.wire.charter import Charter
from leanto.wire.draws import TokenKeys
from leanto.wire.duty import DutyPart
from leanto.wire.enrolment import EnrolmentAnswer, HandIn
from leanto.wire.errors import WireError
from leanto.wire.head import Head
from leanto.wire.letters import Letter, SealedRequest
from leanto.wire.listening import read_from_mailroom, read_from_pocket
from leanto.wire.mailboxes import Forget
from leanto.wire.members import MembersPart
from leanto.wire.requests import Claim
from leanto.wire.tests import made_up
from leanto.wire.tokens import Token
from leanto.wire.vouch import Vouch


class Writable(Protocol):
    def write(self) -> bytes: ...


LAYOUTS: dict[str, tuple[Callable[[bytes], Writable], st.SearchStrategy[Any]]] = {
    "charter": (Charter.read, made_up.charters),
    "vouch": (Vouch.read, made_up.vouches),
    "bundle": (Bundle.read, made_up.bundles),
    "head": (Head.read, made_up.heads),
    "members": (MembersPart.read, made_up.members_parts()),
    "duty": (DutyPart.read, made_up.duty_parts),
    "hand-in": (HandIn.read, made_up.hand_ins),
    "enrolment state": (EnrolmentAnswer.read, made_up.enrolment_answers),
    "sealed request": (SealedRequest.read, made_up.sealed_requests),
    "letter": (Letter.read, made_up.letter_bodies),
    "token": (Token.read, made_up.tokens),
    "token keys": (TokenKeys.read, made_up.token_keys),
    "forget": (Forget.read, made_up.forgets),
    "listen": (read_from_pocket, made_up.listens),
    "listening": (read_from_mailroom, made_up.listenings),
    "claim": (Claim.read, made_up.claims),
}
every_layout = pytest.mark.parametrize("layout", LAYOUTS)
unhurried = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.data_too_large]
)


@every_layout
@unhurried
@given(data=st.data())
def test_what_was_written_is_read(layout: str, data: st.DataObject) -> None:
    """Both ends of a wall mean the same thing by the same bytes."""
    read, values = LAYOUTS[layout]
    value = data.draw(values)
    assert read(value.write()) == value


@every_layout
@unhurried
@given(data=st.data())
def test_too_short_and_too_long_are_refused(layout: str, data: st.DataObject) -> None:
    """A cut line or a smuggled byte is never taken for the whole."""
    read, values = LAYOUTS[layout]
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
    read, values = LAYOUTS[layout]
    written = bytearray(data.draw(values).write())
    for _ in range(data.draw(st.integers(1, 4))):
        written[data.draw(st.integers(0, len(written) - 1))] = data.draw(st.integers(0, 255))
    try:
        value = read(bytes(written))
    except WireError:
        return
    assert value.write() == bytes(written)


@every_layout
@given(noise=st.binary(max_size=400))
def test_noise_raises_nothing_but_a_wire_error(layout: str, noise: bytes) -> None:
    """No bytes from outside can end a process."""
    read, _ = LAYOUTS[layout]
    try:
        value = read(noise)
    except WireError:
        return
    assert value.write() == noise
