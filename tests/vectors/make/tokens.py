"""Cards, invitations, passes, draws and receipts. spec/tokens.md."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from leanto.sim.pocket.blindrsa import SALT_SIZE, Blinded, blind, finalize, verifies
from leanto.wire.base32 import write_base32
from leanto.wire.cards import Card, Invitation
from leanto.wire.draws import BATCH, Draw, Drawn, TokenKeys
from leanto.wire.tokens import (
    MODULUS_SIZE,
    Token,
    body_digest,
    challenge,
    challenge_digest,
    issuer_name,
    origin_info,
    read_token_key,
    receipt_message,
    token_key_id,
)
from tests.vectors.make.bulletin import signature_cases
from tests.vectors.make.cases import Case, bad, flipped, good, refusal, seeded, spoiled
from tests.vectors.make.cast import MEMBERS_KEY, PROGRAM_ID, RECEIPT
from tests.vectors.make.issuer import MODULUS, SPKI, sign_blind

ORIGIN = "http://leanto.localhost:8443"
ASK_PATH = "/requests"


def cards_file() -> dict[str, Any]:
    return {
        "about": "spec/tokens.md, spec/enrolment.md: `text` is what a person scans or types",
        "base32": [
            {"name": f"{size} bytes", "ok": True, "bytes": data.hex(), "text": write_base32(data)}
            for size in (0, 1, 10, 16, 20, 26, 32)
            for data in [seeded("base32", size)]
        ],
        "card": _cards(),
        "invitation": _invitations(),
    }


def _cards() -> list[Case]:
    card = Card(seeded("card", 10), PROGRAM_ID)
    link, typed = card.link(pocket_origin=ORIGIN), card.typed()
    whole = {"ok": True, "code": card.code.hex(), "pin": card.pin.hex()}
    short = {"ok": True, "code": card.code.hex(), "pin": card.pin[:10].hex()}
    swapped = typed[1] + typed[0] + typed[2:]
    seen = {"0": "O", "1": "l"}
    wrong = {
        "two letters swapped": swapped,
        "a wrong check": typed[:-1] + ("0" if typed[-1] != "0" else "1"),
        "a letter is missing": typed[:-1],
        "a letter too many": typed + "0",
        "a letter that is never printed": "U" + typed[1:],
        "nothing": "",
        # W is 11100 and X is 11101: the same card but for a bit that no byte takes.
        "spare bits that are not zero": f"{link[:-5]}X{link[-4:]}",
        "an invitation": Invitation(seeded("i", 16), PROGRAM_ID).link(pocket_origin=ORIGIN),
    }
    return [
        {"name": "the link", **whole, "text": link, "link": link, "origin": ORIGIN},
        {"name": "the typed form", **short, "text": typed, "typed": typed},
        {"name": "lower case with hyphens", **short, "text": typed.lower().replace(" ", "-")},
        {
            "name": "O for 0 and l for 1",
            **short,
            "text": "".join(seen.get(letter, letter) for letter in typed),
        },
        *(_mistyped(name, text, Card.read) for name, text in wrong.items()),
    ]


def _invitations() -> list[Case]:
    invitation = Invitation(seeded("invitation", 16), PROGRAM_ID)
    link = invitation.link(pocket_origin=ORIGIN)
    fields = {
        "invitation": invitation.invitation.hex(),
        "fingerprint": invitation.fingerprint.hex(),
    }
    wrong_check = link[:-1] + ("0" if link[-1] != "0" else "1")
    card = Card(seeded("card", 10), PROGRAM_ID).link(pocket_origin=ORIGIN)
    return [
        {"name": "the link", "ok": True, **fields, "text": link, "link": link, "origin": ORIGIN},
        _mistyped("a wrong check", wrong_check, Invitation.read),
        _mistyped("a card", card, Invitation.read),
    ]


def _mistyped(name: str, text: str, read: Callable[[str], object]) -> Case:
    return {"name": name, "ok": False, "text": text, "problem": refusal(read, text)}


def tokens_file() -> dict[str, Any]:
    token, blinded, signed = _drawn_token("token 0")
    case = good("a token", token, header=token.header(), spki=SPKI.hex())
    return {
        "about": "spec/tokens.md: passes",
        "challenge": [_challenge()],
        "key": _keys(),
        "blind": [_blind("token 0", token, blinded, signed)],
        "token": [
            case,
            *spoiled(case, Token.read, versioned=False),
            bad("another token type", case, Token.read, at=0, put="0001"),
        ],
        "verify": _verify(token),
        "draw": _draw(),
        "drawn": _drawn_answer(signed),
        "token_keys": _token_keys(),
        "body_digest": _digests(),
        "receipt": signature_cases(*_receipt()),
    }


def _challenge() -> Case:
    return {
        "name": "of a program",
        "ok": True,
        "program_id": PROGRAM_ID.hex(),
        "issuer_name": issuer_name(PROGRAM_ID),
        "origin_info": origin_info(PROGRAM_ID),
        "bytes": challenge(PROGRAM_ID).hex(),
        "digest": challenge_digest(PROGRAM_ID).hex(),
    }


def _keys() -> list[Case]:
    key: Case = {"name": "an issuer key", "ok": True, "bytes": SPKI.hex()}
    key |= {"token_key_id": token_key_id(SPKI).hex(), "modulus": f"{MODULUS:x}"}
    return [
        key,
        *spoiled(key, read_token_key, versioned=False),
        bad("a key for rsaEncryption", key, read_token_key, at=16, put="01"),
        bad("another salt length", key, read_token_key, at=66, put="20"),
        bad("another exponent", key, read_token_key, at=len(SPKI) - 1, put="03"),
        bad("a modulus of 2047 bits", key, read_token_key, at=len(SPKI) - 261, put="7f"),
    ]


def _unsigned(name: str) -> Token:
    return Token(
        nonce=seeded(f"{name} nonce", 32),
        challenge_digest=challenge_digest(PROGRAM_ID),
        token_key_id=token_key_id(SPKI),
    )


def _drawn_token(name: str) -> tuple[Token, Blinded, bytes]:
    blinded = blind(
        token=_unsigned(name), spki=SPKI, salt=_salt(name), blinding=int.from_bytes(_blinding(name))
    )
    signed = sign_blind(blinded.message)
    return finalize(blinded=blinded, spki=SPKI, signed=signed), blinded, signed


def _salt(name: str) -> bytes:
    return seeded(f"{name} salt", SALT_SIZE)


def _blinding(name: str) -> bytes:
    return bytes(1) + seeded(f"{name} blinding", MODULUS_SIZE - 1)


def _blind(name: str, token: Token, blinded: Blinded, signed: bytes) -> Case:
    return {
        "name": name,
        "ok": True,
        "spki": SPKI.hex(),
        "message": token.signed_part().hex(),
        "salt": _salt(name).hex(),
        "blinding": _blinding(name).hex(),
        "blinded": blinded.message.hex(),
        "signed": signed.hex(),
        "token": token.write().hex(),
    }


def _verify(token: Token) -> list[Case]:
    wrong = {
        "a flipped bit in the authenticator": replace(
            token,
            authenticator=bytes.fromhex(flipped(token.authenticator)) + token.authenticator[1:],
        ),
        "another nonce": replace(token, nonce=seeded("another nonce", 32)),
        "no authenticator": _unsigned("token 0"),
        "an authenticator above the modulus": replace(token, authenticator=b"\xff" * MODULUS_SIZE),
    }
    assert not any(verifies(token=one, spki=SPKI) for one in wrong.values())
    return [
        {"name": "a token", "ok": True, "spki": SPKI.hex(), "token": token.write().hex()},
        *(
            {"name": name, "ok": False, "spki": SPKI.hex(), "token": one.write().hex()}
            | {"problem": "bad-signature"}
            for name, one in wrong.items()
        ),
    ]


def _draw() -> list[Case]:
    messages = tuple(seeded(f"blinded {n}", MODULUS_SIZE) for n in range(BATCH))
    case = good("ten", Draw(seeded("card", 10), 1, messages))
    return [case, *spoiled(case, Draw.read)]


def _drawn_answer(signed: bytes) -> list[Case]:
    case = good("ten", Drawn(1, MEMBERS_KEY, (signed,) * BATCH))
    return [case, *spoiled(case, Drawn.read)]


def _token_keys() -> list[Case]:
    case = good("two epochs", TokenKeys(((1, token_key_id(SPKI)), (2, seeded("key 2", 32)))))
    return [case, *spoiled(case, TokenKeys.read), good("none", TokenKeys(()))]


def _digests() -> list[Case]:
    asked = {"method": "POST", "path": ASK_PATH, "body": seeded("body", 40)}
    others: dict[str, dict[str, Any]] = {
        "an ask": {},
        "another method": {"method": "PUT"},
        "another path": {"path": "/requests/seal"},
        "another body": {"body": b""},
    }
    spent = {name: asked | change for name, change in others.items()}
    return [
        {"name": name, "ok": True, **one, "body": one["body"].hex()}
        | {"digest": body_digest(**one).hex()}
        for name, one in spent.items()
    ]


def _receipt() -> tuple[bytes, bytes, bytes]:
    digest = body_digest(method="POST", path=ASK_PATH, body=seeded("body", 40))
    message = receipt_message(path=ASK_PATH, digest=digest, status=201)
    return message, RECEIPT.public, RECEIPT.sign(message)
