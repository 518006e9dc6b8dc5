"""What people type, scan and carry is read or refused; what has one spelling has no other."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leanto.wire.base32 import plain_letters, read_base32, write_base32
from leanto.wire.base64 import read_base64, write_base64
from leanto.wire.cards import Card, Invitation
from leanto.wire.errors import WireError
from leanto.wire.keysheets import KeySheet, read_row
from leanto.wire.sheets import Heading, read_lines, read_sheet, write_sheet
from leanto.wire.tests.made_up import exactly, tokens
from leanto.wire.texts import read_text, write_text
from leanto.wire.tokens import Token, read_token_key, write_token_key
from tests.harness.rounds import rounds

unhurried = settings(max_examples=rounds(check=100, soak=50_000), deadline=None)
pytestmark = pytest.mark.soak

POCKET = "https://pocket.example"
cards = st.builds(Card, exactly(10), exactly(16))
invitations = st.builds(Invitation, exactly(16), exactly(16))
key_sheets = st.builds(KeySheet, exactly(32), exactly(8))
header_values = tokens.map(Token.header)
base32_letters = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZoil -", max_size=60)
moduli = exactly(256).map(lambda data: int.from_bytes(data) | 1 << 2047)


@unhurried
@given(
    data=st.binary(min_size=1, max_size=60),
    modulus=moduli,
    card=cards,
    invitation=invitations,
    sheet=key_sheets,
)
def test_what_was_written_is_read(
    data: bytes, modulus: int, card: Card, invitation: Invitation, sheet: KeySheet
) -> None:
    """Printed, scanned or carried on a sheet, it is the same on the other side."""
    assert read_base32(write_base32(data)) == data
    assert read_base64(write_base64(data)) == data
    assert read_token_key(write_token_key(modulus)) == modulus
    assert Card.read(card.link(pocket_origin=POCKET)) == card
    assert Card.read(card.typed()).pins(card.pin)
    assert Invitation.read(invitation.link(pocket_origin=POCKET)) == invitation
    assert KeySheet.read(sheet.scanned()) == KeySheet.read("\n".join(sheet.rows())) == sheet
    for heading in Heading:
        assert read_sheet(heading, write_sheet(heading, data)) == data


def again_base32(text: str) -> None:
    assert write_base32(read_base32(text)) == plain_letters(text)


def again_card(text: str) -> None:
    card = Card.read(text)
    assert Card.read(card.typed()).code == card.code


def again_invitation(text: str) -> None:
    invitation = Invitation.read(text)
    assert Invitation.read(invitation.link(pocket_origin="")) == invitation


def again_key_sheet(text: str) -> None:
    sheet = KeySheet.read(text)
    assert KeySheet.read(sheet.scanned()) == sheet


def again_row(text: str) -> None:
    assert len(read_row(text, row=1)) == 8


def again_base64(text: str) -> None:
    assert write_base64(read_base64(text)) == text


def again_header(text: str) -> None:
    assert Token.from_header(text).header() == text


def again_sheet(text: str) -> None:
    lines = read_lines(Heading.CHARTER, text)
    assert read_lines(Heading.CHARTER, write_sheet(Heading.CHARTER, *lines)) == lines
    assert [read_sheet(Heading.CHARTER, text)] == lines


OF_TEXT: dict[Callable[[str], None], st.SearchStrategy[str]] = {
    again_base32: base32_letters,
    again_base64: st.text("ABCDwxyz0189-_=", max_size=60),
    again_card: cards.map(Card.typed) | cards.map(lambda one: one.link(pocket_origin=POCKET)),
    again_invitation: invitations.map(lambda one: one.link(pocket_origin=POCKET)),
    again_key_sheet: key_sheets.map(KeySheet.scanned),
    again_row: key_sheets.map(lambda sheet: sheet.rows()[0]),
    again_header: header_values,
    again_sheet: st.binary(max_size=9).map(lambda data: write_sheet(Heading.CHARTER, data)),
}


@pytest.mark.parametrize("again", OF_TEXT)
@unhurried
@given(data=st.data())
def test_a_text_is_read_as_one_thing_or_refused(
    again: Callable[[str], None], data: st.DataObject
) -> None:
    """A slip of the hand, half a scan, another alphabet: nothing but a wire error comes of it."""
    text = data.draw(OF_TEXT[again])
    at = data.draw(st.integers(0, len(text)))
    slip = data.draw(st.text(max_size=3) | st.sampled_from(list('"=-_ \n')))
    for one in (text, slip, text[:at], text[:at] + slip + text[at:], text[:at] + slip):
        refused_or(again, one)


@unhurried
@given(data=st.binary(max_size=60))
def test_bytes_spell_one_text_or_none(data: bytes) -> None:
    """Two writings of one name would be two people."""
    refused_or(lambda given: same(write_text(read_text(given)), given), data)


@unhurried
@given(modulus=moduli, at=st.integers(0, 341), byte=st.integers(0, 255), more=st.binary(max_size=2))
def test_a_key_for_passes_has_one_spelling(modulus: int, at: int, byte: int, more: bytes) -> None:
    """A pass names its key by the hash of these bytes: two spellings would be two keys."""
    spki = bytearray(write_token_key(modulus) + more)
    spki[at] = byte
    refused_or(lambda given: same(write_token_key(read_token_key(given)), given), bytes(spki))


def test_a_pass_stands_between_its_quotes() -> None:
    """One header for one pass: RFC 9577 would let it stand without them, the law does not."""
    key = bytes(32)
    header = Token(nonce=key, challenge_digest=key, token_key_id=key).header()
    for spoiled in (header[:-1], header.replace('"', "")):
        with pytest.raises(WireError):
            Token.from_header(spoiled)


def same(one: bytes, other: bytes) -> None:
    assert one == other


def refused_or(again: Callable[[Any], None], given: object) -> None:
    try:
        again(given)
    except WireError:
        return
