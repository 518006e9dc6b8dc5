"""Whom a pocket believes: may it follow this charter, this head? spec/bulletin.md."""

from enum import StrEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from leanto.wire.charter import Charter, Lineage, fingerprint
from leanto.wire.errors import WireError
from leanto.wire.head import Head
from leanto.wire.signed import is_worthless


class Verdict(StrEnum):
    """Whatever is not ACCEPTED or SAME changes nothing: the last good one stays."""

    ACCEPTED = "accepted"
    SAME = "same"
    OLDER = "older"
    FORGED = "forged"
    FORKED = "forked"
    """A true signature over a second history: stop using new ones and say so."""


def verifies(*, key: bytes, message: bytes, signature: bytes) -> bool:
    """Is this an Ed25519 signature of the message by this public key?"""
    if is_worthless(key):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def accept_charter(*, held: bytes | None, offered: bytes, pinned: bytes) -> Verdict:
    """May a pocket follow this charter? `pinned`: 16 bytes of a card, or the 10 of a typed one.

    The first one is bound to the card; from then on the key it holds, or the successor that key
    named, is asked, so that a key that was succeeded cannot come back.
    """
    try:
        charter = Charter.read(offered)
    except WireError:
        return Verdict.FORGED
    before = None if held is None else Charter.read(held)
    if not _may_speak(charter, before, pinned) or not _is_signed(charter):
        return Verdict.FORGED
    if before is None or charter.serial > before.serial:
        return Verdict.ACCEPTED
    if charter.serial < before.serial:
        return Verdict.OLDER
    return Verdict.SAME if offered == held else Verdict.FORKED


def follow_charter(*, held: bytes | None, offered: bytes, pinned: bytes, lineage: bytes) -> Verdict:
    """May a pocket follow this charter, if need be along the lineage of program keys?

    Each step is one that `accept_charter` allows; what may not follow the one before is passed by.
    """
    verdict = accept_charter(held=held, offered=offered, pinned=pinned)
    if verdict != Verdict.FORGED:
        return verdict
    try:
        past = Lineage.read(lineage).charters
    except WireError:
        return Verdict.FORGED
    link = held
    for one in past:
        step = accept_charter(held=link, offered=one.write(), pinned=pinned)
        if step == Verdict.FORKED:
            return step
        if step in (Verdict.ACCEPTED, Verdict.SAME):
            link = one.write()
    return accept_charter(held=link, offered=offered, pinned=pinned)


def ends_fork(*, held: bytes, offered: bytes) -> bool:
    """Does this charter, which may follow, let a pocket that forked under `held` go on?

    Only if every key that could have signed two histories is retired.
    """
    new = Charter.read(offered)
    return not any(new.names(one.key) for one in Charter.read(held).bulletin_keys)


def accept_head(*, held: bytes | None, offered: bytes, charter: Charter) -> Verdict:
    """May a pocket follow this head under the charter it holds?"""
    try:
        head = Head.read(offered)
    except WireError:
        return Verdict.FORGED
    if not _may_sign(charter, head) or not verifies(
        key=head.bulletin_key, message=head.signed_part(), signature=head.signature
    ):
        return Verdict.FORGED
    # What a retired key signed binds no more: none of it verifies under this charter.
    binds = held is not None and charter.names(Head.read(held).bulletin_key)
    return _follows(held if binds else None, head, offered)


def _may_speak(charter: Charter, before: Charter | None, pinned: bytes) -> bool:
    if before is None:
        return fingerprint(charter.program_key)[: len(pinned)] == pinned
    if charter.program_id != before.program_id:
        return False
    return charter.program_key in (before.program_key, before.successor_key)


def _is_signed(charter: Charter) -> bool:
    return verifies(
        key=charter.program_key, message=charter.signed_part(), signature=charter.signature
    )


def _may_sign(charter: Charter, head: Head) -> bool:
    return head.program_id == charter.program_id and any(
        one.key == head.bulletin_key and one.last_day >= head.day for one in charter.bulletin_keys
    )


def _follows(held: bytes | None, head: Head, offered: bytes) -> Verdict:
    if held is None:
        return Verdict.ACCEPTED
    if offered == held:
        return Verdict.SAME
    before = Head.read(held)
    if head.serial < before.serial:
        return Verdict.OLDER
    if head.serial == before.serial:
        return Verdict.FORKED
    # The very next head must name the one held: else there are two histories.
    very_next = head.serial == before.serial + 1
    if very_next and head.previous != sha256(held).digest():
        return Verdict.FORKED
    return Verdict.ACCEPTED
