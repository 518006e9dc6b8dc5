"""Hypothesis strategies for what is signed, sealed or shown; `made_up_bodies` has the rest."""

from unicodedata import normalize

from hypothesis import strategies as st

from leanto.wire.bundle import SEALING_KEY_SIZE, Bundle
from leanto.wire.charter import BulletinKey, Charter, Lineage
from leanto.wire.draws import TokenKeys
from leanto.wire.duty import DutyPart, DutyPerson, DutyShift, Standing
from leanto.wire.enrolment import EnrolmentAnswer, EnrolmentState, HandIn, Vouched
from leanto.wire.head import Head, Part
from leanto.wire.letters import TEXT_SIZE, Kind, Letter, SealedRequest
from leanto.wire.members import (
    Label,
    LabelKind,
    Member,
    MembersPart,
    RotaEntry,
    Shared,
    SharedKind,
    Tier,
)
from leanto.wire.rehearsal import Rehearsal
from leanto.wire.requests import Urgency
from leanto.wire.tokens import Token
from leanto.wire.vouch import Vouch


def exactly(size: int) -> st.SearchStrategy[bytes]:
    return st.binary(min_size=size, max_size=size)


def some[Item](of: st.SearchStrategy[Item]) -> st.SearchStrategy[tuple[Item, ...]]:
    return st.lists(of, max_size=3).map(tuple)


u16, u32 = st.integers(0, 2**16 - 1), st.integers(0, 2**32 - 1)
keys, ids, signatures = exactly(32), exactly(16), exactly(64)
origins = st.sampled_from(["https://desk.example.org", "http://leanto.localhost:8443"])
letters_of_text = st.characters(codec="utf-8", min_codepoint=32, include_characters="\n")
texts = st.text(letters_of_text, max_size=30).map(lambda text: normalize("NFC", text))
handles = texts.filter(lambda text: 1 <= len(text.encode()) <= 40)
starts = st.integers(0, 2**31)

charters = st.builds(
    Charter,
    program_id=ids,
    serial=u32,
    day=st.integers(0, 60_000),
    program_key=keys,
    bulletin_keys=st.lists(
        st.builds(BulletinKey, keys, st.integers(0, 90)), min_size=1, max_size=4
    ).map(tuple),
    receipt_key=keys,
    mailroom=origins,
    issuance=origins,
    successor_key=st.none() | keys,
    signature=signatures,
)
lineages = st.builds(Lineage, some(charters))
vouches = st.builds(
    Vouch,
    program_id=ids,
    handle=handles,
    signing_key=keys,
    agreement_key=keys,
    last_day=u16,
    signature=signatures,
)
rehearsals = st.builds(Rehearsal, program_id=ids, key=keys, day=u16, signature=signatures)
bundles = st.builds(
    Bundle,
    duty_address=ids,
    sealing_key=exactly(SEALING_KEY_SIZE),
    first_day=st.integers(0, 9000).map(lambda week: 7 * week + 4),
    signature=signatures,
)
parts = st.builds(Part, keys, u32)
heads = st.builds(
    Head,
    program_id=ids,
    serial=u32,
    previous=keys,
    day=u16,
    last_day=u16,
    epoch=u16,
    members_key_hash=keys,
    public=parts,
    members=parts,
    duty=parts,
    bulletin_key=keys,
    signature=signatures,
)
shared = st.builds(Shared, st.sampled_from(SharedKind), texts)
member = st.builds(
    Member,
    vouch=vouches,
    bundles=st.lists(bundles, max_size=1).map(tuple),
    shared=some(shared),
    labels=some(st.builds(Label, st.sampled_from(LabelKind), texts)),
)
shifts = st.tuples(starts, st.integers(1, 2**30)).map(lambda pair: (pair[0], sum(pair)))


@st.composite
def members_parts(draw: st.DrawFn) -> MembersPart:
    people = draw(some(member))
    if not people:
        return MembersPart((), ())
    places = st.integers(0, len(people) - 1)
    entries = draw(some(st.tuples(places, shifts, st.sampled_from(Tier))))
    return MembersPart(people, tuple(RotaEntry(n, *shift, tier) for n, shift, tier in entries))


duty_parts = st.lists(ids, unique=True, max_size=6).flatmap(
    lambda addresses: st.builds(
        DutyPerson,
        person=exactly(8),
        standing=st.sampled_from(Standing),
        duty_addresses=st.just(tuple(addresses)),
        shifts=some(
            st.tuples(st.sampled_from(Tier), shifts).map(lambda one: DutyShift(one[0], *one[1]))
        ),
    ).map(lambda person: DutyPart((person,)))
)
hand_ins = st.builds(
    HandIn,
    invitation=ids,
    handle=handles,
    signing_key=keys,
    agreement_key=keys,
    bundles=some(bundles),
    shared=some(shared),
    signature=signatures,
)
enrolment_answers = st.sampled_from([EnrolmentState.INVITED, EnrolmentState.HANDED_IN]).map(
    EnrolmentAnswer
) | st.builds(Vouched, u16, keys, vouches).map(
    lambda vouched: EnrolmentAnswer(EnrolmentState.VOUCHED, vouched)
)
sealed_requests = st.builds(
    SealedRequest,
    request_id=ids,
    talk_id=ids,
    reply_address=ids,
    return_key=exactly(SEALING_KEY_SIZE),
    return_last_day=u16,
    urgency=st.sampled_from(Urgency),
    serial=u32,
    head_hash_start=exactly(8),
    day=u16,
    keepsake_proof=st.none() | keys,
)
kinds_of_text = st.sampled_from([Kind.WORDS, Kind.BEGIN, Kind.MEET])
letter_texts = (
    st.tuples(
        kinds_of_text,
        st.text(letters_of_text, max_size=TEXT_SIZE // 8).map(
            lambda text: normalize("NFC", text).encode()[:TEXT_SIZE]
        ),
    )
    | st.tuples(st.just(Kind.UNREADABLE), exactly(8))
    | st.tuples(st.just(Kind.KEEP), keys)
)
letter_bodies = letter_texts.flatmap(
    lambda pair: st.builds(
        Letter,
        talk_id=ids,
        id=ids,
        kind=st.just(pair[0]),
        after=ids,
        seen=ids,
        reply_address=ids,
        return_key=exactly(SEALING_KEY_SIZE),
        return_last_day=u16,
        serial=u32,
        head_hash_start=exactly(8),
        day=u16,
        text=st.just(pair[1]),
    )
)
tokens = st.builds(
    Token,
    nonce=keys,
    challenge_digest=keys,
    token_key_id=keys,
    authenticator=exactly(256),
)
token_keys = some(st.tuples(u16, keys)).map(TokenKeys)
