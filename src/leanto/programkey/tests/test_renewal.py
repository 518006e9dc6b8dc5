"""Renewing in one sitting: everybody who was let in before, and nobody else."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leanto.programkey import renewal, signing
from leanto.programkey.keyfile import KeyRefused, public_half
from leanto.programkey.tests.test_programkey import CHARTER, KEY, MAX, VOUCH
from leanto.wire.charter import Charter
from leanto.wire.sheets import Heading, read_lines, write_sheet
from leanto.wire.vouch import Vouch

NEXT = Ed25519PrivateKey.from_private_bytes(b"n" * 32)


def signed[Word: (Charter, Vouch)](word: Word, key: Ed25519PrivateKey = KEY) -> Word:
    return replace(word, signature=key.sign(word.signed_part()))


NAMING_NEXT = signed(replace(CHARTER, successor_key=public_half(NEXT)))
WANTED = replace(CHARTER, serial=2, day=20850, successor_key=public_half(NEXT))


def request(*vouches: Vouch, wanted: Charter = WANTED, held: Charter = NAMING_NEXT) -> str:
    lines = (wanted.unsigned(), held.write(), *(one.write() for one in vouches))
    return write_sheet(Heading.RENEWAL_REQUEST, *lines)


def renewed(text: str, key: Ed25519PrivateKey) -> tuple[Charter, list[Vouch]]:
    sheet = renewal.sign_renewal(renewal.read_renewal_request(text, key=key), key=key)
    charter, *vouches = read_lines(Heading.RENEWAL, sheet)
    return Charter.read(charter), [Vouch.read(one) for one in vouches]


@pytest.mark.parametrize("key", [KEY, NEXT])
def test_the_key_or_the_one_it_named_renews_all(key: Ed25519PrivateKey) -> None:
    """Charter and vouches come back under one key, the vouches for a year from then."""
    charter, (vouch,) = renewed(request(signed(VOUCH)), key)
    assert charter.program_key == public_half(key)
    assert charter.successor_key == (public_half(NEXT) if key is KEY else None)
    for one in (charter, vouch):
        key.public_key().verify(one.signature, one.signed_part())
    assert replace(vouch, signature=VOUCH.signature) == replace(VOUCH, last_day=20850 + 365)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (request(signed(VOUCH, MAX)), KEY),
        (request(signed(VOUCH), signed(replace(VOUCH, handle="Max"), MAX)), KEY),
        (request(replace(signed(VOUCH), agreement_key=b"m" * 32)), KEY),
        (request(signed(replace(VOUCH, program_id=b"m" * 16))), KEY),
        (request(held=replace(NAMING_NEXT, signature=MAX.sign(NAMING_NEXT.signed_part()))), NEXT),
        (request(signed(VOUCH)), MAX),
        (request(wanted=replace(WANTED, serial=1)), KEY),
        ("leanto renewal request 1\n", KEY),
        ("", KEY),
    ],
)
def test_what_the_key_never_signed_is_not_renewed(text: str, key: Ed25519PrivateKey) -> None:
    """A desk in other hands cannot slip in a peer, other keys, or a charter of its own."""
    with pytest.raises(KeyRefused):
        renewal.read_renewal_request(text, key=key)


def test_a_lost_phone_is_not_renewed_beside_the_new_one() -> None:
    """A desk in other hands kept the vouch of Ben's lost phone, whose keys Max has by now."""
    lost = signed(replace(VOUCH, signing_key=b"o" * 32))
    with pytest.raises(KeyRefused, match="'Ben' stands here twice"):
        renewal.read_renewal_request(request(signed(VOUCH), lost), key=KEY)


def test_a_desk_names_no_successor() -> None:
    """Whoever holds the desk cannot write its own key where the next program key stands."""
    takes_over = replace(WANTED, successor_key=public_half(MAX))
    with pytest.raises(KeyRefused, match="successor"):
        renewal.read_renewal_request(request(wanted=takes_over), key=KEY)
    with pytest.raises(KeyRefused, match="successor"):
        signing.naming_successor(takes_over, None)
    named = signing.naming_successor(CHARTER, public_half(NEXT))
    assert named.successor_key == public_half(NEXT)
