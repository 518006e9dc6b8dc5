"""Envelopes, sealed: those that open, those that do not, and those that lie about the sender.

Sealing is random, so a sealed case that still opens as it should is taken over from the file.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from leanto.sim.pocket.errors import SealError
from leanto.sim.pocket.keys import AgreementKey, SealingKey
from leanto.sim.pocket.seal import Recipient, open_bytes, seal_bytes, seal_inner
from leanto.wire.errors import WireError
from leanto.wire.letters import (
    LETTER_LABEL,
    NO_LETTER,
    SEALED_REQUEST_LABEL,
    Inner,
    Kind,
    Letter,
    SealedRequest,
    mac_message,
)
from leanto.wire.mailboxes import address_of
from leanto.wire.requests import Urgency
from tests.vectors.make.cases import TODAY, Case, applied, seeded
from tests.vectors.make.cast import ANA, BEN, week

FROZEN = Path(__file__).parents[3] / "spec/vectors/letters.json"
TALK_ID = seeded("talk", 16)
ANAS_RETURN = SealingKey(seeded("ana's return key", 32))
BENS_RETURN = SealingKey(seeded("ben's return key", 32))
REPLY_ADDRESS = address_of(seeded("ana's reply mailbox", 32))
TALK_ADDRESS = address_of(seeded("ben's talk mailbox", 32))
LOW_ORDER = bytes(32)

REQUEST = SealedRequest(
    request_id=seeded("request", 16),
    talk_id=TALK_ID,
    reply_address=REPLY_ADDRESS,
    return_key=ANAS_RETURN.public,
    return_last_day=TODAY + 14,
    urgency=Urgency.NOW,
    serial=7,
    head_hash_start=seeded("head hash", 8),
    day=TODAY,
)
BEGIN = Letter(
    talk_id=TALK_ID,
    id=seeded("letter 1", 16),
    kind=Kind.BEGIN,
    after=NO_LETTER,
    seen=NO_LETTER,
    reply_address=TALK_ADDRESS,
    return_key=BENS_RETURN.public,
    return_last_day=TODAY + 14,
    serial=7,
    head_hash_start=seeded("head hash", 8),
    day=TODAY,
    text="I'm here. Zoë is fine too.\nTake your time.".encode(),
)


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """Everything needed to open one envelope, and what comes out."""

    label: bytes
    key: SealingKey
    me: AgreementKey
    address: bytes
    sender: AgreementKey
    body: bytes

    @property
    def recipient(self) -> Recipient:
        return Recipient(
            sealing_key=self.key.public, agreement_key=self.me.public, address=self.address
        )

    def seal(self) -> bytes:
        return seal_bytes(self.body, label=self.label, sender=self.sender, to=self.recipient)

    def inner(self) -> Inner:
        proof = self.sender.proof(
            other=self.me.public,
            sender=self.sender.public,
            recipient=self.me.public,
            message=self.mac_message(),
        )
        return Inner(self.sender.public, proof, self.body)

    def mac_message(self) -> bytes:
        return mac_message(
            label=self.label,
            sealing_key=self.key.public,
            address=self.address,
            sender=self.sender.public,
            recipient=self.me.public,
            body=self.body,
        )

    def seal_as(self, inner: Inner) -> bytes:
        return seal_inner(inner, label=self.label, to=self.recipient)

    def written(self) -> Case:
        return {
            "label": self.label.decode(),
            "seed": self.key.seed.hex(),
            "agreement_seed": self.me.seed.hex(),
            "address": self.address.hex(),
        }


TO_BEN = Sealed(
    label=SEALED_REQUEST_LABEL,
    key=week(TODAY).sealing,
    me=BEN.agreement,
    address=week(TODAY).duty_address,
    sender=ANA,
    body=REQUEST.write(),
)
TO_ANA = Sealed(
    label=LETTER_LABEL,
    key=ANAS_RETURN,
    me=ANA,
    address=REPLY_ADDRESS,
    sender=BEN.agreement,
    body=BEGIN.write(),
)


def opening() -> Iterator[Case]:
    for name, sealed in (("a sealed request", TO_BEN), ("a letter", TO_ANA)):
        yield _frozen(
            {
                "name": name,
                "ok": True,
                **sealed.written(),
                "sender": sealed.sender.public.hex(),
                "body": sealed.body.hex(),
            },
            make=sealed.seal,
        )


def not_opening() -> Iterator[Case]:
    """Recipes on the letter: what a mailroom, or Max, could change or move."""
    written = TO_ANA.written()
    changes: dict[str, Case] = {
        "shorter": {"cut": 1},
        "longer": {"add": "00"},
        "version 2": {"at": 0, "put": "02"},
        "another key id": {"at": 1, "put": "0000000000000000"},
        "a changed encapsulation": {"at": 9, "put": "000000000000"},
        "a changed X25519 share": {"at": 9 + 1088, "put": "000000000000"},
        "a changed ciphertext": {"at": 9 + 1120, "put": "000000000000"},
        "a changed tag": {"at": 4090, "put": "000000000000"},
        "at another mailbox": {"add": "", "address": TALK_ADDRESS.hex()},
        "taken for a sealed request": {"add": "", "label": SEALED_REQUEST_LABEL.decode()},
        "opened by another pocket's seal key": {"add": "", "seed": BENS_RETURN.seed.hex()},
        "opened with another agreement key": {"add": "", "agreement_seed": seeded("x", 32).hex()},
    }
    letter = next(case for case in opening() if case["name"] == "a letter")
    for name, change in changes.items():
        case = {"name": name, "ok": False, "from": "a letter", **written, **change}
        yield case | {"problem": _problem(case, applied(change, bytes.fromhex(letter["sealed"])))}


def lying() -> Iterator[Case]:
    """Sealed well, but not by whom it says."""
    inner = TO_ANA.inner()
    flipped_mac = bytes([inner.mac[0] ^ 1]) + inner.mac[1:]
    other_body = replace(BEGIN, kind=Kind.BURN).write()
    envelopes = {
        "a proof with a flipped bit": replace(inner, mac=flipped_mac),
        "a proof of zeros": replace(inner, mac=bytes(32)),
        "another body under the same proof": replace(inner, body=other_body),
        "another sender above the same proof": replace(inner, sender=seeded("someone", 32)),
        "a sender of small order": replace(inner, sender=LOW_ORDER),
    }
    for name, lie in envelopes.items():
        case = {"name": name, "ok": False, **TO_ANA.written(), "problem": "wrong-sender"}
        yield _frozen(case, make=lambda lie=lie: TO_ANA.seal_as(lie))  # type: ignore[misc] # bound now
    nonzero = TO_ANA.body[:-1] + b"\x01"
    case = {"name": "padding that is not zero", "ok": False, **TO_ANA.written()}
    yield _frozen(case | {"problem": "wrong-layout"}, make=replace(TO_ANA, body=nonzero).seal)


def _frozen(case: Case, *, make: Callable[[], bytes]) -> Case:
    """The case with its recorded envelope, or with a new one where there is none that fits."""
    recorded = _recorded().get(case["name"])
    sealed = bytes.fromhex(recorded) if recorded else make()
    if _outcome(case, sealed) != _promised(case):
        sealed = make()
    assert _outcome(case, sealed) == _promised(case), case["name"]
    return case | {"sealed": sealed.hex()}


def _recorded() -> dict[str, str]:
    if not FROZEN.exists():
        return {}
    cases = json.loads(FROZEN.read_text())["sealed"]
    return {case["name"]: case["sealed"] for case in cases if "sealed" in case}


def _promised(case: Case) -> tuple[str, str] | str:
    return (case["sender"], case["body"]) if case["ok"] else case["problem"]


def _problem(case: Case, sealed: bytes) -> str:
    found = _outcome(case, sealed)
    assert isinstance(found, str), case["name"]
    return found


def _outcome(case: Case, sealed: bytes) -> tuple[str, str] | str:
    """What a pocket makes of it: sender and body, or the problem."""
    try:
        opened = open_bytes(
            sealed,
            label=case["label"].encode(),
            me=AgreementKey(bytes.fromhex(case["agreement_seed"])),
            keys=[SealingKey(bytes.fromhex(case["seed"]))],
            address=bytes.fromhex(case["address"]),
        )
        (Letter if case["label"] == LETTER_LABEL.decode() else SealedRequest).read(opened.body)
    except (SealError, WireError) as error:
        return error.problem
    return opened.sender.hex(), opened.body.hex()
