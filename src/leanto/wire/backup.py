"""What lies sealed in a slot, byte for byte. spec/slots.md.

Layout only. Sealing and opening happen in pockets; no room has a function for it.
"""

from dataclasses import dataclass
from typing import Self

from leanto.wire.cards import CODE_SIZE, INVITATION_SIZE
from leanto.wire.charter import Charter
from leanto.wire.errors import WrongLayout
from leanto.wire.reading import Reader
from leanto.wire.slots import SLOT_SIZE
from leanto.wire.tokens import Token
from leanto.wire.vouch import read_handle, write_handle
from leanto.wire.writing import Writer

NONCE_SIZE = 12
CIPHERTEXT_SIZE = SLOT_SIZE - 1 - NONCE_SIZE
INNER_SIZE = CIPHERTEXT_SIZE - 16
CHARTER_BYTES = 1024
EPOCHS_AT_MOST = 4
TOKENS_AT_MOST = 20
KEPT_AT_MOST = 24
REMINDERS_AT_MOST = 40
NAME_BYTES = 60
WORDS_BYTES = 120


@dataclass(frozen=True, slots=True)
class SlotBody:
    """The 16,384 bytes as they lie at the mailroom."""

    nonce: bytes
    ciphertext: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=SLOT_SIZE)
        reader.version()
        return cls(reader.take(NONCE_SIZE), reader.take(CIPHERTEXT_SIZE))

    def write(self) -> bytes:
        writer = Writer().version().exactly(self.nonce, NONCE_SIZE)
        return writer.exactly(self.ciphertext, CIPHERTEXT_SIZE).done()


@dataclass(frozen=True, slots=True)
class EpochKey:
    """`drawn`: the first batch of this epoch is drawn, so that a new phone does not draw again."""

    epoch: int
    drawn: bool
    members_key: bytes


@dataclass(frozen=True, slots=True)
class Pass:
    """An unspent token of 354 bytes."""

    epoch: int
    token: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPeer:
    """A peer whom an officer kept, under the name that the officer chose."""

    name: str
    handle: str
    signing_key: bytes
    agreement_key: bytes
    keepsake: bytes
    day: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """Somebody nameless who may come back to a peer."""

    words: str
    keepsake: bytes
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What makes a pocket a peer's. `invitation` asks the desk for each epoch's members' key."""

    invitation: bytes
    handle: str
    signing_seed: bytes
    agreement_secret: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """Everything that a new phone is given. Never words of talks, nor a seed that must die."""

    day: int
    charter: bytes
    card: bytes | None = None
    epochs: tuple[EpochKey, ...] = ()
    tokens: tuple[Pass, ...] = ()
    agency: str = ""
    unit: str = ""
    kept: tuple[KeptPeer, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    identity: Identity | None = None

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=INNER_SIZE)
        reader.version()
        backup = cls(
            day=reader.u16(),
            charter=_read_charter(reader),
            card=_read_card(reader),
            epochs=reader.many(
                lambda: EpochKey(reader.u16(), reader.flag(), reader.take(32)),
                count=reader.at_most(EPOCHS_AT_MOST),
            ),
            tokens=reader.many(
                lambda: Pass(reader.u16(), reader.take(Token.SIZE)),
                count=reader.at_most(TOKENS_AT_MOST),
            ),
            agency=reader.text8(),
            unit=reader.text8(),
            kept=reader.many(lambda: _read_kept(reader), count=reader.at_most(KEPT_AT_MOST)),
            reminders=reader.many(
                lambda: Reminder(_read_words(reader), reader.take(32), reader.u16()),
                count=reader.at_most(REMINDERS_AT_MOST),
            ),
            identity=_read_identity(reader) if reader.flag() else None,
        )
        reader.zeros(reader.left)
        return backup

    def write(self) -> bytes:
        _fits(self.charter, at_least=1, at_most=CHARTER_BYTES)
        writer = Writer().version().u16(self.day).u16(len(self.charter)).rest(self.charter)
        writer.flag(self.card is not None).exactly(self.card or bytes(CODE_SIZE), CODE_SIZE)
        writer.at_most(len(self.epochs), EPOCHS_AT_MOST)
        for key in self.epochs:
            writer.u16(key.epoch).flag(key.drawn).exactly(key.members_key, 32)
        writer.at_most(len(self.tokens), TOKENS_AT_MOST)
        for one in self.tokens:
            writer.u16(one.epoch).exactly(one.token, Token.SIZE)
        writer.text8(self.agency).text8(self.unit)
        writer.at_most(len(self.kept), KEPT_AT_MOST)
        for peer in self.kept:
            _write_kept(writer, peer)
        writer.at_most(len(self.reminders), REMINDERS_AT_MOST)
        for reminder in self.reminders:
            _fits(reminder.words.encode(), at_least=0, at_most=WORDS_BYTES)
            writer.text8(reminder.words).exactly(reminder.keepsake, 32).u16(reminder.day)
        writer.flag(self.identity is not None)
        if self.identity is not None:
            _write_identity(writer, self.identity)
        return writer.zeros_up_to(INNER_SIZE).done()


def _read_charter(reader: Reader) -> bytes:
    size = reader.u16()
    if not 1 <= size <= CHARTER_BYTES:
        raise WrongLayout("a charter of 1 to 1,024 bytes")
    charter = reader.take(size)
    Charter.read(charter)
    return charter


def _read_card(reader: Reader) -> bytes | None:
    if reader.flag():
        return reader.take(CODE_SIZE)
    reader.zeros(CODE_SIZE)
    return None


def _read_kept(reader: Reader) -> KeptPeer:
    name = reader.text8()
    _fits(name.encode(), at_least=1, at_most=NAME_BYTES)
    return KeptPeer(
        name=name,
        handle=read_handle(reader),
        signing_key=reader.take(32),
        agreement_key=reader.take(32),
        keepsake=reader.take(32),
        day=reader.u16(),
    )


def _write_kept(writer: Writer, peer: KeptPeer) -> None:
    _fits(peer.name.encode(), at_least=1, at_most=NAME_BYTES)
    writer.text8(peer.name)
    write_handle(writer, peer.handle)
    writer.exactly(peer.signing_key, 32).exactly(peer.agreement_key, 32)
    writer.exactly(peer.keepsake, 32).u16(peer.day)


def _read_words(reader: Reader) -> str:
    words = reader.text8()
    _fits(words.encode(), at_least=0, at_most=WORDS_BYTES)
    return words


def _read_identity(reader: Reader) -> Identity:
    return Identity(
        invitation=reader.take(INVITATION_SIZE),
        handle=read_handle(reader),
        signing_seed=reader.take(32),
        agreement_secret=reader.take(32),
    )


def _write_identity(writer: Writer, identity: Identity) -> None:
    writer.exactly(identity.invitation, INVITATION_SIZE)
    write_handle(writer, identity.handle)
    writer.exactly(identity.signing_seed, 32).exactly(identity.agreement_secret, 32)


def _fits(data: bytes, *, at_least: int, at_most: int) -> None:
    if not at_least <= len(data) <= at_most:
        raise WrongLayout(f"{len(data)} bytes where {at_least} to {at_most} belong")
