"""Vectors that others published. Where they are absent these tests skip; our own never do."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from leanto.sim.pocket.blindrsa import NotSigned, blind, encode_pss, finalize, verifies
from leanto.sim.pocket.keys import SealingKey
from leanto.wire.tokens import Token, token_key_id

KDFS = {1: KDF.HKDF_SHA256, 17: KDF.SHAKE256}
SHARED = Path(__file__).parents[3] / "shared/vectors"


def published(name: str) -> list[dict[str, Any]]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not beside this checkout")
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def unhex(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))


def test_messages_are_encoded_as_rfc_9474_encodes_them() -> None:
    """A pass that is encoded in another way would be refused by every true verifier."""
    cases = [case for case in published("rfc9474.json") if "encoded_msg" in case]
    assert cases
    for case in cases:
        modulus = int(case["n"], 16)
        salt = unhex(case.get("salt") or "")[: int(case["sLen"], 16)]
        encoded = encode_pss(unhex(case["input_msg"]), salt=salt, modulus_bits=modulus.bit_length())
        assert encoded == unhex(case["encoded_msg"]), case["name"]


@pytest.mark.parametrize("origin", ["go", "rust"])
def test_passes_are_drawn_as_rfc_9578_draws_them(origin: str) -> None:
    """From nonce, salt and blind come the same request and the same token, and no other key's."""
    cases = published(f"pub_verif_rfc9578.{origin}.json")
    assert cases
    for case in cases:
        spki, finished = unhex(case["pkS"]), Token.read(unhex(case["token"]))
        unsigned = Token(
            nonce=unhex(case["nonce"]),
            challenge_digest=sha256(unhex(case["token_challenge"])).digest(),
            token_key_id=token_key_id(spki),
        )
        blinded = blind(
            token=unsigned,
            spki=spki,
            salt=unhex(case["salt"]),
            blinding=int.from_bytes(unhex(case["blind"])),
        )
        assert blinded.message == unhex(case["token_request"])[3:]
        answer = unhex(case["token_response"])
        assert finalize(blinded=blinded, spki=spki, signed=answer) == finished
        assert verifies(token=finished, spki=spki)
        with pytest.raises(NotSigned):
            finalize(blinded=blinded, spki=spki, signed=blinded.message)


def test_sealing_keys_expand_as_the_kem_expands_them() -> None:
    """One seed, the same public key everywhere; else nobody could open what was sealed to it."""
    cases = [case for case in published("vectors-pq.json") if case["kem_id"] == 0x647A]
    assert cases
    for case in cases:
        key = SealingKey(unhex(case["skRm"]))
        assert key.public == unhex(case["pkRm"])


def test_published_hpke_ciphertexts_open() -> None:
    """The KEM under our letters is the one that others speak, with any KDF and AEAD around it."""
    for case in published("vectors-pq.json"):
        if case["kem_id"] != 0x647A:
            continue
        first = case["encryptions"][0]
        # The public call fixes the aad to nothing, as our law does; these vectors have one.
        opened = openssl.hpke._decrypt_with_aad(
            Suite(KEM.MLKEM768_X25519, KDFS[case["kdf_id"]], AEAD.CHACHA20_POLY1305),
            unhex(case["enc"]) + unhex(first["ct"]),
            SealingKey(unhex(case["skRm"])).private,
            unhex(case["info"]),
            unhex(first["aad"]),
        )
        assert opened == unhex(first["pt"])
