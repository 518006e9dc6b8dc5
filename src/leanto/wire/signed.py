"""What every signed thing shares: Ed25519 over a label and everything before the signature.

Nothing here checks a signature: callers verify `signed_part()` with the key they trust.
"""

SIGNATURE_SIZE = 64
NOT_SIGNED = bytes(SIGNATURE_SIZE)
"""Stands in the place of a signature that is still to be made; it verifies for no key."""
