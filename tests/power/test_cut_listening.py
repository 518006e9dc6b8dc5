"""The listening line cut after any byte: the next line is given everything again, once."""

import socket

import pytest

from leanto.wire.listening import EnvelopeFrame, ForgetFrame, Forgotten, Listen, Ring
from tests.harness.mailroom import HOST, Mailroom
from tests.harness.net import LOOPBACK
from tests.harness.stand_ins import Officer, Peer, envelope, leave, line_to
from tests.power.cutting import cut_hard, hear, moments

SAID_BYTES = 2 + 37 + 4 + 4131 + 2 + 34
"""What one hears who listens: two mailboxes, a letter, a ring."""
OPENING = b"\r\n".join(
    (
        b"GET /listen HTTP/1.1",
        b"Host: " + HOST.encode() + b":PORT",
        b"Upgrade: websocket",
        b"Connection: Upgrade",
        b"Sec-WebSocket-Version: 13",
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        b"\r\n",
    )
)


@pytest.mark.soak
def test_a_line_that_is_cut_loses_no_letter_and_no_ring(mailroom: Mailroom) -> None:
    """Whatever of it had arrived, whoever listens anew is given the letter and the ring."""
    ben, ana = Peer(mailroom), Officer(mailroom)
    mailroom.publish(ben.address)
    ana.ask(ben)
    words = envelope()
    assert leave(mailroom, ana.address, words).status == 201
    listen = masked(Listen((ana.read_key, ben.read_key)).write())
    for cut in moments(SAID_BYTES, edge=8, between=60):
        cut_off(mailroom, listen, heard_bytes=cut)
    with line_to(mailroom) as line:
        line.listen(ana.read_key)
        assert line.next(EnvelopeFrame).envelope == words
        assert line.quiet(EnvelopeFrame, for_seconds=0.2)
        line.listen(ben.read_key)
        assert line.next(Ring).request_id == ana.request_id
    assert [one.envelope for one in ana.fetch()] == [words]


@pytest.mark.soak
def test_half_a_forget_forgets_nothing(mailroom: Mailroom) -> None:
    """Cut before its last byte the letter stays; said again whole it goes, and that is said."""
    ben, ana = Peer(mailroom), Officer(mailroom)
    mailroom.publish(ben.address)
    ana.ask(ben)
    assert leave(mailroom, ana.address).status == 201
    (kept,) = ana.fetch()
    forget = ForgetFrame(ana.address, (kept.id,)).write()
    before = masked(Listen((ana.read_key,)).write())
    whole = before + masked(forget)
    for cut in range(len(before), len(whole)):
        cut_off(mailroom, whole[:cut], heard_bytes=0)
    assert ana.fetch() == (kept,)
    cut_off(mailroom, whole, heard_bytes=0)
    with line_to(mailroom) as line:
        line.listen(ana.read_key)
        line.forget(ana.address, kept.id)
        assert line.next(Forgotten).ids == (kept.id,)
    assert ana.fetch() == ()


def cut_off(mailroom: Mailroom, said: bytes, *, heard_bytes: int) -> None:
    """Opens a line, says this, hears so many bytes, and is gone."""
    with socket.create_connection((LOOPBACK, mailroom.port), timeout=10) as line:
        line.sendall(OPENING.replace(b"PORT", str(mailroom.port).encode()))
        opened = b""
        while b"\r\n\r\n" not in opened:
            opened += line.recv(1)
        line.sendall(said)
        hear(line, heard_bytes)
        cut_hard(line)


def masked(frame: bytes) -> bytes:
    """A binary frame as a client must send it, of less than 126 bytes; masked with zeros."""
    assert len(frame) < 126
    return bytes((0x82, 0x80 | len(frame))) + bytes(4) + frame
