"""The plan of an asking: which slot is rung how many seconds after it. spec/requests.md."""

from dataclasses import dataclass
from itertools import pairwise

from leanto.wire.errors import WrongLayout
from leanto.wire.reading import Reader
from leanto.wire.writing import Writer

LINES = 24
PLAN_SIZE = LINES * 3
_SPARE_SLOT, _SPARE_OFFSET = 0xFF, 0xFFFF
_NO_PLAN = b"\xff" * PLAN_SIZE


@dataclass(frozen=True, slots=True)
class PlannedRing:
    """One line of a plan."""

    slot: int
    offset_seconds: int


type Plan = tuple[PlannedRing, ...]


def read_plan(reader: Reader, *, slots: int) -> Plan:
    """The lines of a plan in the order of their time, without the spare ones; none is no plan."""
    lines = reader.many(lambda: PlannedRing(reader.u8(), reader.u16()), count=LINES)
    plan = tuple(line for line in lines if line.slot != _SPARE_SLOT)
    if lines != _filled(plan):
        raise WrongLayout("a spare line of a plan stands last and says nothing")
    if any(line.slot >= slots for line in plan):
        raise WrongLayout("a plan names a slot that is not there")
    if any(one.offset_seconds > then.offset_seconds for one, then in pairwise(plan)):
        raise WrongLayout("a plan is not in the order of its time")
    return plan


def write_plan(writer: Writer, plan: Plan) -> Writer:
    for line in _filled(plan):
        writer.u8(line.slot).u16(line.offset_seconds)
    return writer


def stored_plan(plan: Plan) -> bytes:
    """The plan alone, as long as ever."""
    return write_plan(Writer(), plan).done()


def plan_in(stored: bytes, *, slots: int) -> Plan:
    """The lines of a plan that was stored; most are none, and that is seen at once."""
    return () if stored == _NO_PLAN else read_plan(Reader(stored, size=PLAN_SIZE), slots=slots)


def _filled(plan: Plan) -> Plan:
    spare = PlannedRing(_SPARE_SLOT, _SPARE_OFFSET)
    return plan + (spare,) * (LINES - len(plan))
