"""The stand-in pocket keeps its secrets as a real one does."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from leanto.sim.pocket.errors import NotOpened, SealError, UnknownKey, WrongSender
from leanto.sim.pocket.keys import AgreementKey, SealingKey, SigningKey
from leanto.sim.pocket.peer import PeerIdentity, Week, sign_bundles, sign_hand_in
from leanto.sim.pocket.seal import (
    Recipient,
    open_letter,
    open_request,
    seal_inner,
    seal_letter,
    seal_request,
)
from leanto.wire.letters import (
    LETTER_LABEL,
    NO_LETTER,
    Inner,
    Kind,
    Letter,
    SealedRequest,
)
from leanto.wire.requests import Urgency

MONDAY = 20780
ANA, BEN, MAX = (AgreementKey(bytes([n]) * 32) for n in (1, 2, 3))
BENS_WEEK = Week(MONDAY, bytes(32), SealingKey(b"b" * 32))
ANAS_KEY = SealingKey(b"a" * 32)
REPLY_ADDRESS = b"reply".ljust(16)
TO_BEN = Recipient(
    sealing_key=BENS_WEEK.sealing.public,
    agreement_key=BEN.public,
    address=BENS_WEEK.duty_address,
)
TO_ANA = Recipient(sealing_key=ANAS_KEY.public, agreement_key=ANA.public, address=REPLY_ADDRESS)
REQUEST = SealedRequest(
    request_id=b"r" * 16,
    talk_id=b"t" * 16,
    reply_address=REPLY_ADDRESS,
    return_key=ANAS_KEY.public,
    return_last_day=MONDAY + 14,
    urgency=Urgency.NOW,
    serial=1,
    head_hash_start=bytes(8),
    day=MONDAY,
)
ANSWER = Letter(
    talk_id=b"t" * 16,
    id=b"1" * 16,
    kind=Kind.BEGIN,
    after=NO_LETTER,
    seen=NO_LETTER,
    reply_address=b"talk".ljust(16),
    return_key=SealingKey(b"c" * 32).public,
    return_last_day=MONDAY + 14,
    serial=1,
    head_hash_start=bytes(8),
    day=MONDAY,
    text=b"I'm here.",
)


def test_ben_reads_the_request_and_ana_his_answer() -> None:
    """A request and its answer cross in envelopes of one size, and each end knows the other."""
    sealed = seal_request(REQUEST, sender=ANA, to=TO_BEN)
    asked = open_request(sealed, me=BEN, keys=[BENS_WEEK.sealing], address=BENS_WEEK.duty_address)
    assert (asked.sender, asked.body) == (ANA.public, REQUEST)
    answer = seal_letter(ANSWER, sender=BEN, to=TO_ANA)
    got = open_letter(answer, me=ANA, keys=[ANAS_KEY], address=REPLY_ADDRESS)
    assert (got.sender, got.body) == (BEN.public, ANSWER)
    assert len(sealed) == len(answer) == 4096


def test_the_same_letter_never_looks_the_same_twice() -> None:
    """Sent again, it is sealed anew: nobody on the way sees that it was."""
    twice = {seal_letter(ANSWER, sender=BEN, to=TO_ANA)[9:] for _ in range(2)}
    assert len(twice) == 2


def test_a_letter_opens_only_where_it_was_meant_to() -> None:
    """Another key, mailbox or purpose gives an error, never a word."""
    sealed = seal_letter(ANSWER, sender=BEN, to=TO_ANA)
    with pytest.raises(UnknownKey):
        open_letter(sealed, me=ANA, keys=[BENS_WEEK.sealing], address=REPLY_ADDRESS)
    with pytest.raises(NotOpened):
        open_letter(sealed, me=ANA, keys=[ANAS_KEY], address=b"elsewhere".ljust(16))
    with pytest.raises(NotOpened):
        open_request(sealed, me=ANA, keys=[ANAS_KEY], address=REPLY_ADDRESS)
    for at in (9, 600, 1100, 2000, 4095):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(SealError):
            open_letter(changed, me=ANA, keys=[ANAS_KEY], address=REPLY_ADDRESS)


def test_max_cannot_write_in_bens_name() -> None:
    """Who knows every public key and address still cannot make the proof."""
    forged = Inner(BEN.public, bytes(32), ANSWER.write())
    with pytest.raises(WrongSender):
        open_letter(
            seal_inner(forged, label=LETTER_LABEL, to=TO_ANA),
            me=ANA,
            keys=[ANAS_KEY],
            address=REPLY_ADDRESS,
        )
    mine = seal_letter(ANSWER, sender=MAX, to=TO_ANA)
    assert open_letter(mine, me=ANA, keys=[ANAS_KEY], address=REPLY_ADDRESS).sender == MAX.public


def test_a_seized_letter_proves_nothing() -> None:
    """Ana could have made the very proof that Ben made, so it convinces nobody else."""
    ends = {"sender": BEN.public, "recipient": ANA.public, "message": b"anything"}
    assert BEN.proof(other=ANA.public, **ends) == ANA.proof(other=BEN.public, **ends)


def test_a_key_of_small_order_is_refused() -> None:
    """With such a key the shared secret is zero, and everybody could make the proof."""
    weak = bytes(32)
    with pytest.raises(WrongSender):
        ANA.proof(other=weak, sender=weak, recipient=ANA.public, message=b"")
    with pytest.raises(WrongSender):
        seal_letter(ANSWER, sender=BEN, to=replace(TO_ANA, agreement_key=weak))


def test_a_peer_signs_weeks_for_one_program() -> None:
    """A bundle shown to another program does not verify there."""
    identity = PeerIdentity(SigningKey(b"s" * 32), BEN)
    program_id, other = b"p" * 16, b"q" * 16
    hand_in = sign_hand_in(
        identity=identity,
        program_id=program_id,
        invitation=b"i" * 16,
        handle="Ben",
        weeks=[BENS_WEEK],
        shared=[],
    )
    key = Ed25519PublicKey.from_public_bytes(identity.signing.public)
    (bundle,) = hand_in.bundles
    key.verify(hand_in.signature, hand_in.signed_part(program_id=program_id))
    key.verify(bundle.signature, bundle.signed_part(program_id=program_id))
    assert bundle.signed_part(program_id=program_id) != bundle.signed_part(program_id=other)
    body = sign_bundles(identity=identity, program_id=program_id, weeks=[BENS_WEEK])
    key.verify(body.signature, body.signed_part())
