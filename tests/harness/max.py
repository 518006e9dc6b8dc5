"""What Max can make with keys of his own, and what a stolen desk could sign."""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from leanto.wire.charter import BulletinKey, Charter
from leanto.wire.duty import DutyPart
from leanto.wire.head import Head, Part
from leanto.wire.members import NONCE_SIZE, MembersPart, members_aad
from leanto.wire.public import PublicPart
from tests.harness.house import House
from tests.harness.program import public

PATHS = {part: f"/bulletin/{part}" for part in ("charter", "head", "public", "members")}


def shown(house: House) -> dict[str, bytes]:
    """What the mailroom shows everyone now, by path."""
    return {path: house.ask_mailroom("GET", path).body for path in PATHS.values()}


def charter_of_his_own(true: bytes, key: Ed25519PrivateKey) -> bytes:
    """The same charter, but naming his bulletin key, and signed by him in the program's name."""
    charter = Charter.read(true)
    mine = (BulletinKey(public(key), charter.bulletin_keys[0].last_day),)
    forged = replace(charter, serial=charter.serial + 1, bulletin_keys=mine)
    return replace(forged, signature=key.sign(forged.signed_part())).write()


def next_head(true: bytes, key: Ed25519PrivateKey) -> bytes:
    """A head that would follow the true one, if his key counted."""
    head = Head.read(true)
    forged = replace(head, serial=head.serial + 1, previous=head.hash(), bulletin_key=public(key))
    return replace(forged, signature=key.sign(forged.signed_part())).write()


def other_head(true: bytes, key: Ed25519PrivateKey) -> bytes:
    """Another head of the same number, by the key that may sign heads."""
    head = Head.read(true)
    forked = replace(head, last_day=head.last_day + 1)
    return replace(forked, signature=key.sign(forked.signed_part())).write()


def unchanged[Content](content: Content) -> Content:
    return content


def next_list(
    house: House,
    *,
    members: Callable[[MembersPart], MembersPart] = unchanged,
    public: Callable[[PublicPart], PublicPart] = unchanged,
    **head_says: Any,
) -> dict[str, bytes]:
    """The bulletin after the newest, changed as Max likes and truly signed: he has the desk's keys.

    By the paths at which the mailroom would show it.
    """
    now = shown(house)
    before = Head.read(now[PATHS["head"]])
    key, aead = desk_key(house), AESGCM(members_key(house, before.epoch))
    sealed = now[PATHS["members"]]
    aad = members_aad(program_id=before.program_id, serial=before.serial)
    part = MembersPart.read(aead.decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], aad))
    nonce = os.urandom(NONCE_SIZE)
    aad = members_aad(program_id=before.program_id, serial=before.serial + 1)
    listed = nonce + aead.encrypt(nonce, members(part).write(), aad)
    told = public(PublicPart.read(now[PATHS["public"]])).write()
    parts = {"public": Part.of(told), "members": Part.of(listed)}
    head = replace(before, serial=before.serial + 1, previous=before.hash(), **parts | head_says)
    head = replace(head, signature=key.sign(head.signed_part()))
    return now | {
        PATHS["head"]: head.write(),
        PATHS["public"]: told,
        PATHS["members"]: listed,
    }


def members_key(house: House, epoch: int) -> bytes:
    """What every card brings, and what opens the members' part."""
    return (house.data / "desk" / "keys" / f"epoch-{epoch}" / "members-key").read_bytes()


def desk_key(house: House) -> Ed25519PrivateKey:
    """The bulletin key, as somebody has it who broke into the desk."""
    stolen = (house.data / "desk" / "keys" / "bulletin-key").read_bytes()
    return Ed25519PrivateKey.from_private_bytes(stolen)


def duty_addresses(house: House) -> list[bytes]:
    """Where sealed requests go, as somebody knows who broke into the mailroom."""
    with house.opened("mailroom") as mailroom:
        (part,) = mailroom.execute("SELECT duty_part FROM bulletin").fetchone()
    return [one for person in DutyPart.read(part).people for one in person.duty_addresses]
