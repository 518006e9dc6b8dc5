"""An authenticator app: six digits from a secret and the time (RFC 6238, SHA-1, 30 s)."""

import base64
import hmac
import struct

STEP_SECONDS = 30


def digits(secret: str, *, at_seconds: int) -> str:
    """What the app shows at this second for this base32 secret."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.digest(key, struct.pack(">Q", at_seconds // STEP_SECONDS), "sha1")
    start = mac[-1] & 0xF
    (number,) = struct.unpack(">I", mac[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"
