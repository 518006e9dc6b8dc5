"""Every bit of an envelope matters."""

import os
import random
from collections.abc import Iterator

import pytest

from leanto.sim.pocket.errors import SealError
from leanto.sim.pocket.keys import AgreementKey, SealingKey
from leanto.sim.pocket.seal import Recipient, open_request, seal_request
from leanto.wire.errors import WireError
from leanto.wire.letters import SealedRequest
from leanto.wire.mailboxes import ENVELOPE_SIZE
from leanto.wire.requests import Urgency
from tests.harness.rounds import rounds

ENVELOPES = 1_000
BITS = 8 * ENVELOPE_SIZE
FLIPS_OF_EACH_BIT = rounds(check=1, soak=ENVELOPES)


@pytest.mark.soak
def test_one_flipped_bit_and_the_envelope_is_refused() -> None:
    """A thousand envelopes: over all of them every bit is flipped once, in soak in each of them."""
    ana, ben = AgreementKey(os.urandom(32)), AgreementKey(os.urandom(32))
    week, address = SealingKey(os.urandom(32)), os.urandom(16)
    to = Recipient(sealing_key=week.public, agreement_key=ben.public, address=address)
    flips = 0
    for bits in bits_of_each():
        sealed = seal_request(a_request(), sender=ana, to=to)
        open_request(sealed, me=ben, keys=[week], address=address)
        for bit in bits:
            with pytest.raises((SealError, WireError)):
                open_request(with_flipped(sealed, bit), me=ben, keys=[week], address=address)
            flips += 1
    assert flips == FLIPS_OF_EACH_BIT * BITS


def bits_of_each() -> Iterator[list[int]]:
    """Which bits of the first envelope, of the second, and so on, as chance deals them."""
    order = list(range(BITS))
    random.shuffle(order)
    for turn in range(ENVELOPES):
        yield order[turn % (ENVELOPES // FLIPS_OF_EACH_BIT) :: ENVELOPES // FLIPS_OF_EACH_BIT]


def with_flipped(sealed: bytes, bit: int) -> bytes:
    changed = bytearray(sealed)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def a_request() -> SealedRequest:
    return SealedRequest(
        request_id=os.urandom(16),
        talk_id=os.urandom(16),
        reply_address=os.urandom(16),
        return_key=RETURN_KEY,
        return_last_day=20_794,
        urgency=Urgency.NOW,
        serial=1,
        head_hash_start=bytes(8),
        day=20_780,
    )


RETURN_KEY = SealingKey(b"r" * 32).public
