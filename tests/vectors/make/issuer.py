"""The issuer of the vectors: a fixed RSA-2048 key that signs nothing else, ever."""

from leanto.wire.tokens import MODULUS_SIZE, PUBLIC_EXPONENT, write_token_key

_P = int(
    "e811e3bfb109c14ab7d48ef7b6461d01f52a874e68fea8f2ecfc4f53706924ceb3d99196a08c24c0da3438820b0a3cad"
    "f2a597c2d76a0cf2e87785e79cc1e659ce0b53c0a50cf67005772d07aaf8d2a4f8cf1f73c4d6ed18632ee8ac7855b872"
    "ef53d7faab4bdfc47c7ed0771b8dd59a48a0d3a75203d1cea401e5e9d03c429b",
    16,
)
_Q = int(
    "d45026c83652c6baf6e3413cf5aacf2c826fa91bd39551618f5164d9ed75e74bd094851b7f6a139dd8c66421b9481c21"
    "547eae994ab8f834dfbf0836799e4170615f08d16e3bf33dfddd4ed2e6225986a51572ef0f9ad157c7c833ddf4dbf241"
    "aa9b3cceb1bb34de73028667e180946a0f01f495fcee44ba7eebeae96d82f2f1",
    16,
)
MODULUS = _P * _Q
SPKI = write_token_key(MODULUS)
_EXPONENT = pow(PUBLIC_EXPONENT, -1, (_P - 1) * (_Q - 1))


def sign_blind(blinded: bytes) -> bytes:
    """The bare RSA operation: a true issuer also guards it against timing and faults."""
    return pow(int.from_bytes(blinded), _EXPONENT, MODULUS).to_bytes(MODULUS_SIZE)
