"""Hypothesis strategies for what goes between pockets and rooms: bodies, frames and envelopes."""

from hypothesis import strategies as st

from leanto.wire import drills, listening, requests
from leanto.wire.draws import BATCH, Draw, Drawn
from leanto.wire.enrolment import DAY_MINUTES, BundlesBody, StandingBody, StateAsked
from leanto.wire.head import Bulletin, Head, Part
from leanto.wire.letters import BODY_SIZE, CIPHERTEXT_SIZE, ENC_SIZE, Inner, Outer
from leanto.wire.mailboxes import ENVELOPE_SIZE, Fetched, Forget, Kept, Post, ReadKeyBody
from leanto.wire.plan import LINES, PlannedRing
from leanto.wire.rest import RestBody
from leanto.wire.slots import SLOT_SIZE, SlotFetched, SlotOpened, SlotReceipt, SlotWritten
from leanto.wire.tests.made_up import bundles, exactly, heads, ids, keys, signatures, some, u16, u32
from leanto.wire.tokens import MODULUS_SIZE


def filled(size: int) -> st.SearchStrategy[bytes]:
    """As many bytes as a large field takes, made of few, so that many fit into one story."""
    return st.binary(min_size=1, max_size=8).map(lambda few: (few * size)[:size])


counts = st.integers(0, requests.SLOTS)
envelopes = filled(ENVELOPE_SIZE)
batches = st.lists(filled(MODULUS_SIZE), min_size=BATCH, max_size=BATCH).map(tuple)
slots = st.lists(
    st.builds(requests.Slot, ids, envelopes), min_size=requests.SLOTS, max_size=requests.SLOTS
).map(tuple)
urgencies = st.sampled_from(requests.Urgency)
states = st.sampled_from(requests.RequestState)

posts = st.builds(Post, ids, envelopes)
read_key_bodies = st.builds(ReadKeyBody, keys)
fetched = st.builds(Fetched, u16, some(st.builds(Kept, ids, envelopes)))
forgets = st.builds(Forget, keys, some(ids))

wishes = st.sampled_from(requests.Wish)
lines = st.builds(PlannedRing, st.integers(0, requests.SLOTS - 1), u16)
plans = st.lists(lines, max_size=LINES).map(
    lambda some_lines: tuple(sorted(some_lines, key=lambda line: line.offset_seconds))
)
asks = st.builds(
    lambda urgent, urgency, **rest: requests.Ask(
        urgent=urgent, urgency=requests.Urgency.NOW if urgent else urgency, **rest
    ),
    urgent=st.booleans(),
    urgency=urgencies,
    request_id=ids,
    reply_address=ids,
    wish=wishes,
    plan=plans,
    slots=slots,
)
asked = st.builds(requests.Asked, u32, counts, signatures)
seals = st.builds(requests.Seal, request_id=ids, read_key=keys, slots=slots)
sealed = st.builds(requests.Sealed, u32, counts)
acts = st.builds(requests.ActBody, request_id=ids, read_key=keys, act=st.sampled_from(requests.Act))
keyed_bodies = st.builds(requests.KeyedBody, request_id=ids, read_key=keys)
state_answers = st.builds(requests.StateAnswer, states)
claims = st.builds(requests.Claim, request_id=ids, read_key=keys, talk_address=ids)
rest_bodies = st.builds(RestBody, read_key=keys, rests_until_hour=u32, keeps_place=st.booleans())
claimed = st.builds(requests.Claimed, envelopes)
answers = st.builds(requests.Answer, request_id=ids, read_key=keys, envelope=envelopes)

slot_bodies = filled(SLOT_SIZE)
slots_opened = st.builds(SlotOpened, keys, slot_bodies)
slot_receipts = st.builds(SlotReceipt, signatures)
slots_fetched = st.builds(SlotFetched, slot_bodies)
slots_written = st.builds(SlotWritten, keys, keys, slot_bodies)

answer_times = st.builds(drills.AnswerTimes, st.tuples(*[st.integers(0, 255)] * 3))

outers = st.builds(Outer, exactly(8), filled(ENC_SIZE), filled(CIPHERTEXT_SIZE))
inners = st.builds(Inner, keys, keys, filled(BODY_SIZE))

draws = st.builds(Draw, exactly(10), u16, batches)
drawn = st.builds(Drawn, u16, keys, batches)
states_asked = st.builds(StateAsked, ids)
minutes_of_day = st.integers(0, DAY_MINUTES - 1)
standing_bodies = st.builds(
    StandingBody,
    program_id=ids,
    signing_key=keys,
    said_minute=u32,
    reserve_consent=st.booleans(),
    quiet_from_minute=minutes_of_day,
    quiet_until_minute=minutes_of_day,
    available_until_minute=u32,
    reached_day=u16,
    opened_day=u16,
    signature=signatures,
)
bundles_bodies = st.builds(
    BundlesBody,
    program_id=ids,
    signing_key=keys,
    bundles=some(bundles),
    signature=signatures,
)


@st.composite
def whole_bulletins(draw: st.DrawFn) -> Bulletin:
    """A head and the three parts that it names, whatever they hold."""
    public, members, duty = (draw(st.binary(max_size=20)) for _ in range(3))
    head = draw(heads)
    named = {"public": Part.of(public), "members": Part.of(members), "duty": Part.of(duty)}
    fields = {name: getattr(head, name) for name in Head.__slots__} | named
    return Bulletin(Head(**fields), public, members, duty)


FRAMES: dict[object, st.SearchStrategy[listening.FromPocket | listening.FromMailroom]] = {
    listening.Listen: st.builds(listening.Listen, some(keys)),
    listening.ForgetFrame: st.builds(listening.ForgetFrame, ids, some(ids)),
    listening.Leave: st.builds(listening.Leave, ids),
    listening.Heard: st.builds(listening.Heard, ids, ids),
    listening.Listening: st.builds(
        listening.Listening, u16, some(st.tuples(ids, st.sampled_from(listening.Found)))
    ),
    listening.EnvelopeFrame: st.builds(listening.EnvelopeFrame, ids, ids, u16, envelopes),
    listening.Forgotten: st.builds(listening.Forgotten, ids, some(ids)),
    listening.Ring: st.builds(listening.Ring, ids, ids, urgencies),
    listening.Hush: st.builds(listening.Hush, ids, ids, st.sampled_from(listening.HushReason)),
    listening.RequestFrame: st.builds(listening.RequestFrame, ids, states),
    drills.Drill: st.builds(drills.Drill, ids, ids),
    drills.Drilled: st.builds(drills.Drilled, ids, ids),
}
"""By class: which of them goes which way, `listening` says itself."""
