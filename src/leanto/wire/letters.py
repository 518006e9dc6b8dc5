"""What is inside an envelope, byte for byte: sealed requests and letters. spec/talks.md.

Layout only. Sealing and opening happen in pockets; no room has a function for it.
"""

from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import Self

from leanto.wire.bundle import SEALING_KEY_SIZE
from leanto.wire.errors import WrongLayout
from leanto.wire.mailboxes import ENVELOPE_SIZE
from leanto.wire.reading import Reader
from leanto.wire.requests import Urgency
from leanto.wire.texts import read_text
from leanto.wire.writing import Writer

SEALED_REQUEST_LABEL = b"leanto/sealed-request/1"
LETTER_LABEL = b"leanto/letter/1"
MAC_KEY_LABEL = b"leanto/mac/1"
KEY_ID_SIZE = 8
ENC_SIZE = 1120
CIPHERTEXT_SIZE = 2967
BODY_SIZE = 2887
TEXT_SIZE = 1572
NO_LETTER = bytes(16)
"""`after` before the first letter, `seen` before any."""


class Kind(IntEnum):
    WORDS = 1
    RECEIVED = 2
    UNREADABLE = 3
    BEGIN = 4
    END = 5
    BURN = 6
    MEET = 7
    HAND_OVER = 8
    KEEP = 9
    MOVED = 10

    @property
    def chained(self) -> bool:
        """Kept by its sender until `seen` covers it."""
        return self not in (Kind.RECEIVED, Kind.UNREADABLE)


# A letter that moves says where in its reply address.
_TEXT_SIZES = {Kind.UNREADABLE: KEY_ID_SIZE, Kind.KEEP: 32, Kind.MOVED: 0}


@dataclass(frozen=True, slots=True)
class Outer:
    """An envelope as posted."""

    key_id: bytes
    enc: bytes
    ciphertext: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=ENVELOPE_SIZE)
        reader.version()
        return cls(reader.take(KEY_ID_SIZE), reader.take(ENC_SIZE), reader.take(CIPHERTEXT_SIZE))

    def write(self) -> bytes:
        writer = Writer().version().exactly(self.key_id, KEY_ID_SIZE).exactly(self.enc, ENC_SIZE)
        return writer.exactly(self.ciphertext, CIPHERTEXT_SIZE).done()


@dataclass(frozen=True, slots=True)
class Inner:
    """What the seal holds: who says it, the deniable proof, and the body."""

    SIZE = 64 + BODY_SIZE

    sender: bytes
    mac: bytes
    body: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        return cls(reader.take(32), reader.take(32), reader.take(BODY_SIZE))

    def write(self) -> bytes:
        writer = Writer().exactly(self.sender, 32).exactly(self.mac, 32)
        return writer.exactly(self.body, BODY_SIZE).done()


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedRequest:
    """The body of a sealed request: no words, and where an answer may go."""

    request_id: bytes
    talk_id: bytes
    reply_address: bytes
    return_key: bytes
    return_last_day: int
    urgency: Urgency
    serial: int
    head_hash_start: bytes
    day: int
    keepsake_proof: bytes | None = None

    @classmethod
    def read(cls, body: bytes) -> Self:
        reader = Reader(body, size=BODY_SIZE)
        request = cls(
            request_id=reader.take(16),
            talk_id=reader.take(16),
            reply_address=reader.take(16),
            return_key=reader.take(SEALING_KEY_SIZE),
            return_last_day=reader.u16(),
            urgency=reader.one_of(Urgency),
            serial=reader.u32(),
            head_hash_start=reader.take(8),
            day=reader.u16(),
            keepsake_proof=_read_keepsake_proof(reader),
        )
        reader.zeros(BODY_SIZE - 1314)
        reader.end()
        return request

    def write(self) -> bytes:
        writer = Writer().exactly(self.request_id, 16).exactly(self.talk_id, 16)
        writer.exactly(self.reply_address, 16).exactly(self.return_key, SEALING_KEY_SIZE)
        writer.u16(self.return_last_day).u8(self.urgency).u32(self.serial)
        writer.exactly(self.head_hash_start, 8).u16(self.day)
        writer.flag(self.keepsake_proof is not None)
        return writer.exactly(self.keepsake_proof or bytes(32), 32).zeros_up_to(BODY_SIZE).done()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The body of a letter."""

    talk_id: bytes
    id: bytes
    kind: Kind
    after: bytes
    seen: bytes
    reply_address: bytes
    return_key: bytes
    return_last_day: int
    serial: int
    head_hash_start: bytes
    day: int
    text: bytes = b""

    def __post_init__(self) -> None:
        if len(self.text) > TEXT_SIZE:
            raise WrongLayout("a letter holds 1,572 bytes of text")
        size = _TEXT_SIZES.get(self.kind)
        if size is None:
            read_text(self.text)
        elif len(self.text) != size:
            raise WrongLayout(f"a letter of this kind holds {size} bytes")

    @property
    def words(self) -> str:
        """The text of every kind whose text is for people."""
        return read_text(self.text)

    @classmethod
    def read(cls, body: bytes) -> Self:
        reader = Reader(body, size=BODY_SIZE)
        letter = cls(
            talk_id=reader.take(16),
            id=reader.take(16),
            kind=reader.one_of(Kind),
            after=reader.take(16),
            seen=reader.take(16),
            reply_address=reader.take(16),
            return_key=reader.take(SEALING_KEY_SIZE),
            return_last_day=reader.u16(),
            serial=reader.u32(),
            head_hash_start=reader.take(8),
            day=reader.u16(),
            text=reader.take(reader.u16()),
        )
        reader.zeros(TEXT_SIZE - len(letter.text))
        reader.end()
        return letter

    def write(self) -> bytes:
        writer = Writer().exactly(self.talk_id, 16).exactly(self.id, 16).u8(self.kind)
        writer.exactly(self.after, 16).exactly(self.seen, 16).exactly(self.reply_address, 16)
        writer.exactly(self.return_key, SEALING_KEY_SIZE).u16(self.return_last_day)
        writer.u32(self.serial).exactly(self.head_hash_start, 8).u16(self.day)
        return writer.u16(len(self.text)).rest(self.text).zeros_up_to(BODY_SIZE).done()


def key_id(sealing_key: bytes) -> bytes:
    """By this a pocket finds which of its keys an envelope was sealed to."""
    return sha256(sealing_key).digest()[:KEY_ID_SIZE]


def seal_info(*, label: bytes, sealing_key: bytes, address: bytes) -> bytes:
    """HPKE `info`: purpose, whole recipient key and mailbox. The aad is empty."""
    writer = Writer().rest(label).exactly(sha256(sealing_key).digest(), 32)
    return writer.exactly(address, 16).done()


def mac_key_info(*, sender: bytes, recipient: bytes) -> bytes:
    """HKDF `info` of the deniable sender proof; both are static X25519 keys."""
    return Writer().rest(MAC_KEY_LABEL).exactly(sender, 32).exactly(recipient, 32).done()


def mac_message(
    *,
    label: bytes,
    sealing_key: bytes,
    address: bytes,
    sender: bytes,
    recipient: bytes,
    body: bytes,
) -> bytes:
    """What the deniable sender proof covers."""
    writer = Writer().version().rest(label).exactly(sha256(sealing_key).digest(), 32)
    writer.exactly(address, 16).exactly(sender, 32).exactly(recipient, 32)
    return writer.exactly(body, BODY_SIZE).done()


def keepsake_message(*, request_id: bytes, peer: bytes) -> bytes:
    """What a keepsake proof covers; `peer` is the vouched agreement key of whom it is for."""
    return Writer().exactly(request_id, 16).exactly(peer, 32).done()


def _read_keepsake_proof(reader: Reader) -> bytes | None:
    if reader.flag():
        return reader.take(32)
    reader.zeros(32)
    return None
