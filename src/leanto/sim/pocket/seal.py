"""Sealing and opening: HPKE to one key, with a deniable proof of who wrote it. spec/talks.md."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from leanto.sim.pocket.errors import NotOpened, UnknownKey, WrongSender
from leanto.sim.pocket.keys import AgreementKey, SealingKey, public_sealing_key
from leanto.wire.letters import (
    ENC_SIZE,
    LETTER_LABEL,
    SEALED_REQUEST_LABEL,
    Inner,
    Letter,
    Outer,
    SealedRequest,
    key_id,
    mac_message,
    seal_info,
)

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """To whom and where: sealing key (1,216 bytes), static agreement key, mailbox address."""

    sealing_key: bytes
    agreement_key: bytes
    address: bytes


@dataclass(frozen=True, slots=True)
class Opened[Body]:
    """`sender` is proved to us alone: compare it with the vouched or pinned key."""

    sender: bytes
    body: Body
    key_id: bytes


def seal_request(request: SealedRequest, *, sender: AgreementKey, to: Recipient) -> bytes:
    """4,096 bytes for a peer: `to` is a bundle's key and duty address, and the vouched key."""
    return seal_bytes(request.write(), label=SEALED_REQUEST_LABEL, sender=sender, to=to)


def seal_letter(letter: Letter, *, sender: AgreementKey, to: Recipient) -> bytes:
    """4,096 bytes for the other end of a talk: `to` is its newest return key and its address."""
    return seal_bytes(letter.write(), label=LETTER_LABEL, sender=sender, to=to)


def open_request(
    sealed: bytes, *, me: AgreementKey, keys: Iterable[SealingKey], address: bytes
) -> Opened[SealedRequest]:
    """SealError or WireError unless it is a sealed request for us at this duty address."""
    opened = open_bytes(sealed, label=SEALED_REQUEST_LABEL, me=me, keys=keys, address=address)
    return Opened(opened.sender, SealedRequest.read(opened.body), opened.key_id)


def open_letter(
    sealed: bytes, *, me: AgreementKey, keys: Iterable[SealingKey], address: bytes
) -> Opened[Letter]:
    """SealError or WireError unless it is a letter for us at this mailbox of the talk."""
    opened = open_bytes(sealed, label=LETTER_LABEL, me=me, keys=keys, address=address)
    return Opened(opened.sender, Letter.read(opened.body), opened.key_id)


def seal_bytes(body: bytes, *, label: bytes, sender: AgreementKey, to: Recipient) -> bytes:
    """Seals a body that is already laid out."""
    message = mac_message(
        label=label,
        sealing_key=to.sealing_key,
        address=to.address,
        sender=sender.public,
        recipient=to.agreement_key,
        body=body,
    )
    mac = sender.proof(
        other=to.agreement_key,
        sender=sender.public,
        recipient=to.agreement_key,
        message=message,
    )
    return seal_inner(Inner(sender.public, mac, body), label=label, to=to)


def seal_inner(inner: Inner, *, label: bytes, to: Recipient) -> bytes:
    """The outermost step alone, so that tests can seal what an honest pocket would not."""
    info = seal_info(label=label, sealing_key=to.sealing_key, address=to.address)
    sealed = SUITE.encrypt(inner.write(), public_sealing_key(to.sealing_key), info)
    return Outer(key_id(to.sealing_key), sealed[:ENC_SIZE], sealed[ENC_SIZE:]).write()


def open_bytes(
    sealed: bytes, *, label: bytes, me: AgreementKey, keys: Iterable[SealingKey], address: bytes
) -> Opened[bytes]:
    """Opens, checks the sender proof, and gives the body as laid out."""
    outer = Outer.read(sealed)
    key = next((one for one in keys if one.key_id == outer.key_id), None)
    if key is None:
        raise UnknownKey("none of our keys has this id")
    info = seal_info(label=label, sealing_key=key.public, address=address)
    try:
        inner = Inner.read(SUITE.decrypt(outer.enc + outer.ciphertext, key.private, info))
    except (InvalidTag, ValueError):
        raise NotOpened("sealed to another key, purpose or mailbox, or changed") from None
    message = mac_message(
        label=label,
        sealing_key=key.public,
        address=address,
        sender=inner.sender,
        recipient=me.public,
        body=inner.body,
    )
    proof = me.proof(other=inner.sender, sender=inner.sender, recipient=me.public, message=message)
    if not hmac.compare_digest(proof, inner.mac):
        raise WrongSender("the sender proof does not fit")
    return Opened(inner.sender, inner.body, outer.key_id)
