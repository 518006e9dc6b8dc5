"""Passes: one of us, never who. Verified by the issuer's public key, spent once. spec/tokens.md."""

from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.hashes import SHA384

from leanto.doorway.refusing import Refused
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection
from leanto.wire.errors import WireError
from leanto.wire.tokens import Token, challenge_digest

_PADDING = PSS(MGF1(SHA384()), salt_length=48)


class TokenMissing(Refused):
    problem = "token-missing"


class TokenInvalid(Refused):
    """It does not verify, is for another program, or its key is retired."""

    problem = "token-invalid"


class TokenSpent(Refused):
    """It has paid for something else. The pocket takes its next one by itself."""

    problem = "token-spent"


@dataclass(frozen=True, slots=True)
class Pass:
    """A token that verified; its digest is all that is ever kept of it."""

    digest: bytes
    epoch: int


def verify(room: Room, authorization: bytes | None) -> Pass:
    """Is this a pass of our program, signed with a key that is not retired?"""
    if authorization is None:
        raise TokenMissing
    try:
        token = Token.from_header(authorization.decode("latin-1"))
    except WireError:
        raise TokenInvalid from None
    issuer = room.board.issuer_keys().get(token.token_key_id)
    if issuer is None or issuer.last_day < room.today():
        raise TokenInvalid
    if token.challenge_digest != challenge_digest(room.board.program_id()):
        raise TokenInvalid
    try:
        issuer.key.verify(token.authenticator, token.signed_part(), _PADDING, SHA384())
    except InvalidSignature:
        raise TokenInvalid from None
    return Pass(sha256(token.write()).digest(), issuer.epoch)


def spend(connection: Connection, spent: Pass, body_digest: bytes, status: int) -> bool:
    """Spends it on this body; False when this very body has been paid for with it before.

    Call it in the transaction of what it pays for: whatever is refused there burns nothing.
    """
    row = connection.execute(
        "SELECT body_digest FROM spent WHERE token_digest = ?", (spent.digest,)
    ).fetchone()
    if row is None:
        connection.execute(
            "INSERT INTO spent VALUES (?, ?, ?, ?)",
            (spent.digest, spent.epoch, body_digest, status),
        )
        return True
    if row[0] != body_digest:
        raise TokenSpent
    return False
