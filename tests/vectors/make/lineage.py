"""A program key that passed on, and a fork that ends: who follows. spec/bulletin.md."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from leanto.sim.pocket.keys import SigningKey
from leanto.sim.pocket.trust import Verdict, ends_fork, follow_charter
from leanto.wire.charter import BulletinKey, Charter, Lineage, fingerprint
from tests.vectors.make.cases import TODAY, Case, bad, good, raw, seeded, spoiled
from tests.vectors.make.cast import (
    BULLETIN,
    CHARTER,
    MAX,
    PROGRAM,
    SUCCESSOR,
    signed_charter,
)

THIRD = SigningKey(seeded("the third program key", 32))
FIRST_LAST = signed_charter(replace(CHARTER, serial=4, successor_key=SUCCESSOR.public))
SECOND_LAST = signed_charter(
    replace(CHARTER, serial=8, program_key=SUCCESSOR.public, successor_key=THIRD.public), SUCCESSOR
)
NEWEST = signed_charter(replace(CHARTER, serial=11, program_key=THIRD.public), THIRD)
PAST = Lineage((FIRST_LAST, SECOND_LAST))


def lineage_file() -> dict[str, Any]:
    read = Lineage.read
    two = good("two keys passed on", PAST)
    two["fields"] = {"charters": [one.write().hex() for one in PAST.charters]}
    none = good("nobody passed on", Lineage())
    first = len(FIRST_LAST.write())
    failures = [
        *spoiled(two, read),
        bad("a length that does not fit", two, read, at=2, put=f"{first + 1:04x}"),
        raw("no charter inside", b"\x01\x01\x00\x02\x01\x01", read),
    ]
    return {
        "about": "spec/bulletin.md, lineage",
        "read": [two, none, *failures],
        "follow": list(_followed()),
        "ends_fork": list(_ended_forks()),
    }


def _followed() -> Iterator[Case]:
    first, last = fingerprint(PROGRAM.public), fingerprint(THIRD.public)
    middle, foreign = fingerprint(SUCCESSOR.public)[:10], fingerprint(MAX.public)
    seized = signed_charter(replace(NEWEST, program_key=MAX.public), MAX)
    naming_max = replace(CHARTER, serial=5, successor_key=MAX.public)
    lying = Lineage((signed_charter(naming_max, MAX),))
    gap = Lineage((SECOND_LAST,))
    fork = replace(FIRST_LAST, day=TODAY + 1)
    forked = Lineage((signed_charter(fork), SECOND_LAST))
    backwards = Lineage((SECOND_LAST, FIRST_LAST))
    back = signed_charter(replace(CHARTER, serial=12))
    cases: list[tuple[str, Charter | None, Charter, bytes, Lineage, Verdict]] = [
        ("a card of the first key", None, NEWEST, first, PAST, Verdict.ACCEPTED),
        ("a typed card of the second key", None, NEWEST, middle, PAST, Verdict.ACCEPTED),
        ("a card of the newest key", None, NEWEST, last, PAST, Verdict.ACCEPTED),
        ("a pocket closed all the while", CHARTER, NEWEST, first, PAST, Verdict.ACCEPTED),
        ("a pocket that saw the second key", SECOND_LAST, NEWEST, first, PAST, Verdict.ACCEPTED),
        ("no lineage, and a card of the first key", None, NEWEST, first, Lineage(), Verdict.FORGED),
        ("a lineage with a gap", CHARTER, NEWEST, first, gap, Verdict.FORGED),
        ("a lineage backwards", CHARTER, NEWEST, first, backwards, Verdict.FORGED),
        ("another program's card", None, NEWEST, foreign, PAST, Verdict.FORGED),
        ("Max's key after a true lineage", CHARTER, seized, first, PAST, Verdict.FORGED),
        ("a successor that Max named", CHARTER, seized, first, lying, Verdict.FORGED),
        ("the first key comes back along it", SECOND_LAST, back, first, PAST, Verdict.FORGED),
        ("two last charters of one serial", FIRST_LAST, NEWEST, first, forked, Verdict.FORKED),
    ]
    for name, held, offered, pinned, past, verdict in cases:
        before = None if held is None else held.write()
        found = follow_charter(
            held=before, offered=offered.write(), pinned=pinned, lineage=past.write()
        )
        assert found == verdict, name
        yield {
            "name": name,
            "ok": verdict == Verdict.ACCEPTED,
            "held": before and before.hex(),
            "charter": offered.write().hex(),
            "pinned": pinned.hex(),
            "lineage": past.write().hex(),
            "verdict": verdict,
        }


def _ended_forks() -> Iterator[Case]:
    fresh = BulletinKey(seeded("a fresh bulletin key", 32), TODAY + 90)
    old = BulletinKey(BULLETIN.public, TODAY + 90)
    cases = [
        ("every key is fresh", (fresh,), True),
        ("the old key is still named", (fresh, old), False),
        ("only the old key is named", (old,), False),
    ]
    for name, bulletin_keys, ends in cases:
        offered = signed_charter(replace(CHARTER, serial=4, bulletin_keys=bulletin_keys))
        assert ends_fork(held=CHARTER.write(), offered=offered.write()) == ends, name
        yield {
            "name": name,
            "ok": ends,
            "held": CHARTER.write().hex(),
            "charter": offered.write().hex(),
        }
