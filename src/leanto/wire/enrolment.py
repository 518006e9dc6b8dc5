"""How a peer's keys come to be vouched for: bodies and words. spec/enrolment.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import Self

from leanto.wire.bundle import SIZE as BUNDLE_SIZE
from leanto.wire.bundle import Bundle
from leanto.wire.cards import INVITATION_SIZE
from leanto.wire.errors import WrongLayout
from leanto.wire.members import Shared, read_shared
from leanto.wire.reading import Reader
from leanto.wire.signed import NOT_SIGNED, SIGNATURE_SIZE
from leanto.wire.vouch import Vouch, read_handle, write_handle
from leanto.wire.writing import Writer

HAND_IN_LABEL = b"leanto/enrolment/1"
BUNDLES_LABEL = b"leanto/bundles/1"
STANDING_LABEL = b"leanto/standing/1"
DAY_MINUTES = 1440
WORDS = 6
WORD_BITS = 11


class EnrolmentState(IntEnum):
    INVITED = 1
    HANDED_IN = 2
    VOUCHED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """`POST /enrolment/hand-in`."""

    invitation: bytes
    handle: str
    signing_key: bytes
    agreement_key: bytes
    bundles: tuple[Bundle, ...]
    shared: tuple[Shared, ...]
    signature: bytes = NOT_SIGNED

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data)
        reader.version()
        hand_in = cls(
            invitation=reader.take(INVITATION_SIZE),
            handle=read_handle(reader),
            signing_key=reader.take(32),
            agreement_key=reader.take(32),
            bundles=_read_bundles(reader),
            shared=reader.many(lambda: read_shared(reader), count=reader.u8()),
            signature=reader.take(SIGNATURE_SIZE),
        )
        reader.end()
        return hand_in

    def write(self) -> bytes:
        return Writer().rest(self.unsigned()).exactly(self.signature, SIGNATURE_SIZE).done()

    def unsigned(self) -> bytes:
        """Everything before the signature."""
        writer = Writer().version().exactly(self.invitation, INVITATION_SIZE)
        write_handle(writer, self.handle)
        writer.exactly(self.signing_key, 32).exactly(self.agreement_key, 32)
        _write_bundles(writer, self.bundles).u8(len(self.shared))
        for item in self.shared:
            writer.u8(item.kind).text16(item.text)
        return writer.done()

    def signed_part(self, *, program_id: bytes) -> bytes:
        """What the peer's own signing key signs."""
        return HAND_IN_LABEL + program_id + self.unsigned()


@dataclass(frozen=True, slots=True)
class StateAsked:
    """`POST /enrolment/state`."""

    SIZE = 1 + INVITATION_SIZE

    invitation: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(reader.take(INVITATION_SIZE))

    def write(self) -> bytes:
        return Writer().version().exactly(self.invitation, INVITATION_SIZE).done()


@dataclass(frozen=True, slots=True)
class Vouched:
    """What a peer's pocket is given once the key holder has signed."""

    epoch: int
    members_key: bytes
    vouch: Vouch


@dataclass(frozen=True, slots=True)
class EnrolmentAnswer:
    """`vouched` stands exactly when the state is VOUCHED."""

    state: EnrolmentState
    vouched: Vouched | None = None

    def __post_init__(self) -> None:
        if (self.state is EnrolmentState.VOUCHED) != (self.vouched is not None):
            raise WrongLayout("a vouch belongs to the vouched state and to no other")

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data)
        reader.version()
        state = reader.one_of(EnrolmentState)
        vouched = None
        if state is EnrolmentState.VOUCHED:
            vouched = Vouched(reader.u16(), reader.take(32), Vouch.read(reader.take(reader.u16())))
        reader.end()
        return cls(state, vouched)

    def write(self) -> bytes:
        writer = Writer().version().u8(self.state)
        if self.vouched is not None:
            vouch = self.vouched.vouch.write()
            writer.u16(self.vouched.epoch).exactly(self.vouched.members_key, 32)
            writer.u16(len(vouch)).rest(vouch)
        return writer.done()


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlesBody:
    """`POST /enrolment/bundles`: the coming weeks, handed in by a vouched peer."""

    program_id: bytes
    signing_key: bytes
    bundles: tuple[Bundle, ...]
    signature: bytes = NOT_SIGNED

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data)
        reader.version()
        body = cls(
            program_id=reader.take(16),
            signing_key=reader.take(32),
            bundles=_read_bundles(reader),
            signature=reader.take(SIGNATURE_SIZE),
        )
        reader.end()
        return body

    def write(self) -> bytes:
        return Writer().rest(self.unsigned()).exactly(self.signature, SIGNATURE_SIZE).done()

    def unsigned(self) -> bytes:
        """Everything before the signature."""
        writer = Writer().version().exactly(self.program_id, 16).exactly(self.signing_key, 32)
        return _write_bundles(writer, self.bundles).done()

    def signed_part(self) -> bytes:
        """What the peer's own signing key signs."""
        return BUNDLES_LABEL + self.unsigned()


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingBody:
    """`POST /enrolment/standing`: how a vouched peer wants to be rung."""

    SIZE = 130

    program_id: bytes
    signing_key: bytes
    said_minute: int
    """Minutes since 1970; more than in any standing before."""
    reserve_consent: bool
    quiet_from_minute: int
    """Minutes of the day on the program's wall clock; equal to `quiet_until_minute`: none."""
    quiet_until_minute: int
    available_until_minute: int
    """Minutes since 1970; 0: the switch is off."""
    reached_day: int
    opened_day: int
    """When this pocket last opened what it sealed to its own entry in the list; 0: not yet."""
    signature: bytes = NOT_SIGNED

    def __post_init__(self) -> None:
        if max(self.quiet_from_minute, self.quiet_until_minute) >= DAY_MINUTES:
            raise WrongLayout("a day has 1,440 minutes")

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(
            program_id=reader.take(16),
            signing_key=reader.take(32),
            said_minute=reader.u32(),
            reserve_consent=reader.flag(),
            quiet_from_minute=reader.u16(),
            quiet_until_minute=reader.u16(),
            available_until_minute=reader.u32(),
            reached_day=reader.u16(),
            opened_day=reader.u16(),
            signature=reader.take(SIGNATURE_SIZE),
        )

    def write(self) -> bytes:
        return Writer().rest(self.unsigned()).exactly(self.signature, SIGNATURE_SIZE).done()

    def unsigned(self) -> bytes:
        """Everything before the signature."""
        writer = Writer().version().exactly(self.program_id, 16).exactly(self.signing_key, 32)
        writer.u32(self.said_minute).flag(self.reserve_consent)
        writer.u16(self.quiet_from_minute).u16(self.quiet_until_minute)
        writer.u32(self.available_until_minute).u16(self.reached_day)
        return writer.u16(self.opened_day).done()

    def signed_part(self) -> bytes:
        """What the peer's own signing key signs."""
        return STANDING_LABEL + self.unsigned()


def enrolment_words(
    *, program_id: bytes, signing_key: bytes, agreement_key: bytes, words: Sequence[str]
) -> tuple[str, ...]:
    """Which six words do two people read to each other to know that these are the peer's keys?

    66 bits of a hash over both keys, 11 bits a word. `words` are the 2,048 of `data/words.txt`.
    """
    message = b"leanto/enrolment-words/1" + program_id + signing_key + agreement_key
    number = int.from_bytes(sha256(message).digest()) >> (256 - WORDS * WORD_BITS)
    places = reversed(range(WORDS))
    return tuple(words[number >> (WORD_BITS * place) & 2047] for place in places)


def _read_bundles(reader: Reader) -> tuple[Bundle, ...]:
    return reader.many(lambda: Bundle.read(reader.take(BUNDLE_SIZE)), count=reader.u8())


def _write_bundles(writer: Writer, bundles: tuple[Bundle, ...]) -> Writer:
    writer.u8(len(bundles))
    for bundle in bundles:
        writer.rest(bundle.write())
    return writer
