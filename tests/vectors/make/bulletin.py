"""Charter, vouch, bundle and head: what is signed, and who is believed. spec/bulletin.md."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from leanto.sim.pocket.keys import SigningKey
from leanto.sim.pocket.trust import Verdict, accept_charter, accept_head
from leanto.wire.bundle import Bundle
from leanto.wire.charter import BulletinKey, Charter, fingerprint
from leanto.wire.head import BEFORE_THE_FIRST, Bulletin, Head, Part
from leanto.wire.members import members_key_hash
from leanto.wire.vouch import Vouch
from tests.vectors.make.cases import TODAY, Case, bad, flipped, good, raw, seeded, spoiled
from tests.vectors.make.cast import (
    BEN,
    BULLETIN,
    BUNDLE,
    CHARTER,
    MAX,
    MEMBERS_KEY,
    PROGRAM,
    PROGRAM_ID,
    SUCCESSOR,
    VOUCH,
    signed_charter,
    vouch_for,
)

SMALL_ORDER_KEY = bytes.fromhex("01" + "00" * 31)


def signature_cases(signed_part: bytes, signer: bytes, signature: bytes) -> list[Case]:
    """One true signature, and what must not pass for one."""
    true = {"signed_part": signed_part.hex(), "signer": signer.hex(), "signature": signature.hex()}
    order = 2**252 + 27742317777372353535851937790883648493
    stretched = int.from_bytes(signature[32:], "little") + order
    not_canonical = signature[:32] + stretched.to_bytes(32, "little")
    wrong = {
        "a flipped bit in what is signed": {
            "signed_part": signed_part[:-1].hex() + flipped(signed_part, -1)
        },
        "a flipped bit in the signature": {"signature": flipped(signature) + signature[1:].hex()},
        "another signer": {"signer": MAX.public.hex()},
        "no signature": {"signature": bytes(64).hex()},
        "a signature that is not canonical": {"signature": not_canonical.hex()},
        "a key of small order": {
            "signer": SMALL_ORDER_KEY.hex(),
            "signature": (SMALL_ORDER_KEY + bytes(32)).hex(),
        },
    }
    failures = [
        {"name": name, "ok": False, **true, **change, "problem": "bad-signature"}
        for name, change in wrong.items()
    ]
    return [{"name": "a true signature", "ok": True, **true}, *failures]


def charter_file() -> dict[str, Any]:
    one = good("one bulletin key", CHARTER)
    full = good(
        "four bulletin keys and a successor",
        signed_charter(
            replace(
                CHARTER,
                bulletin_keys=tuple(
                    BulletinKey(seeded(f"bulletin key {n}", 32), TODAY + 10 * n) for n in range(4)
                ),
                mailroom="https://[2001:db8::1]:8443",
                successor_key=SUCCESSOR.public,
            )
        ),
    )
    read = Charter.read
    lone, four = bytes.fromhex(one["bytes"]), bytes.fromhex(full["bytes"])
    none = lone[:55] + b"\x00" + lone[90:]
    five = four[:55] + b"\x05" + four[56:90] + four[56:]
    origin_at = 1 + 16 + 4 + 2 + 32 + 1 + 34 + 32 + 1
    failures = [
        *spoiled(one, read),
        raw("no bulletin key", none, read),
        raw("five bulletin keys", five, read),
        bad("a bulletin key for 91 days", one, read, at=88, put=f"{TODAY + 91:04x}"),
        bad("an origin with a path", one, read, at=origin_at + 26, put="2f2f"),
        bad("an origin without a scheme", one, read, at=origin_at, put="78"),
        bad("a successor flag of 2", full, read, at=len(full["bytes"]) // 2 - 64 - 33, put="02"),
    ]
    return {
        "about": "spec/bulletin.md, charter",
        "fingerprint": [
            {
                "name": "of a program key",
                "ok": True,
                "program_key": PROGRAM.public.hex(),
                "fingerprint": fingerprint(PROGRAM.public).hex(),
            }
        ],
        "read": [one, full, *failures],
        "signature": signature_cases(CHARTER.signed_part(), PROGRAM.public, CHARTER.signature),
        "accept": list(_accepted_charters()),
    }


def _accepted_charters() -> Iterator[Case]:
    naming = signed_charter(replace(CHARTER, serial=4, successor_key=SUCCESSOR.public))
    succeeded = signed_charter(replace(CHARTER, serial=5, program_key=SUCCESSOR.public), SUCCESSOR)
    seized = signed_charter(replace(CHARTER, serial=5, program_key=MAX.public), MAX)
    lying = signed_charter(replace(CHARTER, serial=5), MAX)
    pin, typed = fingerprint(PROGRAM.public), fingerprint(PROGRAM.public)[:10]
    back = signed_charter(replace(CHARTER, serial=6))
    other = signed_charter(replace(CHARTER, day=TODAY + 1))
    newer = signed_charter(replace(CHARTER, serial=4))
    foreign = signed_charter(replace(CHARTER, serial=9, program_id=fingerprint(MAX.public)))
    cases: list[tuple[str, Charter | None, Charter, bytes, Verdict]] = [
        ("the first, pinned by a link", None, CHARTER, pin, Verdict.ACCEPTED),
        ("the first, pinned by a typed card", None, CHARTER, typed, Verdict.ACCEPTED),
        ("a newer one", CHARTER, newer, pin, Verdict.ACCEPTED),
        ("the same again", CHARTER, CHARTER, pin, Verdict.SAME),
        ("the named successor", naming, succeeded, pin, Verdict.ACCEPTED),
        ("another program's card", None, CHARTER, fingerprint(MAX.public), Verdict.FORGED),
        ("Max's own key", CHARTER, seized, pin, Verdict.FORGED),
        ("Max's signature under the true key", CHARTER, lying, pin, Verdict.FORGED),
        ("a successor that nobody named", CHARTER, succeeded, pin, Verdict.FORGED),
        ("a key that was succeeded comes back", succeeded, back, pin, Verdict.FORGED),
        ("another program id", CHARTER, foreign, pin, Verdict.FORGED),
        ("an older one", newer, CHARTER, pin, Verdict.OLDER),
        ("the same serial, other bytes", CHARTER, other, pin, Verdict.FORKED),
    ]
    for name, held, offered, pinned, verdict in cases:
        before = None if held is None else held.write()
        assert accept_charter(held=before, offered=offered.write(), pinned=pinned) == verdict, name
        yield {
            "name": name,
            "ok": verdict in (Verdict.ACCEPTED, Verdict.SAME),
            "held": before and before.hex(),
            "charter": offered.write().hex(),
            "pinned": pinned.hex(),
            "verdict": verdict,
        }


def vouch_file() -> dict[str, Any]:
    read = Vouch.read
    ben = good("Ben", VOUCH)
    longest = good("a handle of 40 bytes, accents composed", vouch_for("Zoë" + 36 * "x", BEN))
    failures = [
        *spoiled(ben, read),
        bad("an empty handle", good("Ben", VOUCH), read, at=17, put="00"),
        bad("a handle of 41 bytes", longest, read, at=17, put="29"),
        bad("a handle that is not in NFC", ben, read, at=18, put="65cc81"),
        bad("a handle that is not UTF-8", ben, read, at=18, put="ff"),
        bad("a handle with a control character", ben, read, at=18, put="00"),
        bad("a handle with half a UTF-8 character at its end", ben, read, at=20, put="c3"),
    ]
    return {
        "about": "spec/bulletin.md, vouch",
        "read": [ben, longest, *failures],
        "signature": signature_cases(VOUCH.signed_part(), PROGRAM.public, VOUCH.signature),
    }


def bundle_file() -> dict[str, Any]:
    read = Bundle.read
    bundle = good(
        "a week", BUNDLE, program_id=PROGRAM_ID.hex(), signing_key=BEN.signing.public.hex()
    )
    failures = [
        *spoiled(bundle, read),
        bad(
            "a first day that is no Monday",
            bundle,
            read,
            at=1233,
            put=f"{TODAY + 1:04x}{TODAY + 14:04x}",
        ),
        bad("usable for 15 days", bundle, read, at=1235, put=f"{TODAY + 14:04x}"),
    ]
    signed_part = BUNDLE.signed_part(program_id=PROGRAM_ID)
    elsewhere = BUNDLE.signed_part(program_id=fingerprint(MAX.public))
    return {
        "about": "spec/bulletin.md, bundle: what is signed has the program_id after the label",
        "read": [bundle, *failures],
        "signature": [
            *signature_cases(signed_part, BEN.signing.public, BUNDLE.signature),
            {
                "name": "a bundle of another program",
                "ok": False,
                "signed_part": elsewhere.hex(),
                "signer": BEN.signing.public.hex(),
                "signature": BUNDLE.signature.hex(),
                "problem": "bad-signature",
            },
        ],
    }


def head_file() -> dict[str, Any]:
    read = Head.read
    first = good("the first", HEAD, head_hash=HEAD.hash().hex())
    whole = Bulletin(HEAD, *PARTS)
    put = good("head and parts", whole)
    put["fields"] = {"head": HEAD.write().hex()} | {
        name: part.hex() for name, part in zip(("public", "members", "duty"), PARTS, strict=True)
    }
    last = len(put["bytes"]) // 2 - 1
    return {
        "about": "spec/bulletin.md, head; `bulletin` is the body of PUT /bulletin",
        "read": [first, *spoiled(first, read)],
        "bulletin": [
            put,
            *spoiled(put, Bulletin.read),
            bad("another byte in the duty part", put, Bulletin.read, at=last, put="ff"),
        ],
        "signature": signature_cases(HEAD.signed_part(), BULLETIN.public, HEAD.signature),
        "accept": list(_accepted_heads()),
    }


def signed_head(head: Head, key: SigningKey = BULLETIN) -> Head:
    return replace(head, signature=key.sign(head.signed_part()))


PARTS = (b'{"made-up": "public part"}', seeded("a sealed members part", 60), seeded("duty", 40))
HEAD = signed_head(
    Head(
        program_id=PROGRAM_ID,
        serial=1,
        previous=BEFORE_THE_FIRST,
        day=TODAY,
        last_day=TODAY + 7,
        epoch=1,
        members_key_hash=members_key_hash(MEMBERS_KEY),
        public=Part.of(PARTS[0]),
        members=Part.of(PARTS[1]),
        duty=Part.of(PARTS[2]),
        bulletin_key=BULLETIN.public,
    )
)


def _accepted_heads() -> Iterator[Case]:
    second = signed_head(replace(HEAD, serial=2, previous=HEAD.hash()))
    fourth = signed_head(replace(HEAD, serial=4, previous=seeded("third", 32)))
    fork = signed_head(replace(HEAD, day=TODAY + 1))
    beside = signed_head(replace(HEAD, serial=2, previous=seeded("other", 32)))
    lying = signed_head(replace(HEAD, serial=2, previous=HEAD.hash()), MAX)
    unnamed = signed_head(replace(HEAD, serial=2, bulletin_key=MAX.public), MAX)
    late = signed_head(replace(second, day=TODAY + 91))
    foreign = signed_head(replace(second, program_id=fingerprint(MAX.public)))
    fresh = SigningKey(seeded("a fresh bulletin key", 32))
    renewed = signed_charter(
        replace(CHARTER, serial=4, bulletin_keys=(BulletinKey(fresh.public, TODAY + 90),))
    )
    again = signed_head(replace(HEAD, bulletin_key=fresh.public), fresh)
    yield _head_case("new keys, new history", fourth, again, Verdict.ACCEPTED, renewed)
    yield _head_case("what a retired key signed comes back", again, fourth, Verdict.FORGED, renewed)
    cases: list[tuple[str, Head | None, Head, Verdict]] = [
        ("the first", None, HEAD, Verdict.ACCEPTED),
        ("the next", HEAD, second, Verdict.ACCEPTED),
        ("one after a pause", HEAD, fourth, Verdict.ACCEPTED),
        ("the same again", HEAD, HEAD, Verdict.SAME),
        ("an older one", second, HEAD, Verdict.OLDER),
        ("the same serial, other bytes", HEAD, fork, Verdict.FORKED),
        ("the next, but of another history", HEAD, beside, Verdict.FORKED),
        ("Max's signature under a named key", HEAD, lying, Verdict.FORGED),
        ("a key that the charter does not name", HEAD, unnamed, Verdict.FORGED),
        ("a key past its last day", HEAD, late, Verdict.FORGED),
        ("another program id", HEAD, foreign, Verdict.FORGED),
    ]
    for name, held, offered, verdict in cases:
        yield _head_case(name, held, offered, verdict, CHARTER)


def _head_case(
    name: str, held: Head | None, offered: Head, verdict: Verdict, charter: Charter
) -> Case:
    before = None if held is None else held.write()
    found = accept_head(held=before, offered=offered.write(), charter=charter)
    assert found == verdict, name
    return {
        "name": name,
        "ok": verdict in (Verdict.ACCEPTED, Verdict.SAME),
        "charter": charter.write().hex(),
        "held": before and before.hex(),
        "head": offered.write().hex(),
        "verdict": verdict,
    }
