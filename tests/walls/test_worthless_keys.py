"""Keys that fit signatures nobody made: no room and no key holder takes one."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from leanto.desk.signatures import NotSigned, verify
from leanto.programkey import signing
from leanto.programkey.keyfile import KeyRefused
from leanto.sim.pocket.trust import verifies
from leanto.wire.charter import BulletinKey, Charter, fingerprint
from leanto.wire.head import Bulletin
from leanto.wire.sheets import Heading, write_sheet
from leanto.wire.signed import is_worthless
from leanto.wire.vouch import Vouch
from tests.harness.mailroom import Mailroom, problem
from tests.harness.program import public

NEUTRAL = (1).to_bytes(32, "little")
FITS_EVERYTHING = NEUTRAL + bytes(32)
"""R the neutral point, S zero: by a key that is the neutral point this signs every message."""
PRIME = 2**255 - 19
MIRRORED = 1 << 255
NEUTRAL_AGAIN = [(1 + more).to_bytes(32, "little") for more in (MIRRORED, PRIME, PRIME + MIRRORED)]


@pytest.mark.parametrize("key", [NEUTRAL, *NEUTRAL_AGAIN], ids=bytes.hex)
def test_a_key_that_signs_everything_signs_nothing_here(key: bytes) -> None:
    """The library takes it, in each of its spellings; desk and stand-in pocket do not."""
    Ed25519PublicKey.from_public_bytes(key).verify(FITS_EVERYTHING, b"Max is a peer")
    with pytest.raises(NotSigned):
        verify(key=key, signature=FITS_EVERYTHING, signed_part=b"Max is a peer")
    assert not verifies(key=key, message=b"Max is a peer", signature=FITS_EVERYTHING)


def test_every_point_of_small_order_is_known_and_no_other_is_refused() -> None:
    """Eight points, each found by adding the one of order eight to itself; true keys pass."""
    eighth = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
    points = small_order_points(int.from_bytes(bytes.fromhex(eighth), "little"))
    assert len(points) == 8
    assert all(is_worthless(y.to_bytes(32, "little")) for _, y in points)
    assert all(is_worthless((PRIME + more).to_bytes(32, "little")) for more in range(19))
    assert not any(is_worthless(public(Ed25519PrivateKey.generate())) for _ in range(100))


def test_the_mailroom_takes_no_bulletin_by_such_a_key(mailroom: Mailroom) -> None:
    """Though a charter, signed in haste, named it."""
    program = mailroom.program
    charter = Charter.read(program.charter())
    named = replace(charter, bulletin_keys=(BulletinKey(NEUTRAL, program.today + 9),))
    signed = replace(named, signature=program.program_key.sign(named.signed_part()))
    assert mailroom.ask("PUT", "/charter", signed.write()).status == 204
    true = Bulletin.read(program.bulletin())
    head = replace(true.head, bulletin_key=NEUTRAL, signature=FITS_EVERYTHING)
    forged = replace(true, head=head).write()
    assert problem(mailroom.ask("PUT", "/bulletin", forged)) == "bulletin-forged"


def test_the_key_holder_signs_for_no_such_key() -> None:
    """A vouch or a charter that names one is refused before anyone is asked for a yes."""
    key = Ed25519PrivateKey.generate()
    today, good = 20_780, public(Ed25519PrivateKey.generate())
    vouch = Vouch(
        program_id=fingerprint(public(key)),
        handle="Max",
        signing_key=good,
        agreement_key=bytes([9]) + bytes(31),
        last_day=today,
    )
    signing.read_vouch_request(write_sheet(Heading.VOUCH_REQUEST, vouch.unsigned()))
    for worthless in (replace(vouch, signing_key=NEUTRAL), replace(vouch, agreement_key=bytes(32))):
        with pytest.raises(KeyRefused):
            signing.read_vouch_request(write_sheet(Heading.VOUCH_REQUEST, worthless.unsigned()))
    charter = Charter(
        program_id=fingerprint(public(key)),
        serial=1,
        day=today,
        program_key=bytes(32),
        bulletin_keys=(BulletinKey(good, today),),
        receipt_key=good,
        mailroom="http://mailroom.localhost",
        issuance="http://desk.localhost",
    )
    signing.read_charter_request(write_sheet(Heading.CHARTER_REQUEST, charter.unsigned()), key=key)
    for bad in (
        replace(charter, receipt_key=NEUTRAL),
        replace(charter, bulletin_keys=(BulletinKey(NEUTRAL, today),)),
    ):
        sheet = write_sheet(Heading.CHARTER_REQUEST, bad.unsigned())
        with pytest.raises(KeyRefused):
            signing.read_charter_request(sheet, key=key)


def small_order_points(y: int) -> set[tuple[int, int]]:
    """All multiples of one of the points with this y (RFC 8032, 5.1.3 and 5.1.4)."""
    d = -121665 * pow(121666, -1, PRIME) % PRIME
    square = (y * y - 1) * pow(d * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if x * x % PRIME != square:
        x = x * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    found, at = {(x, y)}, (x, y)
    for _ in range(8):
        product = d * at[0] * x * at[1] * y % PRIME
        at = (
            (at[0] * y + x * at[1]) * pow(1 + product, -1, PRIME) % PRIME,
            (at[1] * y + at[0] * x) * pow(1 - product, -1, PRIME) % PRIME,
        )
        found.add(at)
    return found
