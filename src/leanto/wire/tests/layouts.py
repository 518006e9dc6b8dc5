"""Every reader of the wire, and what it should be able to read.

The readers are found by looking, not by remembering: a reader of bytes or text that somebody adds
to `leanto.wire` is found by `readers()` at once, and a test fails until it has its stories.
"""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

from hypothesis import strategies as st

from leanto import wire
from leanto.wire import (
    backup,
    bundle,
    charter,
    draws,
    drills,
    duty,
    endpoints,
    enrolment,
    head,
    letters,
    listening,
    mailboxes,
    members,
    rehearsal,
    requests,
    rest,
    slots,
    tokens,
    vouch,
    wakes,
)
from leanto.wire.tests import made_up, made_up_backups, made_up_bodies, made_up_endpoints

READS = ("read", "from_")

type Values = st.SearchStrategy[Any]

LAYOUTS: dict[Callable[[bytes], Any], Values] = {
    charter.Charter.read: made_up.charters,
    charter.Lineage.read: made_up.lineages,
    vouch.Vouch.read: made_up.vouches,
    rehearsal.Rehearsal.read: made_up.rehearsals,
    bundle.Bundle.read: made_up.bundles,
    head.Head.read: made_up.heads,
    head.Bulletin.read: made_up_bodies.whole_bulletins(),
    members.MembersPart.read: made_up.members_parts(),
    duty.DutyPart.read: made_up.duty_parts,
    enrolment.HandIn.read: made_up.hand_ins,
    enrolment.StateAsked.read: made_up_bodies.states_asked,
    enrolment.EnrolmentAnswer.read: made_up.enrolment_answers,
    enrolment.BundlesBody.read: made_up_bodies.bundles_bodies,
    enrolment.StandingBody.read: made_up_bodies.standing_bodies,
    letters.Outer.read: made_up_bodies.outers,
    letters.Inner.read: made_up_bodies.inners,
    letters.SealedRequest.read: made_up.sealed_requests,
    letters.Letter.read: made_up.letter_bodies,
    tokens.Token.read: made_up.tokens,
    draws.Draw.read: made_up_bodies.draws,
    draws.Drawn.read: made_up_bodies.drawn,
    draws.TokenKeys.read: made_up.token_keys,
    mailboxes.Post.read: made_up_bodies.posts,
    mailboxes.ReadKeyBody.read: made_up_bodies.read_key_bodies,
    mailboxes.Fetched.read: made_up_bodies.fetched,
    mailboxes.Forget.read: made_up_bodies.forgets,
    drills.AnswerTimes.read: made_up_bodies.answer_times,
    requests.Ask.read: made_up_bodies.asks,
    requests.Asked.read: made_up_bodies.asked,
    requests.Seal.read: made_up_bodies.seals,
    requests.Sealed.read: made_up_bodies.sealed,
    requests.ActBody.read: made_up_bodies.acts,
    requests.KeyedBody.read: made_up_bodies.keyed_bodies,
    requests.StateAnswer.read: made_up_bodies.state_answers,
    requests.Claim.read: made_up_bodies.claims,
    requests.Claimed.read: made_up_bodies.claimed,
    requests.Answer.read: made_up_bodies.answers,
    slots.SlotOpened.read: made_up_bodies.slots_opened,
    slots.SlotReceipt.read: made_up_bodies.slot_receipts,
    slots.SlotFetched.read: made_up_bodies.slots_fetched,
    slots.SlotWritten.read: made_up_bodies.slots_written,
    backup.SlotBody.read: made_up_backups.slot_bodies,
    backup.Backup.read: made_up_backups.backups(),
    endpoints.Endpoint.read: made_up_endpoints.registered,
    endpoints.EndpointNamed.read: made_up_endpoints.named,
    endpoints.EndpointState.read: made_up_endpoints.endpoint_states,
    endpoints.Ways.read: made_up_endpoints.ways,
    endpoints.Pushed.read: made_up_endpoints.pushed,
    rest.RestBody.read: made_up_bodies.rest_bodies,
    wakes.DutyWakes.read: made_up_endpoints.duty_wakes,
    wakes.DutyTest.read: made_up_endpoints.duty_tests,
    listening.read_from_pocket: st.one_of(
        [made_up_bodies.FRAMES[one] for one in listening._FROM_POCKET.values()]
    ),
    listening.read_from_mailroom: st.one_of(
        [made_up_bodies.FRAMES[one] for one in listening._FROM_MAILROOM.values()]
    ),
}
"""Bytes that have one spelling: what was read gives them back by `write()`."""

READ_ELSEWHERE = {
    "public.PublicPart.read",  # JSON: test_public_part.py
    "base32.read_base32",  # these and all below: test_texts_from_people.py
    "base64.read_base64",
    "cards.Card.read",
    "cards.Invitation.read",
    "keysheets.KeySheet.read",
    "keysheets.read_row",
    "sheets.read_lines",
    "sheets.read_sheet",
    "texts.read_text",
    "tokens.Token.from_header",
    "tokens.read_token_key",
}


def name_of(reader: Callable[..., Any]) -> str:
    """`module.Class.function`, as above."""
    return f"{reader.__module__.rpartition('.')[2]}.{reader.__qualname__}"


def readers() -> set[str]:
    """Every public function in `leanto.wire` that is given bytes or text and makes sense of it."""
    names = [one.name for one in pkgutil.iter_modules(wire.__path__, "leanto.wire.")]
    return {name_of(one) for name in names for one in readers_in(import_module(name))}


def readers_in(module: ModuleType) -> Iterator[Callable[..., Any]]:
    for name, value in vars(module).items():
        if getattr(value, "__module__", None) != module.__name__ or name.startswith("_"):
            continue
        if is_dataclass(value):
            methods = [getattr(value, one) for one in vars(value) if one.startswith(READS)]
            yield from (one for one in methods if inspect.ismethod(one) and _is_reader(one))
        elif inspect.isfunction(value) and name.startswith(READS) and _is_reader(value):
            yield value


def _is_reader(function: Callable[..., Any]) -> bool:
    """Those that take a `Reader` read a part, for one of the others."""
    given = [one.annotation for one in inspect.signature(function).parameters.values()]
    return bytes in given or str in given
