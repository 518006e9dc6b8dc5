"""Who comes back: a proof that only whoever was given the keepsake can make. spec/talks.md."""

import hmac
from collections.abc import Sequence
from hashlib import sha256

from leanto.wire.letters import SealedRequest, keepsake_message

NO_PROOF = bytes(32)


def prove(keepsake: bytes, *, request_id: bytes, peer: bytes) -> bytes:
    """The 32 bytes that go into the copy for this peer; `peer` is their vouched agreement key."""
    message = keepsake_message(request_id=request_id, peer=peer)
    return hmac.digest(keepsake, message, sha256)


def recognised(request: SealedRequest, *, me: bytes, keepsakes: Sequence[bytes]) -> int | None:
    """Which of our keepsakes the asker was given; None for everybody else.

    All are tried, each in constant time, also when there is no proof: how long it takes says
    nothing about who asks.
    """
    given = request.keepsake_proof or NO_PROOF
    proofs = [prove(one, request_id=request.request_id, peer=me) for one in keepsakes]
    fits = [at for at, proof in enumerate(proofs) if hmac.compare_digest(proof, given)]
    return fits[0] if fits and request.keepsake_proof is not None else None
