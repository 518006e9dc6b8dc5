"""What seven words find and open, and the bodies on the way there. spec/slots.md."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

from leanto.sim.pocket.errors import SealError
from leanto.sim.pocket.slot import SlotKeys, open_slot, seal_slot, slot_keys
from leanto.wire.backup import (
    INNER_SIZE,
    Backup,
    EpochKey,
    Identity,
    KeptPeer,
    Pass,
    Reminder,
    SlotBody,
)
from leanto.wire.errors import WireError
from leanto.wire.slots import SLOT_SIZE, SlotFetched, SlotOpened, SlotReceipt, SlotWritten
from tests.vectors.make.cases import TODAY, Case, Read, applied, bad, flipped, good, seeded, spoiled
from tests.vectors.make.cast import BEN, CHARTER, MEMBERS_KEY, PROGRAM_ID, SUCCESSOR

WORDS = ("shadow", "sort", "pelican", "chase", "sheriff", "pet", "chaos")
OTHER_ID = seeded("another program id", 16)
KEYS = SlotKeys(
    stretched=bytes(32),
    read_key=seeded("slot read key", 32),
    sealing_key=seeded("slot sealing key", 32),
)
BODY = seeded("a slot's body", SLOT_SIZE)
OFFICER = Backup(
    day=TODAY,
    charter=CHARTER.write(),
    card=seeded("card code", 10),
    epochs=(EpochKey(346, drawn=True, members_key=MEMBERS_KEY),),
    tokens=tuple(Pass(346, seeded(f"token {n}", 354)) for n in range(2)),
    agency="reed-so",
    unit="Night shift",
    kept=(
        KeptPeer(
            name="Ben, from the bridge",
            handle="Ben",
            signing_key=BEN.signing.public,
            agreement_key=BEN.agreement.public,
            keepsake=seeded("keepsake", 32),
            day=TODAY - 20,
        ),
    ),
)
PEER = Backup(
    day=TODAY,
    charter=CHARTER.write(),
    epochs=(EpochKey(346, drawn=False, members_key=MEMBERS_KEY),),
    reminders=(
        Reminder("Alguien, una semana, por la mañana", seeded("his keepsake", 32), TODAY - 3),
        Reminder("", seeded("another keepsake", 32), TODAY),
    ),
    identity=Identity(
        invitation=seeded("invitation", 16),
        handle="Ben",
        signing_seed=BEN.signing.seed,
        agreement_secret=BEN.agreement.seed,
    ),
)


def slots_file() -> dict[str, Any]:
    return {
        "about": "spec/slots.md",
        "keys": [
            _keys("seven words", WORDS, PROGRAM_ID),
            _keys("the same words in another program", WORDS, OTHER_ID),
            _keys("the same words in another order", WORDS[::-1], PROGRAM_ID),
        ],
        "opened": _with_failures(good("a slot", SlotOpened(KEYS.read_key, BODY)), SlotOpened.read),
        "receipt": _with_failures(
            good("a receipt", SlotReceipt(seeded("a receipt", 64))), SlotReceipt.read
        ),
        "fetched": _with_failures(good("a copy", SlotFetched(BODY)), SlotFetched.read),
        "written": _with_failures(
            good("a newer copy", SlotWritten(KEYS.read_key, sha256(b"before").digest(), BODY)),
            SlotWritten.read,
        ),
        "outer": _with_failures(
            good("a body", SlotBody(seeded("nonce", 12), BODY[13:])), SlotBody.read
        ),
        "backup": list(_backups()),
        "sealed": list(_sealed()),
    }


def _keys(name: str, words: tuple[str, ...], program_id: bytes) -> Case:
    keys = slot_keys(words, program_id=program_id)
    return {
        "name": name,
        "ok": True,
        "words": " ".join(words),
        "program_id": program_id.hex(),
        "stretched": keys.stretched.hex(),
        "read_key": keys.read_key.hex(),
        "sealing_key": keys.sealing_key.hex(),
        "address": keys.address.hex(),
    }


def _backups() -> Iterator[Case]:
    read = Backup.read
    officer, peer = good("an officer's", OFFICER), good("a peer's", PEER)
    card_at = 1 + 2 + 2 + len(OFFICER.charter)
    yield from (officer, peer, good("of somebody new", Backup(day=0, charter=CHARTER.write())))
    yield from spoiled(officer, read)
    yield bad("a charter of no bytes", officer, read, at=3, put="0000")
    yield bad("a charter of 1,025 bytes", officer, read, at=3, put="0401")
    yield bad("a charter that is none", officer, read, at=5, put="02")
    yield bad("a card flag of 2", officer, read, at=card_at, put="02")
    yield bad("a code behind a flag of 0", officer, read, at=card_at, put="00")
    yield bad("five epochs", officer, read, at=card_at + 11, put="05")
    yield bad("an epoch drawn twice", officer, read, at=card_at + 14, put="02")
    yield bad("twenty-one passes", officer, read, at=card_at + 47, put="15")
    yield bad("an agency with a tab", officer, read, at=card_at + 48 + 712 + 1, put="09")
    yield bad("padding that is not zero", officer, read, at=INNER_SIZE - 1, put="01")
    words_at = peer_words_at()
    yield bad("twenty-five kept", peer, read, at=words_at - 2, put="19")
    yield bad("forty-one reminders", peer, read, at=words_at - 1, put="29")
    yield bad("a reminder of 121 bytes", peer, read, at=words_at, put="79")


def peer_words_at() -> int:
    """Where the length of the first reminder stands."""
    return 1 + 2 + 2 + len(PEER.charter) + 11 + 1 + 35 + 1 + 2 + 1 + 1


def _sealed() -> Iterator[Case]:
    inner = OFFICER.write()
    body = seal_slot(inner, KEYS, program_id=PROGRAM_ID, nonce=seeded("slot nonce", 12))
    first = {"name": "an officer's copy", "ok": True, **_opener(), "sealed": body.hex()}
    yield first | {"backup": "an officer's"}
    changes: dict[str, Case] = {
        "shorter": {"cut": 1},
        "longer": {"add": "00"},
        "version 2": {"at": 0, "put": "02"},
        "another nonce": {"at": 1, "put": flipped(body, 1)},
        "a changed byte": {"at": 5000, "put": flipped(body, 5000)},
        "a changed tag": {"at": SLOT_SIZE - 1, "put": flipped(body, SLOT_SIZE - 1)},
        "in another program": {"add": "", "program_id": OTHER_ID.hex()},
        "at another's address": {"add": "", "read_key": seeded("other", 32).hex()},
        "with other words": {"add": "", "sealing_key": SUCCESSOR.seed.hex()},
    }
    for name, change in changes.items():
        case = {"name": name, "ok": False, **_opener(), "from": first["name"], **change}
        yield case | {"problem": _refused(case, body)}


def _opener() -> Case:
    return {
        "program_id": PROGRAM_ID.hex(),
        "read_key": KEYS.read_key.hex(),
        "sealing_key": KEYS.sealing_key.hex(),
    }


def _refused(case: Case, body: bytes) -> str:
    keys = replace(
        KEYS,
        read_key=bytes.fromhex(case["read_key"]),
        sealing_key=bytes.fromhex(case["sealing_key"]),
    )
    try:
        open_slot(applied(case, body), keys, program_id=bytes.fromhex(case["program_id"]))
    except (WireError, SealError) as error:
        return error.problem
    raise AssertionError("a case meant to be refused was opened")


def _with_failures(case: Case, read: Read) -> list[Case]:
    return [case, *spoiled(case, read)]
