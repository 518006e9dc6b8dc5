"""Blind signing against the published cases."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from leanto.desk.admission.blindrsa import BlindSigner, Miscalculated, OutOfRange

PUBLIC_VECTORS = Path(__file__).parents[6] / "shared" / "vectors"


def published(name: str) -> list[dict[str, str]]:
    path = PUBLIC_VECTORS / name
    if not path.exists():
        pytest.skip(f"the published vectors {name} are not on this machine")
    cases: list[dict[str, str]] = json.loads(path.read_text("utf-8"))
    return cases


def test_signs_as_rfc_9474_says() -> None:
    """What the issuer returns is what every pocket of the standard expects."""
    for case in published("rfc9474.json"):
        key = private_key(*(int(case[name], 16) for name in "pqed"))
        signed = BlindSigner(key).sign(bytes.fromhex(case["blinded_msg"]))
        assert signed.hex() == case["blind_sig"].removeprefix("0x")


def test_signs_as_rfc_9578_says() -> None:
    """The token response of type 2 is the blind signature and nothing else."""
    for name in ("pub_verif_rfc9578.go.json", "pub_verif_rfc9578.rust.json"):
        for case in published(name):
            key = serialization.load_pem_private_key(bytes.fromhex(case["skS"]), None)
            assert isinstance(key, rsa.RSAPrivateKey)
            # token_request: u16 type, u8 truncated key id, then the blinded message
            signed = BlindSigner(key).sign(bytes.fromhex(case["token_request"])[3:])
            assert signed.hex() == case["token_response"]


def test_a_number_outside_the_key_is_refused(fresh_key: rsa.RSAPrivateKey) -> None:
    """Max cannot have the modulus itself signed, nor anything shorter or longer than it."""
    signer = BlindSigner(fresh_key)
    modulus = fresh_key.public_key().public_numbers().n
    for wrong in (modulus.to_bytes(256), b"\xff" * 256, bytes(255), bytes(257), b""):
        with pytest.raises(OutOfRange):
            signer.sign(wrong)


def test_a_miscalculated_signature_never_leaves(fresh_key: rsa.RSAPrivateKey) -> None:
    """One wrong half of the remainder would let anyone compute the primes."""

    class Faulty(BlindSigner):
        def _private(self, number: int) -> int:
            return super()._private(number) ^ 1

    with pytest.raises(Miscalculated):
        Faulty(fresh_key).sign((12345).to_bytes(256))


def test_the_same_message_gets_the_same_signature(fresh_key: rsa.RSAPrivateKey) -> None:
    """The random factor inside leaves no trace in the answer: a draw repeated is the same draw."""
    signer = BlindSigner(fresh_key)
    assert signer.sign((7).to_bytes(256)) == signer.sign((7).to_bytes(256))


def private_key(p: int, q: int, e: int, d: int) -> rsa.RSAPrivateKey:
    public = rsa.RSAPublicNumbers(e, p * q)
    parts = rsa.RSAPrivateNumbers(
        p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), public
    )
    return parts.private_key()


@pytest.fixture(scope="module")
def fresh_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)
