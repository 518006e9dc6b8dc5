"""Help requests: bodies between pocket and mailroom, each of one fixed size. spec/requests.md."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from leanto.wire.errors import WrongLayout
from leanto.wire.mailboxes import ADDRESS_SIZE, ENVELOPE_SIZE, READ_KEY_SIZE
from leanto.wire.plan import PLAN_SIZE, Plan, read_plan, write_plan
from leanto.wire.reading import Reader
from leanto.wire.signed import SIGNATURE_SIZE
from leanto.wire.writing import Writer

REQUEST_ID_SIZE = 16
SLOTS = 12
URGENT = 0x80
_SLOTS_SIZE = SLOTS * (ADDRESS_SIZE + ENVELOPE_SIZE)
_KEYED_SIZE = 1 + REQUEST_ID_SIZE + READ_KEY_SIZE


class Urgency(IntEnum):
    NOW = 0
    TODAY = 1
    WHENEVER = 2


class Wish(IntEnum):
    FIRST_AVAILABLE = 0
    CHOSEN_FIRST = 1


class Act(IntEnum):
    CLOSE = 1
    RESUME = 2
    CANCEL = 3
    RING_OTHERS = 4
    LEAVE_WORD = 5


class RequestState(IntEnum):
    RINGING = 1
    TAKEN = 2
    ANSWERED = 3
    NOBODY_LEFT = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """One sealed request and where it goes; a spare one is random bytes in both."""

    duty_address: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """`POST /requests`."""

    SIZE = 1 + REQUEST_ID_SIZE + ADDRESS_SIZE + 2 + PLAN_SIZE + _SLOTS_SIZE

    request_id: bytes
    reply_address: bytes
    wish: Wish
    urgency: Urgency
    slots: tuple[Slot, ...]
    urgent: bool = False
    plan: Plan = ()

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        request_id, reply_address = reader.chunks(16, count=2)
        marked, urgency = reader.u8(), reader.one_of(Urgency)
        if marked & ~URGENT not in set(Wish) or (marked & URGENT and urgency is not Urgency.NOW):
            raise WrongLayout("a wish that does not exist")
        return cls(
            request_id=request_id,
            reply_address=reply_address,
            wish=Wish(marked & ~URGENT),
            urgency=urgency,
            urgent=bool(marked & URGENT),
            plan=read_plan(reader, slots=SLOTS),
            slots=_read_slots(reader),
        )

    def write(self) -> bytes:
        writer = Writer().version().exactly(self.request_id, REQUEST_ID_SIZE)
        writer.exactly(self.reply_address, ADDRESS_SIZE)
        writer.u8(self.wish | (URGENT if self.urgent else 0)).u8(self.urgency)
        return _write_slots(write_plan(writer, self.plan), self.slots).done()


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer to an ask."""

    SIZE = 1 + 4 + 1 + SIGNATURE_SIZE

    serial: int
    kept: int
    receipt: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(reader.u32(), reader.at_most(SLOTS), reader.take(SIGNATURE_SIZE))

    def write(self) -> bytes:
        writer = Writer().version().u32(self.serial).at_most(self.kept, SLOTS)
        return writer.exactly(self.receipt, SIGNATURE_SIZE).done()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """`POST /requests/seal`: more sealed requests for an open request."""

    SIZE = _KEYED_SIZE + _SLOTS_SIZE

    request_id: bytes
    read_key: bytes
    slots: tuple[Slot, ...]

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(
            request_id=reader.take(REQUEST_ID_SIZE),
            read_key=reader.take(READ_KEY_SIZE),
            slots=_read_slots(reader),
        )

    def write(self) -> bytes:
        return _write_slots(_keyed(self.request_id, self.read_key), self.slots).done()


@dataclass(frozen=True, slots=True)
class Sealed:
    """The answer to a seal."""

    SIZE = 1 + 4 + 1

    serial: int
    kept: int

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(reader.u32(), reader.at_most(SLOTS))

    def write(self) -> bytes:
        return Writer().version().u32(self.serial).at_most(self.kept, SLOTS).done()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActBody:
    """`POST /requests/act`."""

    SIZE = _KEYED_SIZE + 1

    request_id: bytes
    read_key: bytes
    act: Act

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(
            request_id=reader.take(REQUEST_ID_SIZE),
            read_key=reader.take(READ_KEY_SIZE),
            act=reader.one_of(Act),
        )

    def write(self) -> bytes:
        return _keyed(self.request_id, self.read_key).u8(self.act).done()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedBody:
    """`POST /requests/state` with the reply read key, `POST /requests/pass` with the duty one."""

    SIZE = _KEYED_SIZE

    request_id: bytes
    read_key: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(request_id=reader.take(REQUEST_ID_SIZE), read_key=reader.take(READ_KEY_SIZE))

    def write(self) -> bytes:
        return _keyed(self.request_id, self.read_key).done()


@dataclass(frozen=True, slots=True)
class StateAnswer:
    SIZE = 2

    state: RequestState

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(reader.one_of(RequestState))

    def write(self) -> bytes:
        return Writer().version().u8(self.state).done()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """`POST /requests/claim`."""

    SIZE = _KEYED_SIZE + ADDRESS_SIZE

    request_id: bytes
    read_key: bytes
    talk_address: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(
            request_id=reader.take(REQUEST_ID_SIZE),
            read_key=reader.take(READ_KEY_SIZE),
            talk_address=reader.take(ADDRESS_SIZE),
        )

    def write(self) -> bytes:
        writer = _keyed(self.request_id, self.read_key)
        return writer.exactly(self.talk_address, ADDRESS_SIZE).done()


@dataclass(frozen=True, slots=True)
class Claimed:
    """The winner's answer: the sealed request."""

    SIZE = 1 + ENVELOPE_SIZE

    sealed: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(reader.take(ENVELOPE_SIZE))

    def write(self) -> bytes:
        return Writer().version().exactly(self.sealed, ENVELOPE_SIZE).done()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`POST /requests/answer`: the sealed answer, through the request."""

    SIZE = _KEYED_SIZE + ENVELOPE_SIZE

    request_id: bytes
    read_key: bytes
    envelope: bytes

    @classmethod
    def read(cls, data: bytes) -> Self:
        reader = Reader(data, size=cls.SIZE)
        reader.version()
        return cls(
            request_id=reader.take(REQUEST_ID_SIZE),
            read_key=reader.take(READ_KEY_SIZE),
            envelope=reader.take(ENVELOPE_SIZE),
        )

    def write(self) -> bytes:
        return _keyed(self.request_id, self.read_key).exactly(self.envelope, ENVELOPE_SIZE).done()


def _keyed(request_id: bytes, read_key: bytes) -> Writer:
    writer = Writer().version().exactly(request_id, REQUEST_ID_SIZE)
    return writer.exactly(read_key, READ_KEY_SIZE)


def _read_slots(reader: Reader) -> tuple[Slot, ...]:
    return reader.many(
        lambda: Slot(reader.take(ADDRESS_SIZE), reader.take(ENVELOPE_SIZE)), count=SLOTS
    )


def _write_slots(writer: Writer, slots: tuple[Slot, ...]) -> Writer:
    if len(slots) != SLOTS:
        raise WrongLayout("a request has twelve slots, spare ones filled at random")
    for slot in slots:
        writer.exactly(slot.duty_address, ADDRESS_SIZE).exactly(slot.sealed, ENVELOPE_SIZE)
    return writer
