"""Sealed requests and letters, step by step. spec/talks.md."""

from dataclasses import replace
from typing import Any

from leanto.sim.pocket.keys import SealingKey
from leanto.wire.letters import BODY_SIZE, Kind, Letter, Outer, SealedRequest, seal_info
from tests.vectors.make.cases import Case, bad, good, seeded, spoiled
from tests.vectors.make.cast import ANA, BEN
from tests.vectors.make.envelopes import (
    ANAS_RETURN,
    BEGIN,
    BENS_RETURN,
    REQUEST,
    TO_ANA,
    TO_BEN,
    Sealed,
    lying,
    not_opening,
    opening,
)


def letters_file() -> dict[str, Any]:
    return {
        "about": "spec/talks.md",
        "sealing_key": [_sealing_key(TO_BEN.key), _sealing_key(ANAS_RETURN)],
        "agreement_key": [
            {"name": name, "ok": True, "seed": key.seed.hex(), "public": key.public.hex()}
            for name, key in (("Ana", ANA), ("Ben", BEN.agreement))
        ],
        "request_body": _request_bodies(),
        "letter_body": _letter_bodies(),
        "outer": _outer(),
        "mac": [_mac("a sealed request", TO_BEN), _mac("a letter", TO_ANA)],
        "info": [_info("a sealed request", TO_BEN), _info("a letter", TO_ANA)],
        "sealed": [*opening(), *not_opening(), *lying()],
    }


def _sealing_key(key: SealingKey) -> Case:
    name = f"of seed {key.seed.hex()[:8]}"
    public = {"public": key.public.hex(), "key_id": key.key_id.hex()}
    return {"name": name, "ok": True, "seed": key.seed.hex(), **public}


def _request_bodies() -> list[Case]:
    read = SealedRequest.read
    first = good("without keepsake", REQUEST)
    kept = good("with keepsake", replace(REQUEST, keepsake_proof=seeded("proof", 32)))
    return [
        first,
        kept,
        *spoiled(first, read, versioned=False),
        bad("an urgency of 3", first, read, at=1266, put="03"),
        bad("a keepsake flag of 2", first, read, at=1281, put="02"),
        bad("a proof behind a flag of 0", first, read, at=1300, put="01"),
        bad("padding that is not zero", kept, read, at=BODY_SIZE - 1, put="01"),
    ]


def _letter_bodies() -> list[Case]:
    read = Letter.read
    begin = good("begin", BEGIN)
    text_at = BODY_SIZE - 1572
    key_id = good("unreadable", replace(BEGIN, kind=Kind.UNREADABLE, text=BENS_RETURN.key_id))
    keep = good("keep", replace(BEGIN, kind=Kind.KEEP, text=seeded("keepsake", 32)))
    full = replace(BEGIN, kind=Kind.WORDS, after=BEGIN.id, text=b"x" * 1572)
    return [
        begin,
        good("words, as long as they get", full),
        good("received", replace(BEGIN, kind=Kind.RECEIVED, seen=seeded("letter 0", 16), text=b"")),
        key_id,
        keep,
        *spoiled(begin, read, versioned=False),
        bad("kind 0", begin, read, at=32, put="00"),
        bad("kind 11", begin, read, at=32, put="0b"),
        bad("padding that is not zero", begin, read, at=BODY_SIZE - 1, put="01"),
        bad("a length of 1,573", begin, read, at=text_at - 2, put="0625"),
        bad(
            "a length one short of the text",
            begin,
            read,
            at=text_at - 1,
            put=f"{len(BEGIN.text) - 1:02x}",
        ),
        bad("text that is not UTF-8", begin, read, at=text_at, put="ff"),
        bad("text that is not in NFC", begin, read, at=text_at, put="65cc81"),
        bad("text with a tab", begin, read, at=text_at, put="09"),
        bad("unreadable with seven bytes", key_id, read, at=text_at - 1, put="07"),
        bad("moved with text", begin, read, at=32, put="0a"),
        bad("keep with 33 bytes", keep, read, at=text_at - 1, put="21"),
    ]


def _outer() -> list[Case]:
    case = good("an envelope", Outer(bytes(8), seeded("enc", 1120), seeded("ct", 2967)))
    return [case, *spoiled(case, Outer.read)]


def _mac(name: str, sealed: Sealed) -> Case:
    inner = sealed.inner()
    ends = {"sender_seed": sealed.sender.seed.hex(), "recipient": sealed.me.public.hex()}
    message = sealed.mac_message().hex()
    return {"name": name, "ok": True, **ends, "message": message, "mac": inner.mac.hex()}


def _info(name: str, sealed: Sealed) -> Case:
    info = seal_info(label=sealed.label, sealing_key=sealed.key.public, address=sealed.address)
    inputs = sealed.written() | {"sealing_key": sealed.key.public.hex()}
    return {"name": name, "ok": True, **inputs, "info": info.hex()}
