"""Who is recognised, and who is an ordinary officer. spec/talks.md."""

from dataclasses import replace
from typing import Any

from leanto.sim.pocket.keepsakes import NO_PROOF, prove, recognised
from tests.vectors.make.cases import Case, seeded
from tests.vectors.make.cast import ANA, BEN
from tests.vectors.make.envelopes import REQUEST

KEEPSAKES = tuple(seeded(f"keepsake {at}", 32) for at in range(3))
PEER = BEN.agreement.public
REQUEST_ID = REQUEST.request_id
PROOF = prove(KEEPSAKES[1], request_id=REQUEST_ID, peer=PEER)


def keepsakes_file() -> dict[str, Any]:
    return {"about": "spec/talks.md", "recognised": [_case(*one) for one in CASES]}


CASES: tuple[tuple[str, bytes | None, tuple[bytes, ...]], ...] = (
    ("the only keepsake", PROOF, KEEPSAKES[1:2]),
    ("the first of two", PROOF, KEEPSAKES[1:]),
    ("the one in the middle", PROOF, KEEPSAKES),
    ("the last of two", PROOF, KEEPSAKES[:2]),
    ("no flag", None, KEEPSAKES),
    ("a flag, and zeros for a proof", NO_PROOF, KEEPSAKES),
    ("nobody was ever kept", PROOF, ()),
    ("that one was forgotten", PROOF, (KEEPSAKES[0], KEEPSAKES[2])),
    ("its first bit is another", bytes([PROOF[0] ^ 0x80]) + PROOF[1:], KEEPSAKES),
    ("its last bit is another", PROOF[:-1] + bytes([PROOF[-1] ^ 1]), KEEPSAKES),
    (
        "made for another request",
        prove(KEEPSAKES[1], request_id=seeded("another request", 16), peer=PEER),
        KEEPSAKES,
    ),
    (
        "made for another peer",
        prove(KEEPSAKES[1], request_id=REQUEST_ID, peer=ANA.public),
        KEEPSAKES,
    ),
    ("the keepsake itself", KEEPSAKES[1], KEEPSAKES),
)


def _case(name: str, proof: bytes | None, keepsakes: tuple[bytes, ...]) -> Case:
    fits = recognised(replace(REQUEST, keepsake_proof=proof), me=PEER, keepsakes=keepsakes)
    given = {"request_id": REQUEST_ID.hex(), "peer": PEER.hex(), "proof": proof and proof.hex()}
    held = {"keepsakes": [one.hex() for one in keepsakes]}
    return {"name": name, "ok": fits is not None, **given, **held, "fits": fits}
