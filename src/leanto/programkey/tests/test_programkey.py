"""The key that says who is a peer."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leanto.programkey import keyfile, signing
from leanto.programkey.keyfile import KeyRefused
from leanto.wire.charter import BulletinKey, Charter, fingerprint
from leanto.wire.sheets import Heading, read_sheet, write_sheet
from leanto.wire.vouch import Vouch

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PUBLIC = keyfile.public_half(KEY)
MAX = Ed25519PrivateKey.from_private_bytes(b"m" * 32)
VOUCH = Vouch(
    program_id=fingerprint(PUBLIC),
    handle="Ben",
    signing_key=b"s" * 32,
    agreement_key=b"a" * 32,
    last_day=21000,
)
CHARTER = Charter(
    program_id=fingerprint(PUBLIC),
    serial=1,
    day=20780,
    program_key=PUBLIC,
    bulletin_keys=(BulletinKey(b"b" * 32, 20870),),
    receipt_key=b"r" * 32,
    mailroom="http://leanto.localhost:8443",
    issuance="http://desk.localhost:8443",
)


def test_the_key_file_is_for_its_holder_alone(tmp_path: Path) -> None:
    """Nobody else on the machine reads it, and without the passphrase it is no key."""
    path = tmp_path / "program.key"
    made = keyfile.new(path, passphrase="seven words")
    assert path.stat().st_mode & 0o777 == 0o600
    assert made.private_bytes_raw() not in path.read_bytes()
    again = keyfile.read(path, passphrase="seven words")
    assert keyfile.public_half(again) == keyfile.public_half(made)
    for wrong in ("", "six words"):
        with pytest.raises(KeyRefused):
            keyfile.read(path, passphrase=wrong)


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    """A lost program key means new cards for everyone."""
    path = tmp_path / "program.key"
    keyfile.new(path, passphrase="")
    before = path.read_bytes()
    with pytest.raises(KeyRefused):
        keyfile.new(path, passphrase="")
    assert path.read_bytes() == before


def test_a_vouch_is_signed_for_the_keys_whose_words_were_read() -> None:
    """The words change with either key, so a swapped key is heard."""
    words = [str(n) for n in range(2048)]
    wanted = signing.read_vouch_request(write_sheet(Heading.VOUCH_REQUEST, VOUCH.unsigned()))
    heard = signing.words_of(wanted, words=words)
    for swapped in (
        replace(VOUCH, signing_key=b"x" * 32),
        replace(VOUCH, agreement_key=b"x" * 32),
        replace(VOUCH, program_id=b"x" * 16),
    ):
        assert signing.words_of(swapped, words=words) != heard
    signed = Vouch.read(read_sheet(Heading.VOUCH, signing.sign_vouch(wanted, key=KEY)))
    KEY.public_key().verify(signed.signature, signed.signed_part())
    assert replace(signed, signature=VOUCH.signature) == VOUCH


@pytest.mark.parametrize("handle", ["Ben\n  other words", "Ben\x9b2J", "neB\u202e"])
def test_a_handle_cannot_paint_over_the_words(handle: str) -> None:
    """Max cannot hand in a name that shows other words than those of his keys."""
    request = write_sheet(Heading.VOUCH_REQUEST, replace(VOUCH, handle=handle).unsigned())
    with pytest.raises(KeyRefused):
        signing.read_vouch_request(request)


def test_a_charter_is_signed_under_its_own_key_only() -> None:
    """A request for another program's key is not signed with this one."""
    request = write_sheet(Heading.CHARTER_REQUEST, CHARTER.unsigned())
    wanted = signing.read_charter_request(request, key=KEY)
    signed = Charter.read(read_sheet(Heading.CHARTER, signing.sign_charter(wanted, key=KEY)))
    KEY.public_key().verify(signed.signature, signed.signed_part())
    with pytest.raises(KeyRefused):
        signing.read_charter_request(request, key=MAX)


@pytest.mark.parametrize("text", ["", "leanto vouch request 1\n", "leanto vouch 1\nAQ\n", "x\ny\n"])
def test_what_is_no_request_is_refused_with_a_sentence(text: str) -> None:
    """A wrong file on the stick gets a sentence, not a signature."""
    with pytest.raises(KeyRefused, match="not a vouch request"):
        signing.read_vouch_request(text)
    with pytest.raises(KeyRefused, match="not a charter request"):
        signing.read_charter_request(text, key=KEY)
